"""Requests and bytes by host and day."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from state.records.rows import SpendingRow
from state.records.takes import Spent
from state.storage.database import insert_or_skip
from state.storage.schema import spending


def record_spending(connection: sa.Connection, spent: Mapping[str, Spent], now: datetime) -> None:
    """Adds what a crawl spent to the day's account of each host."""
    for host, what in spent.items():
        day = {"host": host, "on_day": now.date()}
        connection.execute(insert_or_skip(connection, spending).values(day | {"requests": 0, "bytes": 0}))
        own = (spending.c.host == host) & (spending.c.on_day == now.date())
        added = {
            "requests": spending.c.requests + what.requests,
            "bytes": spending.c.bytes + what.bytes,
        }
        connection.execute(sa.update(spending).where(own).values(added))


def load_spending(connection: sa.Connection, day: date) -> dict[str, int]:
    """Requests of one day (UTC) by host."""
    rows = connection.execute(sa.select(spending).where(spending.c.on_day == day))
    return {row.host: row.requests for row in rows}


def list_spending(connection: sa.Connection, since: date) -> list[SpendingRow]:
    """Requests and bytes by day and host, newest first."""
    order = spending.c.on_day.desc(), spending.c.host
    rows = connection.execute(sa.select(spending).where(spending.c.on_day >= since).order_by(*order))
    return [SpendingRow(row.host, row.on_day, row.requests, row.bytes) for row in rows]
