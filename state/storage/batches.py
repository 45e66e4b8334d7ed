"""Long lists in pieces: a statement takes some 32,000 values at most."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")
MOST = 10_000


def in_batches(values: Iterable[Value], most: int = MOST) -> Iterator[list[Value]]:
    """The values in lists of at most so many; none where there are none."""
    rest = iter(values)
    while batch := list(islice(rest, most)):
        yield batch
