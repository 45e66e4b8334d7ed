"""Who of a fleet lives: each clock and worker says so every few seconds, by the database's clock."""

from collections.abc import Collection
from datetime import UTC, datetime

import sqlalchemy as sa

from state.records.rows import WorkerRow
from state.storage.database import insert_or_skip
from state.storage.fleet_schema import turns, workers
from state.storage.turns import database_seconds

SILENT_AFTER = 45.0  # seconds; then what one has claimed is another's
_FORGOTTEN_AFTER = 3600.0


def record_presence(connection: sa.Connection, owner: str, role: str) -> None:
    """Notes that a clock or worker lives; forgets those that were silent for an hour."""
    now = database_seconds()
    first = {"owner": owner, "role": role, "started_at": now, "seen_at": now}
    connection.execute(insert_or_skip(connection, workers).values(first))
    connection.execute(sa.update(workers).where(workers.c.owner == owner).values(seen_at=now))
    connection.execute(sa.delete(workers).where(workers.c.seen_at < now - _FORGOTTEN_AFTER))


def end_presence(connection: sa.Connection, owner: str) -> None:
    """Notes that a clock or worker ended in good order."""
    connection.execute(sa.delete(workers).where(workers.c.owner == owner))


def find_silent(connection: sa.Connection, owners: Collection[str]) -> list[str]:
    """Those of some claims' holders that belong to the fleet and have long given no sign of life."""
    if connection.dialect.name == "sqlite" or not owners:
        return []
    silent = workers.c.seen_at < database_seconds() - SILENT_AFTER
    return list(connection.scalars(sa.select(workers.c.owner).where(workers.c.owner.in_(owners), silent)))


def list_workers(connection: sa.Connection) -> list[WorkerRow]:
    """The clocks and workers that lived within the last hour, with the sources they are looking at."""
    if connection.dialect.name == "sqlite":
        return []
    held = sa.select(turns.c.holder, turns.c.source).where(turns.c.until > database_seconds())
    looks: dict[str, list[str]] = {}
    for holder, source in connection.execute(held.order_by(turns.c.source)):
        looks.setdefault(holder, []).append(source)
    silence = (database_seconds() - workers.c.seen_at).label("silence")
    rows = connection.execute(sa.select(workers, silence).order_by(workers.c.role, workers.c.owner))
    return [
        WorkerRow(
            name=row.owner,
            role=row.role,
            started_at=datetime.fromtimestamp(row.started_at, UTC),
            seen_at=datetime.fromtimestamp(row.seen_at, UTC),
            alive=row.silence < SILENT_AFTER,
            looking_at=tuple(looks.get(row.owner, ())),
        )
        for row in rows
    ]


def find_held(connection: sa.Connection) -> frozenset[str]:
    """The sources somebody is looking at now, on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        return frozenset()
    return frozenset(connection.scalars(sa.select(turns.c.source).where(turns.c.until > database_seconds())))
