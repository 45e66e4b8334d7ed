"""Dates as letters print them: "9 and 10 October 2019", "25 February to 8 March 2019", "12/09/2016"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_ITEM = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?"
    r"(?:\d{1,2}[/.]\d{1,2}[/.]\d{4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: ?(?:of )?{MONTH})?(?:,? ?\d{{4}})?)(?!\d)"
)
_LINK = r"\s*(?:,? and (?:on )?|,? to |, ?|[-–—−─]| until | & )\s*"
_PHRASE = re.compile(rf"(?<![\d/]){_ITEM}(?:{_LINK}{_ITEM})*", re.IGNORECASE)
_PART = re.compile(
    r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: ?(?:of )?(?P<month>{MONTH}))?(?:,? ?(?P<year>\d{{4}}))?(?!\d)",
    re.IGNORECASE,
)
_LONG_VISIT = 45


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day of a visit, as printed."""

    first: date
    last: date


@dataclass(slots=True)
class _Part:
    day: int
    month: int | None
    year: int | None


def find_spans(text: str, written_on: date | None = None) -> Iterator[Span]:
    """Every date or range in a text; a missing year is taken from the letter's own date."""
    for phrase in _PHRASE.finditer(text):
        span = _read_phrase(phrase.group(), written_on)
        if span is not None:
            yield span


def find_date(text: str) -> date | None:
    """The one date a line consists of, with or without a word before it."""
    spans = list(find_spans(text))
    return spans[0].first if len(spans) == 1 and spans[0].first == spans[0].last else None


def find_full_span(text: str, written_on: date | None = None) -> Span | None:
    """The first of the text's first range to the last of its last: some inspections come in two parts."""
    spans = list(find_spans(text, written_on))
    return Span(spans[0].first, spans[-1].last) if spans else None


def find_month(text: str) -> str | None:
    """A month and year such as "June 2018", as YYYY-MM."""
    found = re.search(rf"\b({MONTH})\s+(\d{{4}})\b", text, re.IGNORECASE)
    return f"{found.group(2)}-{_month_number(found.group(1)):02}" if found else None


def judge_dates(visit: Span | None, dated_on: date | None, running: Iterable[str]) -> Iterator[str]:
    """Warnings where dates contradict each other or are out of all proportion."""
    if visit is None:
        return
    if visit.last < visit.first:
        yield f"The visit is said to end on {visit.last:%-d %B %Y}, before it began."
    elif (visit.last - visit.first).days > _LONG_VISIT:
        yield f"The visit is said to last from {visit.first:%-d %B %Y} to {visit.last:%-d %B %Y}."
    if dated_on is not None and dated_on < visit.last:
        yield f"The document is dated {dated_on:%-d %B %Y}, before the visit's end."
    for line in running:
        span = find_full_span(line)
        if span is not None and span != visit:
            yield f"The footer gives other dates than the cover: {line.strip()}."
            return


def _read_phrase(phrase: str, written_on: date | None) -> Span | None:
    parts = [_part(found) for found in _PART.finditer(phrase)]
    if not parts or parts[-1].month is None:
        return None
    if parts[-1].year is None:
        parts[-1].year = _missing_year(parts, parts[-1].month, written_on)
    _fill_from_behind(parts)
    days = [day for part in parts if (day := _day(part)) is not None]
    return Span(days[0], days[-1]) if len(days) == len(parts) else None


def _missing_year(parts: list[_Part], month: int, written_on: date | None) -> int | None:
    """The year of an earlier part, else the one that puts the day before the letter's own date."""
    known = [part.year for part in parts if part.year is not None]
    if known:
        return known[-1]
    return written_on.year - (month > written_on.month) if written_on else None


def _part(found: re.Match[str]) -> _Part:
    if found["d"]:
        return _Part(int(found["d"]), int(found["m"]), int(found["y"]))
    month = _month_number(found["month"]) if found["month"] else None
    return _Part(int(found["day"]), month, int(found["year"]) if found["year"] else None)


def _fill_from_behind(parts: list[_Part]) -> None:
    """Gives each part the next one's month and year; December before January is last year's."""
    for part, behind in zip(reversed(parts[:-1]), reversed(parts), strict=False):
        part.month = part.month or behind.month
        if part.year is None and behind.year is not None and part.month and behind.month:
            part.year = behind.year - (part.month > behind.month)


def _day(part: _Part) -> date | None:
    try:
        return date(part.year or 0, part.month or 0, part.day)
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1
