"""A real outbox to deliver from, filled without a crawl, and a clock that is set by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from notifier import Dispatcher
from notifier.channels import Channel
from state import DeliveryState, Event, PublicationFacts, Routing, Store
from state.records.rows import DeliveryRow
from state.settling.posting import Draft, post
from state.storage.schema import authorities, publications, runs
from tests.states import place_state

START = datetime(2019, 11, 1, 9, 5, tzinfo=UTC)


class Clock:
    """A clock that moves only when told to; it sleeps by moving."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.forward(seconds=seconds)

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Post:
    """An outbox, and dispatchers over it as successive processes would open them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.store = Store.open(place_state(folder), rehearsal=False)
        self.clock = clock
        self.reports: list[Event] = []
        self._dispatchers: list[Dispatcher] = []

    def put(self, event: Event, *routings: Routing) -> None:
        """Posts an event with its rows, as settling a run does."""
        now = self.clock.now()
        with self.store._database.writing() as connection:
            run = {
                "source": "ofsted",
                "rhythm": "sweep",
                "started_at": now,
                "settled_at": now,
                "verdict": "ok",
            }
            key = connection.execute(sa.insert(runs).values(**{**run, "figures": {}})).inserted_primary_key
            assert key
            publication = _ensure(connection, event.publication) if event.publication else None
            post(connection, [Draft(event, publication)], route=lambda _: routings, run_id=key[0], now=now)

    def dispatcher(self, **channels: Channel) -> Dispatcher:
        """A dispatcher with this post's clock and without chance."""
        dispatcher = Dispatcher(
            self.store.outbox,
            channels,
            clock=self.clock.now,
            report=self.reports.append,
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            jitter=lambda: 0.5,
        )
        self._dispatchers.append(dispatcher)
        return dispatcher

    def routing(self, channel: str, *, digest: str | None = None, subscription: str = "yorkshire") -> Routing:
        return Routing(subscription, channel, self.clock.now(), digest)

    def rows(self, state: DeliveryState | None = None) -> Sequence[DeliveryRow]:
        return self.store.deliveries(state)

    def close(self) -> None:
        for dispatcher in self._dispatchers:
            dispatcher.close()
        self.store.close()


def _ensure(connection: sa.Connection, facts: PublicationFacts) -> int:
    """The row of a publication, made where there is none."""
    about = (publications.c.urn == facts.urn) & (publications.c.file_id == facts.file_id)
    found = connection.scalar(sa.select(publications.c.id).where(about))
    if found is not None:
        return int(found)
    if not connection.scalar(sa.select(authorities.c.urn).where(authorities.c.urn == facts.urn)):
        named = {"urn": facts.urn, "name": facts.authority, "page_url": facts.page_url}
        connection.execute(sa.insert(authorities).values(**named))
    values = {
        "urn": facts.urn,
        "file_id": facts.file_id,
        "kind": facts.kind,
        "title": facts.title,
        "url": facts.url,
        "page_url": facts.page_url,
        "first_seen_at": START,
        "quiet": False,
        "tries": 0,
        "missing_looks": 0,
    }
    key = connection.execute(sa.insert(publications).values(**values)).inserted_primary_key
    assert key
    return int(key[0])
