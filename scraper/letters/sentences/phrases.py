"""Finds the phrases of a vocabulary in a sentence: one look-up per word, whatever the vocabulary's size."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

_Phrase = tuple[str, tuple[str, ...]]  # label, words
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]*)?")


@dataclass(eq=False)
class Words:
    """A text's words in lower case, parted at hyphens."""

    plain: str
    words: tuple[str, ...]

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Each word's place in the text; few who ask for the words need it."""
        return tuple(match.span() for match in _WORD.finditer(self.plain))


class Found(NamedTuple):
    """A phrase that stands at words `start` to `end` (exclusive), and what it is labelled with."""

    label: str
    start: int
    end: int


@lru_cache(maxsize=1000)
def split_words(text: str) -> Words:
    """The words of a text; curly apostrophes count as straight ones."""
    plain = text.lower().replace("’", "'")
    return Words(plain, tuple(_WORD.findall(plain)))


class _Start(NamedTuple):
    """The phrases that begin with one word, longest first, and what tells quickly which may stand there."""

    phrases: tuple[_Phrase, ...]
    single: tuple[_Phrase, ...]
    seconds: frozenset[str]
    any_second: bool

    def list_likely(self, words: tuple[str, ...], at: int) -> tuple[_Phrase, ...]:
        """Without the longer ones, where none of them goes on with the next word."""
        following = words[at + 1] if at + 1 < len(words) else ""
        goes_on = self.any_second or following in self.seconds or "'" in following
        return self.phrases if goes_on else self.single


class Phrases:
    """A vocabulary: label -> phrases in lower case without hyphens, parted by "|"; "*" is any ending."""

    def __init__(self, vocabulary: Mapping[str, str]) -> None:
        phrases = [
            (label, tuple(phrase.split())) for label, line in vocabulary.items() for phrase in line.split("|")
        ]
        phrases.sort(key=lambda item: -len(item[1]))
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_beginning: list[_Phrase] = []
        for item in phrases:
            first = item[1][0]
            if first.endswith("*"):
                self._by_beginning.append(item)
            else:
                self._by_word.setdefault(first, []).append(item)
        self._starting_with = lru_cache(maxsize=20_000)(self._look_up)

    def find(self, words: Words) -> tuple[Found, ...]:
        """Every phrase, also where two overlap."""
        return tuple(
            Found(label, at, at + len(phrase))
            for at, start in enumerate(map(self._starting_with, words.words))
            if start is not None
            for label, phrase in start.list_likely(words.words, at)
            if _stands(phrase, words.words, at)
        )

    def find_longest(self, words: Words) -> tuple[Found, ...]:
        """From left to right the longest phrase at each place; a word belongs to one phrase only."""
        kept: list[Found] = []
        free = 0
        for at, start in enumerate(map(self._starting_with, words.words)):
            if start is None or at < free:
                continue
            for label, phrase in start.list_likely(words.words, at):
                if _stands(phrase, words.words, at):
                    free = at + len(phrase)
                    kept.append(Found(label, at, free))
                    break
        return tuple(kept)

    def _look_up(self, word: str) -> _Start | None:
        """The phrases whose first word this is; None where it begins none, as most words do."""
        plain = word.removesuffix("'s").removesuffix("'")
        found = [item for form in {word, plain} for item in self._by_word.get(form, ())]
        found += [item for item in self._by_beginning if word.startswith(item[1][0][:-1])]
        if not found:
            return None
        phrases = tuple(sorted(found, key=lambda item: -len(item[1])))
        seconds = frozenset(phrase[1] for _, phrase in phrases if len(phrase) > 1)
        single = tuple(item for item in phrases if len(item[1]) == 1)
        return _Start(phrases, single, seconds, any(word.endswith("*") for word in seconds))


def _stands(phrase: tuple[str, ...], words: tuple[str, ...], at: int) -> bool:
    """True where the phrase, whose first word is known to fit, stands there whole."""
    if len(phrase) == 1:
        return True
    here = words[at : at + len(phrase)]
    fits = len(phrase) == len(here) and _is_word(phrase[1], here[1])
    return fits and all(map(_is_word, phrase[2:], here[2:]))


def _is_word(pattern: str, word: str) -> bool:
    if pattern == word:
        return True
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return "'" in word and word in (pattern + "'", pattern + "'s")
