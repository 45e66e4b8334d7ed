"""Words as they are compared: no case, marks or hyphens; and hashes of word groups."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b

GROUP = 5
"""Words in a group: enough that two texts seldom share one by chance."""

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")


def words_of(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return [word for word, _, _ in placed_words(text)]


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word as it is compared, with where it begins and ends."""
    for match in _WORD.finditer(text):
        yield _APOSTROPHES.sub("", match[0]).casefold(), match.start(), match.end()


def hash_groups(words: Sequence[str], size: int = GROUP) -> tuple[int, ...]:
    """Hashes of 48 bits of all overlapping groups of `size` words, in order; of all words if fewer."""
    if not words:
        return ()
    size = min(size, len(words))
    return tuple(
        int.from_bytes(blake2b(" ".join(words[at : at + size]).encode(), digest_size=6).digest())
        for at in range(len(words) - size + 1)
    )
