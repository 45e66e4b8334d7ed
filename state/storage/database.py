"""The way into the database: one code for SQLite (WAL) and PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from state.errors import StateError, plain_errors
from state.storage.owners import name_session, process_owner

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

BUSY_TIMEOUT = 30.0  # seconds a writer waits for another
CONNECTION: dict[str, str | int] = {
    "connect_timeout": 10,  # seconds, as are the next two
    "keepalives_idle": 10,  # then a network that is cut is noticed within half a minute
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,  # milliseconds
    "options": "-c idle_in_transaction_session_timeout=60s",  # a process that is paused lets go of its rows
}
"""How PostgreSQL is connected to, unless its URL says otherwise: neither side waits for ever."""


def parse_url(text: str) -> URL:
    """The database URL; raises StateError for anything but a SQLite file or PostgreSQL."""
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):
        raise StateError(
            "[state] url is not a database URL; write e.g. sqlite:///data/letterwatch.db; an @ in a password "
            "is written %40"
        ) from None
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise StateError("[state] url names no file; write e.g. sqlite:///data/letterwatch.db")
        return url
    if url.get_backend_name() == "postgresql":
        if "@" in (url.host or ""):
            raise StateError("[state] url has two @; write %40 for one that belongs to the user or password")
        return url.set(drivername="postgresql+psycopg")
    raise StateError(f"[state] url names {url.get_backend_name()}; use sqlite:///… or postgresql+psycopg://…")


def find_file(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def find_state_file(text: str) -> Path | None:
    """The file that a state's URL, as it is written, names; None where it names none."""
    try:
        return find_file(parse_url(text))
    except StateError:
        return None


class Database:
    """An engine with two doors: `reading` never blocks a writer, `writing` is one transaction."""

    def __init__(self, url: URL, *, timeout: float = BUSY_TIMEOUT) -> None:
        self.url = url
        self.place = _name_place(url)
        self.engine = _build_engine(url, timeout)
        self._is_closed = False
        sa.event.listen(self.engine, "checkin", self._give_back)
        # SQLite has one writer: threads queue here instead of polling the file's lock.
        self._turn: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()

    @property
    def is_sqlite(self) -> bool:
        """True for SQLite, False for PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for a short read; do not hold it across network calls."""
        with plain_errors(self.place), self.engine.execution_options(reading=True).begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One write transaction: all of it or, on any exception, nothing."""
        with plain_errors(self.place), self._turn, self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Gives all connections back; one still in use, as by a slow channel, once it is free."""
        self._is_closed = True
        self.engine.dispose()

    def _give_back(self, _connection: Any, entry: sa.pool.ConnectionPoolEntry) -> None:
        if self._is_closed:
            entry.close()


def insert_or_skip(connection: sa.Connection, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that passes over rows whose unique key already stands."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  2 MB, not for SQLite

    return postgresql.insert(table).on_conflict_do_nothing()


def _name_place(url: URL) -> str:
    """A database as it may be shown: of what stands behind the ?, as a password may, host and port alone."""
    shown = {name: value for name, value in url.query.items() if name in ("host", "port")}
    return url.set(query=shown).render_as_string(hide_password=True)


def _build_engine(url: URL, timeout: float) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        arguments = {"application_name": name_session(process_owner()), **CONNECTION}
        arguments = {name: value for name, value in arguments.items() if name not in url.query}
        return sa.create_engine(url, connect_args=arguments, pool_pre_ping=True)
    engine = sa.create_engine(url, connect_args={"timeout": timeout})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to be IMMEDIATE
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
