"""The letter's text with its findings marked: paragraphs cut where a finding begins and ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from state import Finding, FindingRole, Letter, Paragraph, Section, SectionRole

MARKED = (FindingRole.STRENGTH, FindingRole.CONCERN, FindingRole.MIXED)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a paragraph: a finding, or the text between two."""

    text: str
    finding: Finding | None = None
    number: int | None = None  # of the finding in its letter, from 1


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph in pieces that together are its text, and what its findings are about."""

    paragraph: Paragraph
    passages: tuple[Passage, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section with its paragraphs marked."""

    role: SectionRole
    heading: str | None
    page: int
    paragraphs: tuple[MarkedParagraph, ...]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How often a letter speaks of a theme, and where first."""

    theme: str
    strengths: int
    concerns: int
    mixed: int
    first: int  # number of a finding


def mark_letter(letter: Letter, findings: Sequence[Finding]) -> tuple[MarkedSection, ...]:
    """Every section with its findings in their places; no word of the text is left out."""
    left = list(enumerate(findings, start=1))
    return tuple(_mark_section(section, left) for section in letter.sections)


def count_themes(findings: Sequence[Finding]) -> list[ThemeCount]:
    """Themes by how much is said of them."""
    themes = dict.fromkeys(theme for finding in findings for theme in finding.themes)
    counts = []
    for theme in themes:
        mine = [(number, each) for number, each in enumerate(findings, start=1) if theme in each.themes]
        told = [(number, each.role) for number, each in mine if each.role in MARKED]
        if told:
            strengths, concerns, mixed = (sum(role is wanted for _, role in told) for wanted in MARKED)
            counts.append(ThemeCount(theme, strengths, concerns, mixed, first=told[0][0]))
    return sorted(counts, key=lambda count: -(count.strengths + count.concerns + count.mixed))


def _mark_section(section: Section, left: list[tuple[int, Finding]]) -> MarkedSection:
    own = left if left and left[0][1].section is section.role else []  # some sections hold no findings
    paragraphs = tuple(_mark_paragraph(paragraph, own) for paragraph in section.paragraphs)
    return MarkedSection(section.role, section.heading, section.page, paragraphs)


def _mark_paragraph(paragraph: Paragraph, left: list[tuple[int, Finding]]) -> MarkedParagraph:
    passages = tuple(_cut(paragraph.text, left))
    found = [passage.finding for passage in passages if passage.finding and passage.finding.role in MARKED]
    themes = dict.fromkeys(theme for finding in found for theme in finding.themes)
    return MarkedParagraph(paragraph, passages, tuple(themes))


def _cut(text: str, left: list[tuple[int, Finding]]) -> Iterator[Passage]:
    """Findings come in the text's order, so that each is looked for behind the last."""
    at = 0
    while left:
        number, finding = left[0]
        start = text.find(finding.text, at)
        if start < 0:
            break
        if start > at:
            yield Passage(text[at:start])
        yield Passage(finding.text, finding, number)
        at = start + len(finding.text)
        left.pop(0)
    if at < len(text):
        yield Passage(text[at:])
