"""Text to sentences: abbreviations, numbers, initials and quotations do not end one."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from state import Paragraph, Section, SectionRole

# A stop with closing marks behind it, then a blank and something that can open a sentence. A stop glued to
# the next sentence ("families.The") or to a note's number ("services.1") ends a sentence too.
_END = re.compile(
    r"""[.!?…](?:[.!?…]*[)\]’”'"]*\s+(?=[(\[‘“'"]?[A-Z0-9£])"""
    r"""|(?<=[a-z]{2}\.)(?:(?=[A-Z][a-z])|\d{1,2}\s+(?=[A-Z])))"""
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(‘“'\"])(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Cllr|Coun|Sir|No|Nos|Fig|para|paras|pp?|vol|s|ss|cf|vs|v|approx"
    r"|incl|dept|[Ee]\.g|[Ii]\.e|[A-Z](?:\.[A-Z])*)\.\s+$"
)
_OPENS_QUOTATION = re.compile(r"""[‘“'"](?<![^\s(\[—–-].)(?=\w)""")
_LONGEST_QUOTATION = 500


class Sentence(NamedTuple):
    """One sentence and its place: section, paragraph in it and place in the paragraph count from 0."""

    text: str
    page: int
    role: SectionRole
    section: int
    paragraph: int
    place: int
    bullet: bool = False


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph, in order; joined by blanks they are the paragraph again."""
    return tuple(text[start:end].strip() for start, end in _spans(text))


_ALL: Callable[[Section], Sequence[Paragraph]] = attrgetter("paragraphs")


def list_sentences(
    sections: Iterable[Section], choose: Callable[[Section], Sequence[Paragraph]] = _ALL
) -> tuple[Sentence, ...]:
    """Every sentence of a letter with its place, or of those paragraphs that are chosen."""
    return tuple(
        Sentence(
            text=paragraph.text[start:end].strip(),
            page=paragraph.page_of(start),
            role=section.role,
            section=number,
            paragraph=position,
            place=place,
            bullet=paragraph.bullet,
        )
        for number, section in enumerate(sections)
        for position, paragraph in enumerate(choose(section))
        for place, (start, end) in enumerate(_spans(paragraph.text))
    )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence."""
    quotations = tuple(_quotations(text))
    start = 0
    for end in _END.finditer(text):
        inside = any(opened < end.start() and end.end() <= closed for opened, closed in quotations)
        word = max(start, text.rfind(" ", start, end.start()))  # where the last one begins
        if not inside and not _ABBREVIATION.search(text[word : end.end()]):
            yield start, end.end()
            start = end.end()
    if text[start:].strip():
        yield start, len(text)


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of quoted passages; an apostrophe of possession closes none."""
    reached = 0
    for opening in _OPENS_QUOTATION.finditer(text):
        if opening.start() < reached:
            continue
        mark = {"‘": "’", "“": "”"}.get(opening[0], opening[0])
        end = text.find(mark, opening.end())
        while end != -1 and _is_apostrophe(text, end):
            end = text.find(mark, end + 1)
        if end != -1 and end - opening.start() <= _LONGEST_QUOTATION:
            reached = end + 1
            yield opening.start(), reached


def _is_apostrophe(text: str, at: int) -> bool:
    """True for children’s, and for the plural’s: social workers’ reports."""
    before, after = text[at - 1 : at], text[at + 1 : at + 3]
    return after[:1].isalpha() or (before == "s" and after[:1] == " " and after[1:].islower())
