"""A publication's way from sighting to delivery, read from what was stored: `letterwatch explain`."""

import sqlalchemy as sa

from state.errors import StateError, count
from state.records.events import Event
from state.records.rows import TrailStep
from state.records.vocabulary import DeliveryState
from state.storage.schema import (
    attempts,
    decisions,
    documents,
    events,
    looks,
    outbox,
    publications,
    readings,
    runs,
    versions,
)


def load_trail(connection: sa.Connection, publication: str) -> list[TrailStep]:
    """Every step about '<urn>/<file_id>', oldest first; raises StateError where it is not known."""
    urn, _, file_id = publication.partition("/")
    own = (publications.c.urn == urn) & (publications.c.file_id == file_id)
    publication_id = connection.scalar(sa.select(publications.c.id).where(own))
    if publication_id is None:
        raise StateError(f"there is no publication {publication}; `letterwatch publications` lists them")
    decided = (
        sa.select(decisions).where(decisions.c.publication_id == publication_id).order_by(decisions.c.id)
    )
    steps = _list_runs(connection, publication_id)
    steps += _list_failed_looks(connection, publication_id)
    steps += _list_documents(connection, publication_id)
    steps += [TrailStep(row.at, row.step, row.run_id) for row in connection.execute(decided)]
    steps += _list_readings(connection, publication_id)
    told = sa.select(events).where(events.c.publication_id == publication_id).order_by(events.c.id)
    for event in connection.execute(told).all():
        steps += _follow_event(connection, event)
    return sorted(steps, key=lambda step: step.at)


def load_events(connection: sa.Connection, publication: str) -> list[Event]:
    """The events about '<urn>/<file_id>', oldest first."""
    urn, _, file_id = publication.partition("/")
    statement = (
        sa.select(events.c.facts)
        .join(publications, publications.c.id == events.c.publication_id)
        .where(publications.c.urn == urn, publications.c.file_id == file_id)
        .order_by(events.c.id)
    )
    return [Event.model_validate_json(facts) for facts in connection.scalars(statement)]


def _list_runs(connection: sa.Connection, publication_id: int) -> list[TrailStep]:
    """The runs in which something was decided: when they began, their verdict and its figures."""
    deciding = sa.select(decisions.c.run_id).where(decisions.c.publication_id == publication_id)
    steps = []
    for row in connection.execute(sa.select(runs).where(runs.c.id.in_(deciding)).order_by(runs.c.id)):
        figures = ", ".join(f"{name} {number:,}" for name, number in sorted(row.figures.items()) if number)
        cause = f" ({row.cause})" if row.cause else ""
        step = f"run {row.id}, a {row.rhythm} of {row.source}, judged {row.verdict}{cause}: {figures}"
        steps.append(TrailStep(row.started_at, step, row.id))
    return steps


def _list_failed_looks(connection: sa.Connection, publication_id: int) -> list[TrailStep]:
    """The looks at its page or document that failed, as far as they are still kept."""
    own = publications.c.id == publication_id
    statement = sa.select(looks).join(
        publications, own & ((looks.c.url == publications.c.url) | (looks.c.url == publications.c.page_url))
    )
    return [
        TrailStep(row.at, f"look at {row.url} failed: {row.cause or row.outcome}", row.run_id)
        for row in connection.execute(statement.order_by(looks.c.id))
    ]


def _list_documents(connection: sa.Connection, publication_id: int) -> list[TrailStep]:
    """Each document as it was fetched, and what reading it brought."""
    statement = (
        sa.select(versions, documents.c.size, documents.c.url)
        .join(documents)
        .where(versions.c.publication_id == publication_id)
        .order_by(versions.c.ordinal)
    )
    steps = []
    for row in connection.execute(statement):
        read = f"unreadable: {row.unreadable}" if row.unreadable else f"read as {row.kind}"
        by = f" by reader {row.reader_version}" if row.reader_version else ""
        step = f"document {row.ordinal}: {row.size:,} bytes from {row.url}, kept as {row.sha256}; {read}{by}"
        steps.append(TrailStep(row.seen_at, step))
    return steps


def _list_readings(connection: sa.Connection, publication_id: int) -> list[TrailStep]:
    """When its documents were read again by a newer reader, and what differed."""
    statement = (
        sa.select(readings.c.replaced_at, readings.c.step)
        .join(versions, versions.c.id == readings.c.version_id)
        .where(versions.c.publication_id == publication_id)
    )
    return [TrailStep(at, step) for at, step in connection.execute(statement)]


def _follow_event(connection: sa.Connection, event: sa.Row[tuple[object, ...]]) -> list[TrailStep]:
    rows = connection.execute(
        sa.select(outbox).where(outbox.c.event_id == event.id).order_by(outbox.c.created_at, outbox.c.id)
    ).all()
    steps = [
        TrailStep(event.at, f"event {event.key}: {count(len(rows), 'delivery', 'deliveries')}", event.run_id)
    ]
    for row in rows:
        whom = f"subscription {row.subscription} over {row.channel}"
        held = f", held as {row.hold}" if row.hold else ""
        steps.append(
            TrailStep(row.created_at, f"{whom}: delivery {row.id}, due {row.due_at:%Y-%m-%d %H:%M}{held}")
        )
        tried = sa.select(attempts).where(attempts.c.delivery_id == row.id).order_by(attempts.c.id)
        steps += [
            TrailStep(attempt.ended_at or attempt.started_at, _describe_attempt(row.id, attempt))
            for attempt in connection.execute(tried)
        ]
        if row.state == DeliveryState.PARKED:
            steps[-1] = TrailStep(
                steps[-1].at, f"{steps[-1].step}; waits for `letterwatch deliveries retry {row.id}`"
            )
    return steps


def _describe_attempt(delivery_id: str, attempt: sa.Row[tuple[object, ...]]) -> str:
    detail = f": {attempt.detail}" if attempt.detail else ""
    return f"delivery {delivery_id}: {attempt.outcome}{detail}"
