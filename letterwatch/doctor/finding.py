"""One line of the doctor's report."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a check ended; WARN: it works, but somebody should look."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands in words, and what mends it where something does.

    `outside`: the fault is that of a site we look at, not of our own set-up.
    """

    check: str
    level: Level
    words: str
    mend: str | None = None
    outside: bool = False


def ok(check: str, words: str) -> Finding:
    """All is well."""
    return Finding(check, Level.OK, words)


def warn(check: str, words: str, mend: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(check, Level.WARN, words, mend)


def fail(check: str, words: str, mend: str, *, outside: bool = False) -> Finding:
    """It does not work."""
    return Finding(check, Level.FAIL, words, mend, outside)
