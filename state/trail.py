"""A publication's way from sighting to delivery, read from what was stored: `letterwatch explain`."""

import sqlalchemy as sa

from state.errors import StateError, count
from state.rows import TrailStep
from state.schema import attempts, decisions, events, outbox, publications, readings, versions
from state.vocabulary import DeliveryState


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
    steps = [TrailStep(row.at, row.step, row.run_id) for row in connection.execute(decided)]
    steps += _list_readings(connection, publication_id)
    told = sa.select(events).where(events.c.publication_id == publication_id).order_by(events.c.id)
    for event in connection.execute(told).all():
        steps += _follow_event(connection, event)
    return sorted(steps, key=lambda step: step.at)


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
