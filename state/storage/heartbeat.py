"""The scheduler's sign of life, kept where a health check of another process finds it."""

from datetime import datetime

import sqlalchemy as sa

from state.storage.database import insert_or_skip
from state.storage.schema import meta

_KEY = "heartbeat"


def record_heartbeat(connection: sa.Connection, now: datetime) -> None:
    """Notes that the scheduler lives at this moment."""
    row = {"key": _KEY, "value": now.isoformat()}
    changed = connection.execute(sa.update(meta).where(meta.c.key == _KEY).values(row)).rowcount
    if not changed:
        connection.execute(insert_or_skip(connection, meta).values(row))


def find_heartbeat(connection: sa.Connection) -> datetime | None:
    """When the scheduler last gave a sign of life; None where no daemon ever ran."""
    text = connection.scalar(sa.select(meta.c.value).where(meta.c.key == _KEY))
    return datetime.fromisoformat(text) if text else None
