"""When to look again, and how closely: pure decisions of the daemon."""

from datetime import datetime, timedelta

from state import Rhythm

LONGEST_BACKOFF = timedelta(hours=24)


def choose_rhythm(now: datetime, *, swept_at: datetime | None, sweep: timedelta) -> Rhythm:
    """A full sweep where the last settled one is as old as its interval, else a cheap poll."""
    if swept_at is None or now - swept_at >= sweep:
        return Rhythm.SWEEP
    return Rhythm.POLL


def backoff(poll: timedelta, failures: int) -> timedelta:
    """How long to leave a source alone after `failures` bad runs in a row: doubling, at most a day."""
    if failures == 0:
        return timedelta(0)
    doubled: timedelta = poll * (1 << min(failures - 1, 16))
    return min(doubled, LONGEST_BACKOFF)
