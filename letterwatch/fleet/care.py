"""What a fleet does for its dead: their looks are others' at once, with less time after each death."""

import asyncio
from datetime import timedelta

from letterwatch.fleet.queue import Queue
from state import Store

CARE_EVERY = timedelta(seconds=1)
_LIMITS = (10.0, 5.0)  # seconds that a look is given which was cut off once, or more often


async def care(store: Store, queue: Queue) -> None:
    """Gives the looks of workers that are gone to others."""
    await queue.give_on(await asyncio.to_thread(store.end_forsaken))


def limit_look(times_cut_off: int) -> float | None:
    """Seconds that a look may last before it settles what it has seen; None while none of it was cut off.

    Where workers die faster than a look takes, its parts are settled one after the other.
    """
    return _LIMITS[min(times_cut_off, len(_LIMITS)) - 1] if times_cut_off else None
