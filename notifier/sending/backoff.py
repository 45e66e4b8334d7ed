"""How long to wait before a message is tried again. Pure."""

from collections.abc import Callable
from datetime import timedelta

FIRST = 30.0  # seconds
LONGEST = 86_400.0  # a day


def wait_before_retry(attempts: int, asked: float | None, jitter: Callable[[], float]) -> timedelta:
    """Doubling from half a minute to a day, a quarter longer or shorter; never less than was asked for.

    `attempts` counts those made; `jitter` gives a random number from 0 to 1.
    """
    doubled = min(FIRST * 2.0 ** min(max(attempts - 1, 0), 20), LONGEST)
    if asked is None:
        return timedelta(seconds=doubled * (0.75 + 0.5 * jitter()))
    return timedelta(seconds=asked + FIRST * 0.1 * jitter())
