"""When a story was published, in whatever way its page says so: aware UTC, British order, London's clock."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
_ZONES = {"gmt": "+0000", "ut": "+0000", "utc": "+0000", "z": "+0000", "bst": "+0100"}
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[ap]\.?m\b)?"
_WRITTEN = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>(?:19|20)\d\d)\b",
    re.ASCII,
)
_FIGURES = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b", re.ASCII)
_AFTER = re.compile(rf"^[,\s]*(?:at\s+|-\s*|\|\s*)?{_CLOCK}", re.ASCII | re.IGNORECASE)
_BEFORE = re.compile(rf"{_CLOCK}[,\s]*(?:on\s+)?(?:[A-Za-z]+,?\s+)?$", re.ASCII | re.IGNORECASE)
_NEAR = 40  # characters around a day in which its time is looked for


def find_moment(text: str) -> datetime | None:
    """The moment a text tells: ISO 8601, a feed's date, or words and figures, day first; else None.

    Without a zone it is London's time, without a time of day London's midnight.
    """
    text = " ".join(text[:500].split())
    return _find_iso(text) or _find_mail_date(text) or _find_written(text)


def _find_iso(text: str) -> datetime | None:
    try:
        return _to_utc(datetime.fromisoformat(text))
    except ValueError:
        pass
    found = re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?", text)
    if found is None:
        return None
    rest = re.match(r"(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?", text[found.end() :])
    try:
        return _to_utc(datetime.fromisoformat(found[0] + (rest[1] or "" if rest else "")))
    except ValueError:
        return None


def _find_mail_date(text: str) -> datetime | None:
    """A feed's date (RFC 822), "BST" included, which the standard library takes for no zone at all."""
    head, _, zone = text.rpartition(" ")
    if not re.match(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3,9} \d{4} \d\d:\d\d", text):
        return None
    try:
        return _to_utc(parsedate_to_datetime(f"{head} {_ZONES.get(zone.lower(), zone)}"))
    except (ValueError, OverflowError):
        return None


def _find_written(text: str) -> datetime | None:
    """The first day that is one; its time stands behind or before it."""
    days = [found for pattern in (_WRITTEN, _FIGURES) for found in pattern.finditer(text)]
    for found in sorted(days, key=re.Match.start):
        month = found["month"].lower()
        number = int(month) if month.isdecimal() else _MONTHS.get(month, 0)
        clock = _AFTER.match(text[found.end() : found.end() + _NEAR])
        clock = clock or _BEFORE.search(text[max(0, found.start() - _NEAR) : found.start()])
        hour, minute = _read_clock(clock) if clock else (0, 0)
        try:
            return _to_utc(datetime(int(found["year"]), number, int(found["day"]), hour, minute))  # noqa: DTZ001
        except ValueError:
            continue
    return None


def _read_clock(clock: re.Match[str]) -> tuple[int, int]:
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(clock["minute"])


def _to_utc(moment: datetime) -> datetime | None:
    """Aware UTC; None for years in which there were no feeds, or will be none of ours."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=LONDON)
    try:
        utc = aware.astimezone(UTC)
    except OverflowError:
        return None
    return utc if 1995 <= utc.year <= 2100 else None
