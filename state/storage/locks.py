"""One crawl of a source at a time, over all processes; a lock dies with its holder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from state.errors import StateError, find_mend
from state.storage.database import Database, find_file
from state.storage.turns import Lease, Turn, begin_turn, taken

DAEMON = "daemon"
"""The name under which a daemon holds the whole state; nothing is settled under it."""


@contextmanager
def source_lock(database: Database, source: str) -> Iterator[Turn]:
    """Holds a source while the block runs; raises LockTakenError at once where another process has it.

    SQLite: flock on a file beside the database, which nothing but our end takes away. PostgreSQL: a lease.
    """
    file = find_file(database.url)
    with _lock_file(database, file, source) if file else _lease(database, source) as turn:
        yield turn


@contextmanager
def _lock_file(database: Database, file: Path, source: str) -> Iterator[Turn]:
    path = file.with_name(f"{file.name}.{source}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StateError(
            f"the lock {path} cannot be made ({error.strerror}); "
            f"{find_mend(error, 'make the folder writable')}"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise taken(source, _name_process(os.pread(descriptor, 20, 0).decode())) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield Turn(token=None if source == DAEMON else _begin(database, source))
    finally:
        os.close(descriptor)


def _begin(database: Database, source: str) -> int:
    with database.writing() as connection:
        return begin_turn(connection, source)


@contextmanager
def _lease(database: Database, source: str) -> Iterator[Turn]:
    lease = Lease(database, source)
    token = lease.take()
    try:
        yield Turn(token, lease.keep)
    finally:
        lease.release()


def _name_process(pid: str) -> str | None:
    return f"pid {pid}" if pid.isdecimal() and psutil.pid_exists(int(pid)) else None
