"""An iCalendar (RFC 5545) of letters expected. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

TYPE = "text/calendar; charset=utf-8"

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An entry that lasts one whole day; `id` stays the same when the day moves."""

    id: str
    on: date
    title: str
    description: str
    noted_at: datetime
    url: str | None = None


def render_calendar(name: str, days: Sequence[CalendarDay], *, version: str) -> bytes:
    """The calendar; its days are those of London, whatever zone the reader is in."""
    from icalendar import Calendar  # noqa: PLC0415  3 MB, needed once somebody asks for a calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//Letterwatch//Letterwatch {version}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for day in days:
        calendar.add_component(_make_event(day))
    return bytes(calendar.to_ical())


def _make_event(day: CalendarDay) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{day.id}@letterwatch.invalid")
    event.add("dtstamp", day.noted_at.astimezone(UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + _DAY)
    event.add("summary", _clean(day.title))
    event.add("description", _clean(day.description))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE")
    if day.url:
        event.add("url", _clean(day.url))
    return event


def _clean(text: str) -> str:
    """Without the control characters that could begin a line of their own."""
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable())
