"""How the watch does: alive while its heart beats, ready once it has looked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from letterwatch.clock import Clock
from state import StateError, Store, Verdict, WorkerRow

OLDEST_BEAT = timedelta(minutes=3)
"""A heartbeat is recorded every 30 seconds; one this old, or as far ahead, is none."""
MAIN_SOURCE = "ofsted"
LETTER_SOURCES = (MAIN_SOURCE, "govuk")


@dataclass(frozen=True, slots=True)
class Health:
    """What a health check tells.

    `alive`: the scheduler's heartbeat is fresh. `ready`: the state can be read, its schema is current and
    every authority's page was looked at once, so that the page and the lists are worth asking. A source that
    is broken takes neither away: no restart mends it, and what is known stays worth reading. It is named.
    """

    at: datetime  #: when this was asked
    alive: bool  #: the scheduler's heartbeat is fresh
    ready: bool  #: and every authority's page was looked at once
    heartbeat_at: datetime | None = None  #: the last sign of life
    ended_at: datetime | None = None  #: when it ended in order, where it did and none began since
    faults: tuple[str, ...] = ()  #: what is wrong, a line each
    sources: Mapping[str, Verdict] = field(default_factory=dict)  #: each source's verdict
    workers: tuple[WorkerRow, ...] = ()  #: clocks and workers of the last hour, where several share the state


def examine(store: Store, clock: Clock) -> Health:
    """The health that the state shows to any process; `clock` is the real one, as the heartbeat's is."""
    now = clock.now()
    try:
        heartbeat_at, ended_at = store.find_heartbeat(), store.find_end()
        sources, workers = store.sources(), store.workers()
    except StateError as error:
        return Health(now, alive=False, ready=False, faults=(str(error),))
    swept = any(source.swept_at for source in sources if source.name == MAIN_SOURCE)
    late = judge_heartbeat(heartbeat_at, now, ended_at)
    unready = None if swept else "not every authority's page was looked at yet"
    return Health(
        at=now,
        alive=late is None,
        ready=swept,
        heartbeat_at=heartbeat_at,
        ended_at=ended_at,
        faults=tuple(fault for fault in (late, unready, judge_fleet(workers)) if fault),
        sources={source.name: source.verdict for source in sources},
        workers=tuple(workers),
    )


def judge_fleet(workers: Collection[WorkerRow]) -> str | None:
    """What a fleet lacks; None where nothing, or where no fleet watches."""
    alive = {each.role for each in workers if each.alive}
    if "clock" in alive and "worker" not in alive:
        return "the clock has no worker: nothing is looked at; start `letterwatch worker`"
    return None


def say_end(ended_at: datetime) -> str:
    """ended in order at 2026-11-26 10:05 UTC."""
    return f"ended in order at {ended_at:%Y-%m-%d %H:%M} UTC"


def judge_heartbeat(
    heartbeat_at: datetime | None, now: datetime, ended_at: datetime | None = None
) -> str | None:
    """What is wrong with the last sign of life; None where it is fresh."""
    if ended_at is not None:
        return f"{say_end(ended_at)}; `letterwatch run` goes on with the watch"
    if heartbeat_at is None:
        return "no daemon ever ran on this state; start `letterwatch run`"
    if abs(now - heartbeat_at) <= OLDEST_BEAT:
        return None
    if heartbeat_at > now:
        return f"the last sign of life is from {heartbeat_at:%Y-%m-%d %H:%M} UTC, which is yet to come"
    return f"no sign of life since {heartbeat_at:%Y-%m-%d %H:%M} UTC; see its log and start `letterwatch run`"
