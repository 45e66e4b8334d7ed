"""Whose turn a source is: a token that grows with every turn, so that what comes late is told and refused.

On PostgreSQL a turn is a lease: it ends with its holder's process where that can be seen, and `LEASE` seconds
after the last sign of it where not (a machine that is gone, a process that is paused, a network that is cut).
Times are the database's, since the machines' own clocks differ.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from state.errors import LockTakenError, StateError
from state.storage.database import Database, insert_or_skip
from state.storage.fleet_schema import turns
from state.storage.owners import is_gone, process_owner

log = logging.getLogger(__name__)

LEASE = 10.0  # seconds
RENEW_EVERY = 3.0
_FAR = 10 * LEASE  # a lease that ends so far ahead was taken before the database's clock was set back


@dataclass(frozen=True, slots=True)
class Turn:
    """A source held: `keep` raises LockTakenError where another process has it by now."""

    token: int | None = None
    keep: Callable[[], None] = lambda: None


def begin_turn(connection: sa.Connection, source: str) -> int:
    """Notes a new turn of whoever holds the source by other means; returns its token."""
    _ensure(connection, source)
    values = {"token": turns.c.token + 1, "holder": process_owner(), "until": None}
    statement = sa.update(turns).where(turns.c.source == source).values(values).returning(turns.c.token)
    return int(connection.execute(statement).scalar_one())


def check_turn(connection: sa.Connection, source: str, token: int) -> None:
    """Raises LockTakenError where a later turn has begun; else none begins before the transaction ends."""
    own = sa.select(turns.c.token, turns.c.holder).where(turns.c.source == source).with_for_update()
    row = connection.execute(own).one_or_none()
    if row is None or row.token != token:
        holder = name_holder(row.holder) if row else None
        who = f"another process ({holder})" if holder else "another process"
        raise LockTakenError(f"{who} took {source} over meanwhile; what this one brought is not written")


def find_holder(connection: sa.Connection, source: str, *, for_update: bool = False) -> str | None:
    """Whose lease of a source runs now, as far as can be seen; on PostgreSQL."""
    left = (turns.c.until - database_seconds()).label("left")
    statement = sa.select(turns.c.holder, left).where(turns.c.source == source)
    row = connection.execute(statement.with_for_update() if for_update else statement).one_or_none()
    if row is None or row.holder is None or row.left is None or not 0 < row.left < _FAR:
        return None
    return None if is_gone(row.holder) else str(row.holder)


class Lease:
    """A turn on PostgreSQL, renewed by a thread of its own, which stands still where its process does."""

    def __init__(self, database: Database, source: str) -> None:
        self._database = database
        self._source = source
        self._owner = process_owner()
        self._token = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._renew_on, name=f"turn {source}", daemon=True)

    def take(self) -> int:
        """Begins the turn and returns its token; raises LockTakenError at once where another has it."""
        with self._database.writing() as connection:
            _ensure(connection, self._source)
            holder = find_holder(connection, self._source, for_update=True)
            if holder:
                raise taken(self._source, name_holder(holder))
            values = {"token": turns.c.token + 1, "holder": self._owner, "until": database_seconds() + LEASE}
            statement = sa.update(turns).where(turns.c.source == self._source).values(values)
            self._token = int(connection.execute(statement.returning(turns.c.token)).scalar_one())
        self._thread.start()
        return self._token

    def keep(self) -> None:
        """Renews the lease, also one that ran out unnoticed; raises LockTakenError where another has it."""
        with self._database.writing() as connection:
            own = (turns.c.source == self._source) & (turns.c.token == self._token)
            renewed = sa.update(turns).where(own).values(until=database_seconds() + LEASE)
            kept = connection.execute(renewed).rowcount
            holder = connection.scalar(sa.select(turns.c.holder).where(turns.c.source == self._source))
        if kept:
            return
        if holder is None:
            raise LockTakenError(
                f"the turn at {self._source} was ended by others, who took this process for gone; "
                "what it brings is not written"
            )
        raise taken(self._source, name_holder(holder))

    def release(self) -> None:
        """Ends the turn; where the database is away, it ends by itself."""
        self._over.set()
        own = (turns.c.source == self._source) & (turns.c.token == self._token)
        try:
            with self._database.writing() as connection:
                connection.execute(sa.update(turns).where(own).values(holder=None, until=None))
        except StateError as error:
            log.warning("the turn at %s ends by itself in %.0f s: %s", self._source, LEASE, error)

    def _renew_on(self) -> None:
        while not self._over.wait(RENEW_EVERY):
            try:
                self.keep()
            except LockTakenError as lost:
                log.warning("%s", lost)
                return
            except StateError as error:
                log.warning("the turn at %s could not be renewed: %s", self._source, error)


def name_holder(owner: str | None) -> str | None:
    """'pid 12 on host' of 'host/12/…'."""
    host, _, rest = (owner or "").partition("/")
    return f"pid {rest.partition('/')[0]} on {host}" if rest else None


def taken(source: str, holder: str | None) -> LockTakenError:
    """The error that tells who has what was asked for."""
    who = f"another process ({holder})" if holder else "another process"
    doing = "watching already" if source == "daemon" else f"crawling {source}"
    return LockTakenError(f"{who} is {doing}; wait for it or stop it")


def _ensure(connection: sa.Connection, source: str) -> None:
    connection.execute(insert_or_skip(connection, turns).values(source=source, token=0))


def database_seconds() -> sa.ColumnElement[float]:
    """Seconds since 1970 by PostgreSQL's clock."""
    return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()), sa.Double)
