"""Where a slip finds what is done before its command is run."""

from collections.abc import Callable

from tests.letterwatch.slips.bench import Bench

Preparation = Callable[[Bench], object]

PREPARATIONS: dict[str, Preparation] = {}


def prepared(prepare: Preparation) -> Preparation:
    """Registers a preparation under its name."""
    PREPARATIONS[prepare.__name__] = prepare  # type: ignore[attr-defined]
    return prepare
