"""Values as text files hold them: ISO dates, UTC, and nothing that a spreadsheet would run. Pure."""

import re
from datetime import UTC, date, datetime

# What a spreadsheet takes for the beginning of a formula, also after white space and in full width.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def as_plain(value: object) -> object:
    """A date as 2019-11-01, a time as 2019-11-01T09:00:00Z; numbers, text and None as they are."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return without_controls(value) if isinstance(value, str) else value


def without_controls(text: str) -> str:
    """Text that every format can hold: no control characters, no halves of characters."""
    return _CONTROL.sub("", text)


def defuse(value: object) -> object:
    """As `as_plain`; text that a spreadsheet would take for a formula begins with an apostrophe."""
    plain = as_plain(value)
    return f"'{plain}" if isinstance(plain, str) and _FORMULA.match(plain) else plain
