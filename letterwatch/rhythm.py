"""When to look again, and how closely: pure decisions of the daemon."""

from datetime import datetime, timedelta

from state import Rhythm

LONGEST_BACKOFF = timedelta(hours=24)


def choose_rhythm(now: datetime, *, swept_at: datetime | None, sweep: timedelta) -> Rhythm:
    """A full sweep where the last settled one is as old as its interval, else a cheap poll.

    One that lies further ahead than that was made before the clock was set back.
    """
    if swept_at is None or now - swept_at >= sweep or swept_at - now > sweep:
        return Rhythm.SWEEP
    return Rhythm.POLL


def is_left_alone(now: datetime, *, last_look_at: datetime, poll: timedelta, failures: int) -> bool:
    """True while a source rests after bad runs, to half a poll; never because the clock was set back."""
    return timedelta(0) <= now - last_look_at < backoff(poll, failures) - poll / 2


def backoff(poll: timedelta, failures: int) -> timedelta:
    """How long to leave a source alone after `failures` bad runs in a row: doubling, at most a day."""
    if failures == 0:
        return timedelta(0)
    doubled: timedelta = poll * (1 << min(failures - 1, 16))
    return min(doubled, LONGEST_BACKOFF)
