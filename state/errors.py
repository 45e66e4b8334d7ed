"""What can go wrong with the state, as one line with its mend.

StateError: the only exception of this package meant for people; the app prints it and exits with 1.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

_MENDS = (
    ("database is locked", "is locked by another program; close that program and try again"),
    ("readonly database", "is read-only; make the file and its folder writable for this user"),
    ("read-only transaction", "is read-only; point [state] url at a server that takes writes"),
    ("disk is full", "cannot be written, the disk is full; free some space and try again"),
    ("no space left", "cannot be written, the disk is full; free some space and try again"),
    ("unable to open", "cannot be opened; check that its folder exists and is writable for this user"),
    ("disk i/o error", "cannot be read or written; see whether the disk is full or failing"),
    ("malformed", "is damaged; restore it from a backup"),
    ("not a database", "is not a database; move the file away or correct [state] url"),
    ("password", "refuses the user or password; correct [state] url"),
    ("does not exist", "does not exist or lacks a table; create it or correct [state] url"),
    ("refused", "does not answer; start PostgreSQL or correct [state] url"),
    ("timeout", "does not answer in time; check PostgreSQL and the network"),
    ("connection", "does not answer; check PostgreSQL and [state] url"),
)


_SYSTEM_MENDS = {
    errno.ENOSPC: "free some space and try again",
    errno.EDQUOT: "free some space or raise the quota, and try again",
    errno.EFBIG: "raise the limit of a file's size (ulimit -f)",
    errno.EMFILE: "raise the limit of open files (ulimit -n, LimitNOFILE=)",
    errno.ENFILE: "raise this machine's limit of open files",
    errno.EROFS: "mount the disk writable",
}


class StateError(Exception):
    """The state cannot be used: one line that says why and what to do."""


class LockTakenError(StateError):
    """Another process holds what this one wants."""


def one_line(text: str) -> str:
    """Any text on one line, runs of white space made single."""
    return " ".join(text.split())


def find_mend(error: OSError, otherwise: str) -> str:
    """What mends a failure of the operating system; `otherwise` where its number does not say."""
    return _SYSTEM_MENDS.get(error.errno or 0, otherwise)


def count(number: int, thing: str, things: str) -> str:
    """A number with its noun: '1 event', '2 events'."""
    return f"{number} {thing if number == 1 else things}"


def describe_failure(error: SQLAlchemyError, place: str) -> StateError:
    """The StateError that tells an operator what a database driver meant."""
    text = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for sign, mend in _MENDS:
        if sign in text.lower():
            return StateError(f"the state {place} {mend}")
    return StateError(f"the state {place} failed: {one_line(text)[:300]}")


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Turns what the database driver raises inside the block into StateError."""
    try:
        yield
    except DBAPIError as error:
        raise describe_failure(error, place) from error
