"""Finds the phrases of a vocabulary in a sentence: one look-up per word, whatever the vocabulary's size."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]*)?")


@dataclass(frozen=True)
class Words:
    """A text's words in lower case, parted at hyphens, with each one's place in the text."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """A phrase that stands at words `start` to `end` (exclusive), and what it is labelled with."""

    label: str
    start: int
    end: int


def split_words(text: str) -> Words:
    """The words of a text; curly apostrophes count as straight ones."""
    found = tuple(_WORD.finditer(text.lower().replace("’", "'")))
    return Words(tuple(match[0] for match in found), tuple(match.span() for match in found))


class Phrases:
    """A vocabulary: label -> phrases in lower case without hyphens, parted by "|"; "*" is any ending."""

    def __init__(self, vocabulary: Mapping[str, str]) -> None:
        phrases = [
            (label, tuple(phrase.split())) for label, line in vocabulary.items() for phrase in line.split("|")
        ]
        self._phrases = tuple(sorted(phrases, key=lambda item: -len(item[1])))
        self._starting_with = lru_cache(maxsize=20_000)(self._look_up)

    def find(self, words: Words) -> tuple[Found, ...]:
        """Every phrase, also where two overlap."""
        return tuple(found for at in range(len(words.words)) for found in self._at(words.words, at))

    def find_longest(self, words: Words) -> tuple[Found, ...]:
        """From left to right the longest phrase at each place; a word belongs to one phrase only."""
        kept: list[Found] = []
        at = 0
        while at < len(words.words):
            longest = next(iter(self._at(words.words, at)), None)
            if longest:
                kept.append(longest)
            at = longest.end if longest else at + 1
        return tuple(kept)

    def _at(self, words: tuple[str, ...], at: int) -> list[Found]:
        """The phrases that begin at one word, longest first."""
        return [
            Found(label, at, at + len(phrase))
            for label, phrase in self._starting_with(words[at])
            if _stands(phrase, words[at : at + len(phrase)])
        ]

    def _look_up(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(item for item in self._phrases if _is_word(item[1][0], word))


def _stands(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(phrase) == len(words) and all(map(_is_word, phrase, words))


def _is_word(pattern: str, word: str) -> bool:
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word in (pattern, pattern + "'", pattern + "'s")
