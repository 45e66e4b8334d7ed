"""How the outbox stands: how many rows in which state, and how long the longest wait is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from state.records.vocabulary import DeliveryState
from state.storage.schema import attempts, outbox


@dataclass(frozen=True, slots=True)
class Backlog:
    """Rows of the outbox by state; `oldest_at`: since when the longest overdue delivery should be out.

    What waits for its digest or for quiet hours to end is not overdue; what was tried in vain is, since
    its first try.
    """

    by_state: Mapping[DeliveryState, int]
    oldest_at: datetime | None


def load_backlog(connection: sa.Connection, now: datetime) -> Backlog:
    """The backlog at a moment."""
    counted = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
    found = {row[0]: row[1] for row in connection.execute(counted)}
    return Backlog(
        by_state={state: found.get(state.value, 0) for state in DeliveryState},
        oldest_at=_find_oldest(connection, now),
    )


def _find_oldest(connection: sa.Connection, now: datetime) -> datetime | None:
    tried = sa.select(attempts.c.delivery_id, sa.func.min(attempts.c.started_at).label("at"))
    first = tried.group_by(attempts.c.delivery_id).subquery()
    since = sa.func.min(sa.func.coalesce(first.c.at, outbox.c.due_at))
    waiting = outbox.c.state.in_([DeliveryState.PENDING.value, DeliveryState.CLAIMED.value])
    overdue = (outbox.c.due_at <= now) | first.c.at.is_not(None)
    rows = sa.select(sa.type_coerce(since, outbox.c.due_at.type))
    return connection.scalar(
        rows.select_from(outbox.outerjoin(first, first.c.delivery_id == outbox.c.id)).where(waiting, overdue)
    )
