"""The one place that reads the clock, and rehearses: `LETTERWATCH_AT` moves the process's start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


class ClockError(Exception):
    """`LETTERWATCH_AT` is not a time; the message says how to write one."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time in UTC, shifted by `offset` in a rehearsal."""

    offset: timedelta = timedelta(0)
    rehearsal: bool = False

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    @classmethod
    def starting_at(cls, moment: datetime) -> "Clock":
        """A rehearsal's clock: it reads `moment` now and runs on from there."""
        return cls(offset=moment - datetime.now(UTC), rehearsal=True)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Clock":
        """The real clock, or the one that `LETTERWATCH_AT` asks for. Raises ClockError."""
        text = environment.get("LETTERWATCH_AT", "").strip()
        if not text:
            return cls()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise ClockError(
                f'LETTERWATCH_AT="{text}" is not a time; write it like 2019-11-01T09:00Z'
            ) from error
        return cls.starting_at(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
