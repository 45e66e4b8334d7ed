"""One crawl of a source at a time, over all processes; a lock dies with its holder."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import psutil
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from state.errors import LockTakenError, StateError, find_mend, plain_errors
from state.storage.database import Database, find_file

KeepLock = Callable[[], None]
"""Takes a lock again that was lost with its connection; raises LockTakenError where another has it by now."""


@contextmanager
def source_lock(database: Database, source: str) -> Iterator[KeepLock]:
    """Holds a source while the block runs; raises LockTakenError at once where another process has it.

    SQLite: flock on a file beside the database, which nothing but our end takes away. PostgreSQL: an
    advisory lock of a connection of its own; a restarted server forgets it, so whoever holds it for long
    keeps it by calling what the block is given.
    """
    file = find_file(database.url)
    with _lock_file(file, source) if file else _lock_advisory(database, source) as keep:
        yield keep


@contextmanager
def _lock_file(file: Path, source: str) -> Iterator[KeepLock]:
    path = file.with_name(f"{file.name}.{source}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StateError(
            f"the lock {path} cannot be made ({error.strerror}); "
            f"{find_mend(error, 'make the folder writable')}"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken(source, _name_holder(os.pread(descriptor, 20, 0).decode())) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield lambda: None
    finally:
        os.close(descriptor)


@contextmanager
def _lock_advisory(database: Database, source: str) -> Iterator[KeepLock]:
    lock = _AdvisoryLock(database, source)
    try:
        lock.take()
        yield lock.keep
    finally:
        lock.release()


class _AdvisoryLock:
    """A lock that lives as long as its connection."""

    def __init__(self, database: Database, source: str) -> None:
        self._database = database
        self._source = source
        self._connection: sa.Connection | None = None

    def take(self) -> None:
        key = crc32(f"letterwatch crawl {self._source}".encode())
        with plain_errors(self._database.place):
            connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection = connection
            locked = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key)))
            holder = None if locked else _find_holder(connection, key)
        if not locked:
            self.release()
            raise _taken(self._source, holder)

    def keep(self) -> None:
        try:
            if self._connection is not None:
                self._connection.scalar(sa.select(1))
                return
        except DBAPIError:
            self.release()
        self.take()

    def release(self) -> None:
        """Closes the session, and with it the lock."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def _name_holder(pid: str) -> str | None:
    return f"pid {pid}" if pid.isdecimal() and psutil.pid_exists(int(pid)) else None


def _find_holder(connection: sa.Connection, key: int) -> str | None:
    """The application name of the session that holds an advisory lock: 'letterwatch host/pid/…'."""
    statement = sa.text(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = :key"
    )
    name = connection.scalar(statement, {"key": key})
    host, _, rest = str(name or "").removeprefix("letterwatch ").partition("/")
    return f"pid {rest.partition('/')[0]} on {host}" if rest else None


def _taken(source: str, holder: str | None) -> LockTakenError:
    who = f"another process ({holder})" if holder else "another process"
    doing = "watching already" if source == "daemon" else f"crawling {source}"
    return LockTakenError(f"{who} is {doing}; wait for it or stop it")
