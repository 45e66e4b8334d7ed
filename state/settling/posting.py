"""Events and their outbox rows, written in the settling transaction; floods are held."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from state.keeping.restored import find_restored_hold
from state.records.events import Event, HeldFacts
from state.records.takes import Routing
from state.records.vocabulary import DeliveryState, EventName
from state.storage.database import insert_or_skip
from state.storage.schema import events, outbox, versions

Route = Callable[[Event], Sequence[Routing]]

PUBLICATIONS, REPORTS, NOTICES = "new publication", "press report", "government notice"
_FLOODS = {  # what an event's name begins with, and its hold's
    PUBLICATIONS: ("publication.", "flood"),
    REPORTS: (EventName.COVERAGE_NEW.value, "reports"),
    NOTICES: (EventName.NOTICE_NEW.value, "notices"),
}
REVISIONS_LIMIT = 3  # of one document in REVISIONS_WITHIN; more are held
REVISIONS_WITHIN = timedelta(days=30)

_NEWS = ("publication.", "grade.", "coverage.", "visit.", "notice.")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be posted, with the publication it is about and the hold it falls under."""

    event: Event
    publication_id: int | None = None
    hold: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: the events that are new, and how many deliveries they made."""

    events: tuple[Event, ...]
    deliveries: int


def hold_flood(
    drafts: Sequence[Draft], *, limit: int, run_id: int, now: datetime, what: str = PUBLICATIONS
) -> list[Draft]:
    """More news of one sort than `limit` at once is held, and told as one `flood.held`."""
    sort, name = _FLOODS[what]
    news = [draft for draft in drafts if draft.event.name.startswith(sort)]
    if len(news) <= limit:
        return list(drafts)
    hold = f"{name}-{run_id}"
    held = [Draft(draft.event, draft.publication_id, draft.hold or hold) for draft in drafts]
    return [*held, Draft(_held_event(hold, count=len(news), limit=limit, now=now, what=what))]


def hold_revisions(connection: sa.Connection, draft: Draft, *, now: datetime) -> list[Draft]:
    """A document revised too often is held from then on, and told once as `flood.held`."""
    if draft.event.name is not EventName.PUBLICATION_REVISED or draft.event.publication is None:
        return [draft]
    recent = connection.scalar(
        sa.select(sa.func.count())
        .select_from(versions)
        .where(versions.c.publication_id == draft.publication_id)
        .where(versions.c.revises)
        .where(versions.c.seen_at > now - REVISIONS_WITHIN)
    )
    if recent is None or recent <= REVISIONS_LIMIT:
        return [draft]
    facts = draft.event.publication
    hold = f"revised-{facts.urn}-{facts.file_id}"
    held = Draft(draft.event, draft.publication_id, hold)
    if recent > REVISIONS_LIMIT + 1:
        return [held]
    return [held, Draft(_held_event(hold, count=recent, limit=REVISIONS_LIMIT, now=now))]


def hold_restored(
    connection: sa.Connection, drafts: Sequence[Draft], *, run_id: int | None, now: datetime
) -> list[Draft]:
    """Holds the news of the first good look at a source after a restore, and says so once.

    What appeared after the backup was made may have been told before the state was lost.
    """
    hold = find_restored_hold(connection, run_id) if run_id is not None and drafts else None
    if hold is None:
        return list(drafts)
    news = [draft for draft in drafts if draft.event.name.startswith(_NEWS)]
    if not news:
        return list(drafts)
    others = [
        draft
        for draft in drafts
        if draft not in news and draft.event.name is not EventName.FLOOD_HELD  # one hold is enough
    ]
    held = [Draft(draft.event, draft.publication_id, hold) for draft in news]
    return [*others, *held, Draft(_held_event(hold, count=len(news), limit=0, now=now))]


def post(
    connection: sa.Connection, drafts: Sequence[Draft], *, route: Route, run_id: int | None, now: datetime
) -> Posted:
    """Writes events not yet known and, for each whom they are routed to, one row of the outbox.

    Of several events of one publication a subscription is told the first only, and of its coverage.
    """
    drafts = hold_restored(connection, drafts, run_id=run_id, now=now)
    posted: list[Event] = []
    told: set[tuple[int, str]] = set()
    rows: list[dict[str, object]] = []
    for draft in drafts:
        event_id = _insert_event(connection, draft, run_id)
        if event_id is None:
            continue
        posted.append(draft.event)
        is_coverage = draft.event.name is EventName.COVERAGE_NEW
        routings = [
            routing
            for routing in route(draft.event)
            if is_coverage or (draft.publication_id, routing.subscription) not in told
        ]
        if draft.publication_id is not None and not is_coverage:
            told.update((draft.publication_id, routing.subscription) for routing in routings)
        rows += [_outbox_row(event_id, routing, draft.hold, now) for routing in routings]
    if rows:
        connection.execute(insert_or_skip(connection, outbox), rows)
    return Posted(tuple(posted), len(rows))


def _insert_event(connection: sa.Connection, draft: Draft, run_id: int | None) -> int | None:
    event = draft.event
    statement = insert_or_skip(connection, events).values(
        key=event.key,
        name=event.name.value,
        at=event.at,
        run_id=run_id,
        publication_id=draft.publication_id,
        facts=event.model_dump_json(exclude_defaults=True),
    )
    return connection.execute(statement.returning(events.c.id)).scalar()


def _outbox_row(event_id: int, routing: Routing, hold: str | None, now: datetime) -> dict[str, object]:
    return {
        "id": secrets.token_hex(8),
        "event_id": event_id,
        "subscription": routing.subscription,
        "channel": routing.channel,
        "recipient": routing.recipient,
        "state": (DeliveryState.HELD if hold else DeliveryState.PENDING).value,
        "created_at": now,
        "due_at": routing.due_at,
        "digest": routing.digest,
        "hold": hold,
        "attempts": 0,
    }


def _held_event(hold: str, *, count: int, limit: int, now: datetime, what: str = PUBLICATIONS) -> Event:
    return Event(
        key=f"{EventName.FLOOD_HELD.value}/{hold}/{now:%Y%m%dT%H%M%S}",
        name=EventName.FLOOD_HELD,
        at=now,
        held=HeldFacts(hold=hold, count=count, limit=limit, what=what),
    )
