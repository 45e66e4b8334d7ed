"""When somebody wants to hear: at once, daily, weekly, and never in quiet hours. Europe/London. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"
_SCHEDULE = re.compile(rf"daily {_CLOCK}|weekly ({'|'.join(_DAYS)}) {_CLOCK}")
_QUIET = re.compile(rf"{_CLOCK}-{_CLOCK}")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A digest's time: every day, or every week on `weekday` (0 is Monday)."""

    at: time
    weekday: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From "instant" (None), "daily 07:30" or "weekly Mon 07:30"; ValueError for anything else."""
        if text == "instant":
            return None
        match = _SCHEDULE.fullmatch(text)
        if match is None:
            raise ValueError(
                f'"{text}" is not a delivery; use "instant", "daily 07:30" or "weekly Mon 07:30"'
            )
        if match[3]:
            return cls(time(int(match[4]), int(match[5])), _DAYS.index(match[3]))
        return cls(time(int(match[1]), int(match[2])))

    def next_after(self, now: datetime) -> datetime:
        """The first time after `now` that this comes round, in UTC; a time the clocks skip comes after."""
        today = now.astimezone(LONDON).date()
        days = (today + timedelta(days=ahead) for ahead in range(9))
        times = (
            datetime.combine(day, self.at, LONDON).astimezone(UTC)
            for day in days
            if self._is_on(day.weekday())
        )
        return next(at for at in times if at > now)

    def _is_on(self, weekday: int) -> bool:
        return self.weekday in (None, weekday)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of the London day in which nothing is sent; they may span midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "22:00-07:00"; ValueError for anything else."""
        match = _QUIET.fullmatch(text)
        hours = [time.fromisoformat(clock) for clock in text.split("-")] if match else []
        if len(set(hours)) < 2:
            raise ValueError(f'"{text}" are no quiet hours; use two times of the day such as "22:00-07:00"')
        return cls(*hours)

    def delay(self, at: datetime) -> datetime:
        """`at` itself, or the end of the quiet hours it falls into, in UTC."""
        local = at.astimezone(LONDON)
        clock = local.time()
        spans_midnight = self.start > self.end
        inside = clock >= self.start or clock < self.end if spans_midnight else self.start <= clock < self.end
        if not inside:
            return at
        last_day = local.date() + timedelta(days=1 if spans_midnight and clock >= self.start else 0)
        return max(at, datetime.combine(last_day, self.end, LONDON).astimezone(UTC))
