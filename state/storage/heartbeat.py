"""The scheduler's sign of life, kept where a health check of another process finds it."""

from datetime import datetime

import sqlalchemy as sa

from state.storage.database import insert_or_skip
from state.storage.schema import meta

_KEY, _END = "heartbeat", "ended"


def record_heartbeat(connection: sa.Connection, now: datetime) -> None:
    """Notes that the scheduler lives at this moment."""
    _record(connection, _KEY, now)
    connection.execute(sa.delete(meta).where(meta.c.key == _END))


def record_end(connection: sa.Connection, now: datetime) -> None:
    """Notes that the scheduler ended in order at this moment; the next heartbeat takes that back."""
    _record(connection, _END, now)


def find_heartbeat(connection: sa.Connection) -> datetime | None:
    """When the scheduler last gave a sign of life; None where no daemon ever ran."""
    return _find(connection, _KEY)


def find_end(connection: sa.Connection) -> datetime | None:
    """When the scheduler ended in order; None where it lives, ended otherwise, or never ran."""
    return _find(connection, _END)


def _record(connection: sa.Connection, key: str, at: datetime) -> None:
    row = {"key": key, "value": at.isoformat()}
    changed = connection.execute(sa.update(meta).where(meta.c.key == key).values(row)).rowcount
    if not changed:
        connection.execute(insert_or_skip(connection, meta).values(row))


def _find(connection: sa.Connection, key: str) -> datetime | None:
    text = connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))
    return datetime.fromisoformat(text) if text else None
