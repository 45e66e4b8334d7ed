"""Turns whose holders are no more, ended long before their leases run out; on PostgreSQL."""

import sqlalchemy as sa

from state.storage.fleet_schema import turns
from state.storage.owners import is_gone, name_session, process_owner
from state.storage.turns import LEASE, RENEW_EVERY, database_seconds

MISSED_AFTER = RENEW_EVERY + 1.0  # seconds without a renewal, of which one was due by then
_sessions = sa.table("pg_stat_activity", sa.column("application_name"))


def end_forsaken(connection: sa.Connection) -> list[str]:
    """Ends the turns of holders that are gone; whose sources they were.

    A process of this host is gone where the host knows none of that number; one of another host is taken to
    be by `is_cut_off`. If it lives after all, its turn is over for good: the token has moved on, so that it
    neither renews its lease nor settles anything.
    """
    if connection.dialect.name == "sqlite":
        return []
    held = connection.execute(_select_held()).all()
    if not held:
        return []
    ended = []
    tells = _bears_our_name(connection)
    sessions = set(connection.scalars(sa.select(_sessions.c.application_name)))
    for row in held:
        is_away = tells and name_session(row.holder) not in sessions
        cut_off = is_away and is_cut_off(row.until - LEASE, row.now, started_at=row.started)
        if not (cut_off or is_gone(row.holder)):
            continue
        own = (turns.c.source == row.source) & (turns.c.token == row.token) & turns.c.until.is_not(None)
        over = sa.update(turns).where(own).values(holder=None, until=None, token=turns.c.token + 1)
        if connection.execute(over).rowcount:
            ended.append(str(row.source))
    return ended


def is_cut_off(renewed_at: float, now: float, *, started_at: float) -> bool:
    """True where a holder without a connection let a renewal pass; in seconds since 1970.

    Not where it renewed before PostgreSQL was started: everybody's connections went with that.
    """
    return renewed_at > started_at and now - renewed_at > MISSED_AFTER


def _select_held() -> sa.Select[tuple[object, ...]]:
    """The turns under way, and when the server was started."""
    started = sa.cast(sa.func.extract("epoch", sa.func.pg_postmaster_start_time()), sa.Double)
    return sa.select(
        turns.c.source,
        turns.c.token,
        turns.c.holder,
        turns.c.until,
        database_seconds().label("now"),
        started.label("started"),
    ).where(turns.c.holder.is_not(None), turns.c.until > database_seconds())


def _bears_our_name(connection: sa.Connection) -> bool:
    """False where the configured URL names connections otherwise, so that a missing one tells nothing."""
    name = connection.scalar(sa.select(sa.func.current_setting("application_name")))
    return bool(name == name_session(process_owner()))
