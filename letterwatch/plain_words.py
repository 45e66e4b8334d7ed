"""Values as a person reads them, and London's time, in which all of them are told."""

import re
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text from outside, without the control characters that could rewrite a terminal."""
    return _CONTROL.sub("", text)


def show_controls(json: str) -> str:
    """JSON of the same meaning, in which such characters stand as escapes."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def as_words(value: Any) -> str:
    """A value as a person reads it: London time, British dates, nothing for None, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(LONDON).strftime("%-d %b %Y %H:%M")
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    if isinstance(value, tuple):
        return ", ".join(as_words(item) for item in value)
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    return clean(str(value))
