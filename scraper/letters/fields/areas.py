"""What a visit looked at: the bullets below "Areas covered by the visit", or the sentence that says it."""

import re
from collections.abc import Iterator, Sequence

from scraper.letters.sentences.splitting import split_sentences
from state import Section, SectionRole

_LOOKED_AT = re.compile(
    r"(?:during (?:the course of )?(?:this|the) (?:monitoring |focused )?visit, )?(?:the )?inspectors "
    r"(?:looked at|considered|evaluated|reviewed|focused)\b"
    r"|the focus of (?:this|the)(?: monitoring| focused)? visit\b"
    r"|(?:this|the)(?: monitoring| focused)? visit (?:looked at|considered|focused)\b|specifically, they\b",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\b(?:range of evidence|evidence,? including|case records|framework)\b", re.IGNORECASE
)


def find_areas(sections: Sequence[Section]) -> tuple[str, ...]:
    """Each area as printed; empty where the letter does not say."""
    opening = [section for section in sections if section.role is SectionRole.AREAS]
    bullets = [p.text for section in opening for p in section.paragraphs if p.bullet]
    if bullets:
        return tuple(bullets)
    unheaded = [s for s in sections if s.role is SectionRole.AREAS or s.heading is None]
    return tuple(_sentences(s for s in unheaded if s.role in (SectionRole.AREAS, SectionRole.OTHER)))


def _sentences(sections: Iterator[Section]) -> Iterator[str]:
    for section in sections:
        for paragraph in section.paragraphs:
            for sentence in split_sentences(paragraph.text):
                if _LOOKED_AT.match(sentence) and not _EVIDENCE.search(sentence):
                    yield sentence
