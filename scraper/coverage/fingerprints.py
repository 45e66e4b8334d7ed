"""Near-equal texts: syndicated copies told by a fingerprint that holds no text."""

from collections.abc import Sequence

from scraper.coverage.words import hash_groups, words_of

HANDS = 48
FEWEST_GROUPS = 40  # a shorter text has no fingerprint: two may agree by chance
_PRIME = (1 << 61) - 1


def fingerprint(paragraphs: Sequence[str]) -> tuple[int, ...]:
    """The least of a text's hashed word groups under each of 48 orders; () where it is too short."""
    groups = {group for paragraph in paragraphs for group in hash_groups(words_of(paragraph)[:2000], 3)}
    if len(groups) < FEWEST_GROUPS:
        return ()
    return tuple(
        min((group * multiplier + addend) % _PRIME for group in groups) for multiplier, addend in _ORDERS
    )


def _orders() -> list[tuple[int, int]]:
    """Fixed multipliers and addends, so that fingerprints of all times can be compared."""
    values, state = [], 0x9E3779B97F4A7C15
    for _ in range(2 * HANDS):
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        values.append(state % (_PRIME - 1) + 1)
    return list(zip(values[::2], values[1::2], strict=True))


_ORDERS = _orders()
