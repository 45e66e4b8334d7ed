"""Values of the configuration that are more than text: durations, hosts, addresses."""

import re
from datetime import date, timedelta
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

_DURATION = re.compile(r"(?:\d+[wdhms] ?)+", re.ASCII)
_PART = re.compile(r"(\d+)([wdhms])", re.ASCII)
_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LONGEST = timedelta(days=366)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(?::(?P<port>\d{{1,5}}))?", re.ASCII)
_HEADER = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
_EMAIL = re.compile(r"[^@\s()<>,;:\"]+@[^@\s()<>,;:\"]+\.[^@\s()<>,;:\"]+", re.ASCII)


def parse_duration(text: str) -> timedelta:
    """A duration such as "10m", "24h", "7d" or "1h 30m"; raises ValueError with the mend."""
    if not _DURATION.fullmatch(text.strip()):
        raise ValueError(f'"{text}" is not a duration; write one like "10m", "24h" or "7d"')
    seconds = sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(text))
    if not 0 < seconds <= _LONGEST.total_seconds():
        raise ValueError(f'"{text}" is out of range; write at least "1s" and at most "366d"')
    return timedelta(seconds=seconds)


def _check_duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise ValueError('not a duration; write one like "10m", "24h" or "7d"')
    return parse_duration(value)


def _check_host(value: str) -> str:
    host = value.lower()
    match = _HOST.fullmatch(host)
    if not match or not 0 < int(match["port"] or 443) < 65_536:
        raise ValueError(f'"{value}" is not a host; write its name alone, like "files.ofsted.gov.uk"')
    return host


def _check_web_address(value: str) -> str:
    """An http or https address, its host in small letters; user and password are refused."""
    if value != value.strip():
        raise ValueError("a space stands before or after the address; take it away")
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise ValueError('not an address; write one like "https://example.org"') from error
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError('not an address; it must begin with "https://" or "http://"')
    if "@" in parts.netloc:
        raise ValueError("an address must not hold a user or a password here; take them away")
    return parts._replace(netloc=_check_host(parts.netloc)).geturl()


def _check_contact(value: str) -> str:
    if _EMAIL.fullmatch(value):
        return value
    if not value.isascii() or not value.isprintable() or set(value) & set(' ()"'):
        raise ValueError("it must be a web or e-mail address in plain letters")
    try:
        return _check_web_address(value)
    except ValueError as error:
        raise ValueError('not a web or e-mail address; write one like "https://example.org/us"') from error


def split_address(address: str) -> tuple[str, int]:
    """Host and port of a checked address; the port is 0 where it has none."""
    host, _, port = address.rpartition(":")
    return (host, int(port)) if host and port.isdigit() else (address, 0)


def is_loopback(host: str) -> bool:
    """True for a name or address that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _check_listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if not (colon and host and port):
        raise ValueError(f'"{value}" has no port; write host and port, like "127.0.0.1:8600"')
    try:
        return f"{_check_host(host)}:0" if port == "0" else _check_host(value)
    except ValueError:
        raise ValueError(f'"{value}" is not host and port; write them like "127.0.0.1:8600"') from None


def _check_ip_address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError(f'"{value}" is not an address; write one like "10.0.0.2"') from None


def _check_header(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError(f'"{value}" is not the name of a header; write one like "X-Forwarded-User"')
    return value


def _check_span(value: Any) -> tuple[date, date]:
    """First and last day, written "2026-03-26/2026-05-07"."""
    if isinstance(value, tuple):
        return value
    try:
        first, last = (date.fromisoformat(part) for part in str(value).split("/"))
    except ValueError as error:
        raise ValueError('not a span of days; write one like "2026-03-26/2026-05-07"') from error
    if last < first:
        raise ValueError("the last day is before the first")
    return first, last


DaySpan = Annotated[tuple[date, date], BeforeValidator(_check_span)]
Duration = Annotated[timedelta, BeforeValidator(_check_duration)]
Host = Annotated[str, AfterValidator(_check_host)]
WebAddress = Annotated[str, AfterValidator(_check_web_address)]
Contact = Annotated[str, AfterValidator(_check_contact)]
Listen = Annotated[str, AfterValidator(_check_listen)]
IpAddress = Annotated[str, AfterValidator(_check_ip_address)]
HeaderName = Annotated[str, AfterValidator(_check_header)]
Text = Annotated[str, Field(min_length=1)]
