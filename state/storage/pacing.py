"""A host's pace over all workers: each takes a moment, and no two get moments closer than the interval."""

import sqlalchemy as sa

from state.storage.database import insert_or_skip
from state.storage.fleet_schema import paces
from state.storage.turns import database_seconds

_MOST_WAITING = 100  # intervals; a moment further ahead was given before the clock was set back,
_FARTHEST = 1000.0  # seconds; unless others keep a longer interval, as a host may ask for


def reserve_moment(connection: sa.Connection, host: str, interval: float) -> float:
    """Takes the host's next free moment; returns how many seconds it lies ahead."""
    now = database_seconds()
    connection.execute(insert_or_skip(connection, paces).values(host=host, next_at=0.0))
    is_sane = paces.c.next_at < now + max(_MOST_WAITING * interval, _FARTHEST)
    mine = sa.case((is_sane, sa.func.greatest(paces.c.next_at, now)), else_=now)
    statement = (
        sa.update(paces)
        .where(paces.c.host == host)
        .values(next_at=mine + interval)
        .returning((paces.c.next_at - interval - now).label("wait"))
    )
    return max(float(connection.execute(statement).scalar_one()), 0.0)
