"""One crawl of a source at a time, over all processes; a lock dies with its holder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import psutil
import sqlalchemy as sa

from state.database import Database, find_file
from state.errors import StateError, find_mend, plain_errors


@contextmanager
def source_lock(database: Database, source: str) -> Iterator[None]:
    """Holds a source while the block runs; raises StateError at once where another process has it.

    SQLite: flock on a file beside the database. PostgreSQL: an advisory lock of a connection of its own.
    """
    file = find_file(database.url)
    with _lock_file(file, source) if file else _lock_advisory(database, source):
        yield


@contextmanager
def _lock_file(file: Path, source: str) -> Iterator[None]:
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
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _lock_advisory(database: Database, source: str) -> Iterator[None]:
    key = crc32(f"letterwatch crawl {source}".encode())
    with plain_errors(database.place):
        connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with plain_errors(database.place):
            locked = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key)))
            holder = None if locked else _find_holder(connection, key)
        if not locked:
            raise _taken(source, holder)
        yield
    finally:
        connection.invalidate()  # closes the session, and with it the lock
        connection.close()


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


def _taken(source: str, holder: str | None) -> StateError:
    who = f"another process ({holder})" if holder else "another process"
    doing = "watching already" if source == "daemon" else f"crawling {source}"
    return StateError(f"{who} is {doing}; wait for it or stop it")
