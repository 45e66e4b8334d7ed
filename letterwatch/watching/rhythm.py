"""When to look again, and how closely: pure decisions of the daemon, each with its reason in words."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zlib import crc32

from letterwatch.plain_words import LONDON
from letterwatch.sources.watched import WatchedSource
from letterwatch.watching.habits import WORKING_HOURS, Habits
from state import Rhythm

LONGEST_BACKOFF = timedelta(hours=24)
BUSY_FACTOR, SLOW_FACTOR = 0.5, 3
LITERAL = timedelta(minutes=5)  # a shorter poll was meant: it is kept at all hours
SLOWEST = timedelta(minutes=30)  # no slow hour stretches a poll beyond this, unless it is longer itself
JITTER = 0.1  # of the interval; only ever earlier, so that a poll is never longer than promised
CATCH_UP_AFTER = timedelta(days=2)  # a poll recognises a second report of one day for so long
_SPARE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NextLook:
    """When a source is looked at next, and why then."""

    at: datetime
    why: str

    def is_due(self, now: datetime, poll: timedelta) -> bool:
        """True once its time has come, or where it lies so far ahead that the clock was set back."""
        return self.at <= now or self.at - now > max(poll, LONGEST_BACKOFF) + _SPARE


def choose_rhythm(
    now: datetime, *, swept_at: datetime | None, sweep: timedelta, last_good_at: datetime | None = None
) -> Rhythm:
    """A full sweep where the last settled one is as old as its interval, else a cheap poll.

    One that lies further ahead than that was made before the clock was set back. After an outage that
    outlasted what a poll can recognise, all is looked at.
    """
    if swept_at is None or now - swept_at >= sweep or swept_at - now > sweep:
        return Rhythm.SWEEP
    if last_good_at is not None and now - last_good_at > CATCH_UP_AFTER:
        return Rhythm.SWEEP
    return Rhythm.POLL


def plan_next(
    source: WatchedSource, habits: Habits, now: datetime, *, failures: int, is_spent: bool = False
) -> NextLook:
    """The next look at a source that was just looked at.

    `failures`: bad runs in a row. `is_spent`: a host's budget for the day is used up.
    """
    if is_spent:
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
        return NextLook(tomorrow, "the day's budget of requests is used up")
    if failures:
        rest = backoff(source.poll, failures)
        often = "asked once a day" if rest == LONGEST_BACKOFF else f"left alone for {say_interval(rest)}"
        runs = "a bad run" if failures == 1 else f"{failures} bad runs in a row"
        return NextLook(now + rest - _jitter(source.name, now, rest), f"{runs}: {often}")
    interval, why = _find_pace(source, habits, now)
    at = now + interval
    if interval > source.poll:  # slow hours end where working hours begin
        at = min(at, max(_next_morning(now), now + source.poll))
    return NextLook(at - _jitter(source.name, now, at - now), why)


def backoff(poll: timedelta, failures: int) -> timedelta:
    """How long to leave a source alone after `failures` bad runs in a row: doubling, at most a day."""
    if failures == 0:
        return timedelta(0)
    doubled: timedelta = poll * (1 << min(failures - 1, 16))
    return min(doubled, LONGEST_BACKOFF)


def say_interval(interval: timedelta) -> str:
    """ "10 min", "24 h", "45 s"."""
    seconds = round(interval.total_seconds())
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds // 60} min {seconds % 60} s" if seconds > 60 else f"{seconds} s"


def _find_pace(source: WatchedSource, habits: Habits, now: datetime) -> tuple[timedelta, str]:
    local = now.astimezone(LONDON)
    if source.poll < LITERAL:
        return source.poll, f"every {say_interval(source.poll)}, as configured"
    if habits.is_busy(local):
        interval: timedelta = source.poll * BUSY_FACTOR
        return interval, f"every {say_interval(interval)} in hours in which letters appear{habits.in_words}"
    if habits.is_slow(local):
        interval = min(source.poll * SLOW_FACTOR, max(source.poll, SLOWEST))
        return interval, f"every {say_interval(interval)} at night and at weekends{habits.in_words}"
    return source.poll, f"every {say_interval(source.poll)} by day"


def _next_morning(now: datetime) -> datetime:
    """When the next working hours begin, in London."""
    local = now.astimezone(LONDON)
    day = local.date() + timedelta(days=1 if local.hour >= WORKING_HOURS.start else 0)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(WORKING_HOURS.start), LONDON).astimezone(UTC)


def _jitter(name: str, now: datetime, interval: timedelta) -> timedelta:
    """Up to a tenth of the interval, by chance that can be repeated; nothing of a short one."""
    if interval < timedelta(minutes=1):
        return timedelta(0)
    share = crc32(f"{name} {now.isoformat()}".encode()) % 1000 / 1000
    return interval * JITTER * share
