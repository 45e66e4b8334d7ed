"""Finds passages, known by their hashes alone, in a letter, and gives them in the letter's own words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scraper.coverage.words import GROUP, hash_groups, placed_words
from state import Letter, Paragraph, QuotedPassage, QuotedWords

ENOUGH_SHARE = 0.6  # of a passage's groups, in their order: a slip of the pen breaks up to five
ENOUGH_GROUPS = 8  # in their order: twelve words on end, whatever the rest
LEAST_SHARE, LEAST_GROUPS = 0.35, 4


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that stands in the letter; `words` is its length."""

    passage: QuotedPassage
    words: int
    at: int  # the place of its first word in the letter


@dataclass(frozen=True, slots=True)
class _Place:
    paragraph: int
    start: int
    end: int


class LetterText:
    """A letter's words in reading order, indexed by groups."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self._paragraphs = tuple(paragraphs)
        self._places: list[_Place] = []
        self._words: list[str] = []
        for number, paragraph in enumerate(self._paragraphs):
            for word, start, end in placed_words(paragraph.text):
                self._words.append(word)
                self._places.append(_Place(number, start, end))
        self._short: dict[int, dict[int, list[int]]] = {}

    @classmethod
    def of(cls, letter: Letter) -> "LetterText":
        """The text of a letter: its sections' paragraphs and bullets."""
        return cls(paragraph for section in letter.sections for paragraph in section.paragraphs)

    def find(self, quoted: QuotedWords) -> Found | None:
        """Where a passage stands, or most of it in its order; None where it does not."""
        size = min(GROUP, quoted.words)
        index = self._groups if size == GROUP else self._short_groups(size)
        offsets = Counter(
            place - number for number, group in enumerate(quoted.groups) for place in index.get(group, ())
        )
        if not offsets:
            return None
        offset, hits = offsets.most_common(1)[0]
        if not _is_enough(hits, len(quoted.groups)):
            return None
        matched = [
            offset + number
            for number, group in enumerate(quoted.groups)
            if offset + number in index.get(group, ())
        ]
        first, last = matched[0], matched[-1] + size - 1
        return Found(self._quote(first, last), last - first + 1, first)

    @cached_property
    def _groups(self) -> dict[int, list[int]]:
        return self._index(GROUP)

    def _short_groups(self, size: int) -> dict[int, list[int]]:
        if size not in self._short:
            self._short[size] = self._index(size)
        return self._short[size]

    def _index(self, size: int) -> dict[int, list[int]]:
        index: dict[int, list[int]] = {}
        if len(self._words) >= size:
            for place, group in enumerate(hash_groups(self._words, size)):
                index.setdefault(group, []).append(place)
        return index

    def _quote(self, first: int, last: int) -> QuotedPassage:
        """The letter's own words from one place to another, over paragraphs joined by a space."""
        begin, end = self._places[first], self._places[last]
        parts = []
        for number in range(begin.paragraph, end.paragraph + 1):
            text = self._paragraphs[number].text
            start = begin.start if number == begin.paragraph else 0
            stop = end.end if number == end.paragraph else len(text)
            parts.append(text[start:stop])
        return QuotedPassage(
            text=" ".join(parts), page=self._paragraphs[begin.paragraph].page_of(begin.start)
        )


def find_passages(quoted: Sequence[QuotedWords], text: LetterText) -> list[Found]:
    """The passages that stand in a letter, in its order, none inside another."""
    found = sorted(filter(None, map(text.find, quoted)), key=lambda one: (one.at, -one.words))
    kept: list[Found] = []
    for one in found:
        if not kept or one.at + one.words > kept[-1].at + kept[-1].words:
            kept.append(one)
    return kept


def _is_enough(hits: int, groups: int) -> bool:
    if groups == 1:
        return hits >= 1
    share = hits / groups
    return share >= ENOUGH_SHARE or hits >= ENOUGH_GROUPS or (hits >= LEAST_GROUPS and share >= LEAST_SHARE)
