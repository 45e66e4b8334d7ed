"""One line of the doctor's report."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a check ended; WARN: it works, but somebody should look."""

    OK = "ok"  #: well
    WARN = "warn"  #: works, but somebody should look
    FAIL = "fail"  #: does not work


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands in words, and what mends it where something does.

    `outside`: the fault is that of a site we look at, not of our own set-up.
    """

    check: str  #: what was looked at
    level: Level  #: how it stands
    words: str  #: in words
    mend: str | None = None  #: what to do
    outside: bool = False  #: the fault is that of a site we look at, not of our own set-up


def ok(check: str, words: str) -> Finding:
    """All is well."""
    return Finding(check, Level.OK, words)


def warn(check: str, words: str, mend: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(check, Level.WARN, words, mend)


def fail(check: str, words: str, mend: str, *, outside: bool = False) -> Finding:
    """It does not work."""
    return Finding(check, Level.FAIL, words, mend, outside)
