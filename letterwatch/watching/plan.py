"""The daemon's plan: when each source is looked at next, kept in memory and in the state."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from letterwatch.app import App
from letterwatch.sources.watched import WatchedSource, list_sources
from letterwatch.watching.habits import Habits, learn_habits
from letterwatch.watching.rhythm import NextLook, choose_rhythm, plan_next
from state import Rhythm

LEARN_FROM = timedelta(days=730)


class Plan:
    """When each source is due; one that was taken is not due again before `plan_next`."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._sources = list_sources(app.config)
        self._waiting = self._load()

    def take_due(self, now: datetime) -> Iterator[WatchedSource]:
        """The sources whose time has come."""
        for source in self._sources:
            next_look = self._waiting.get(source.name)
            if next_look is not None and next_look.is_due(now, source.poll):
                del self._waiting[source.name]
                yield source

    def find_due(self, now: datetime) -> dict[WatchedSource, datetime | None]:
        """The sources whose time has come by what the state says, whoever looked last; since when."""
        planned = self._app.store.find_planned([source.name for source in self._sources])
        return {
            source: planned.get(source.name)
            for source in self._sources
            if _is_due(planned.get(source.name), source, now)
        }

    def find_next_due(self) -> datetime | None:
        """When the next source is due; None while all are being looked at."""
        return min((each.at for each in self._waiting.values()), default=None)

    def choose_rhythm(self, source: WatchedSource) -> Rhythm:
        """How closely to look at a source now."""
        row = self._app.store.find_source(source.name)
        if source.sweep is None or row is None:
            return Rhythm.SWEEP
        return choose_rhythm(
            self._app.clock.now(),
            swept_at=row.swept_at,
            sweep=source.sweep,
            last_good_at=row.last_good_at,
        )

    def plan_next(self, source: WatchedSource) -> NextLook:
        """Plans the next look at a source that was looked at, and notes it where people can see it."""
        now = self._app.clock.now()
        planned = NextLook(now + source.poll, "the state could not be asked")
        try:
            planned = self._find_next(source, now)
            self._app.store.plan_look(source.name, planned.at, planned.why)
        finally:
            self._waiting[source.name] = planned
        return planned

    def plan_rest(self, source: WatchedSource) -> None:
        """Plans the next look at a source for now, since the last was given too little time to see all."""
        self._app.store.plan_look(source.name, self._app.clock.now(), "the rest of a look that ended early")

    def _find_next(self, source: WatchedSource, now: datetime) -> NextLook:
        store = self._app.store
        row = store.find_source(source.name)
        by_host = store.spent(now.date())
        spent = max((by_host.get(host, 0) for host in source.hosts), default=0)
        budget = self._app.config.http.requests_per_day
        planned = plan_next(
            source,
            self._learn(now) if source.is_prompt else Habits(),
            now,
            failures=row.failures if row else 0,
            is_spent=spent >= budget,
        )
        asked = f"; {spent} of {budget} requests today" if source.hosts else ""
        return NextLook(planned.at, f"{planned.why}{asked}")

    def _learn(self, now: datetime) -> Habits:
        return learn_habits(self._app.store.appearances(now - LEARN_FROM))

    def _load(self) -> dict[str, NextLook]:
        """As it was noted before a restart; at once what is prompt and does not rest after failures."""
        now = self._app.clock.now()
        at_once = NextLook(now, "the daemon has just started")
        noted = {row.name: row for row in self._app.store.sources()}
        plan: dict[str, NextLook] = {}
        for source in self._sources:
            row = noted.get(source.name)
            rests = row is not None and (row.failures > 0 or not source.is_prompt)
            plan[source.name] = (
                NextLook(row.next_look_at, row.next_look_why or "")
                if row is not None and row.next_look_at is not None and rests
                else at_once
            )
        return plan


def _is_due(planned_at: datetime | None, source: WatchedSource, now: datetime) -> bool:
    return planned_at is None or NextLook(planned_at, "").is_due(now, source.poll)
