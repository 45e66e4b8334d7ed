"""Findings: the sentences of a letter with their themes and roles, each with the words it was judged by."""

from collections.abc import Sequence

from scraper.letters.findings.roles import judge_role
from scraper.letters.findings.themes import find_themes
from scraper.letters.sentences.splitting import list_sentences
from state import Finding, Section, SectionRole

_NO_FINDINGS = frozenset({SectionRole.OTHER, SectionRole.AREAS, SectionRole.CLOSING})
_SHORTEST = 25  # characters; anything shorter is a caption or a scrap


def find_findings(sections: Sequence[Section]) -> tuple[Finding, ...]:
    """What inspectors found, sentence by sentence, in the letter's order."""
    found: list[Finding] = []
    for sentence in list_sentences(sections):
        if sentence.role in _NO_FINDINGS or len(sentence.text) < _SHORTEST:
            continue
        verdict = judge_role(sentence.text, sentence.role)
        found.append(
            Finding(
                text=sentence.text,
                page=sentence.page,
                section=sentence.role,
                paragraph=sections[sentence.section].paragraphs[sentence.paragraph].number,
                themes=find_themes(sentence.text),
                role=verdict.role,
                because=verdict.explanation,
            )
        )
    return tuple(found)
