from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from letterwatch.config.values import Contact, Duration, Host, Listen, WebAddress, parse_duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1s", timedelta(seconds=1)),
        ("10m", timedelta(minutes=10)),
        ("24h", timedelta(days=1)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(days=14)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("366d", timedelta(days=366)),
    ],
)
def test_a_duration_is_read(text, expected):
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "10", "m", "10 parsecs", "-5m", "1.5h", "0s", "367d", "٣m", "9" * 400 + "s"]
)
def test_another_duration_is_refused(text):
    with pytest.raises(ValueError, match="write"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Host, "Files.Ofsted.GOV.uk", "files.ofsted.gov.uk"),
        (Host, "127.0.0.1:8080", "127.0.0.1:8080"),
        (Host, "[::1]:80", "[::1]:80"),
        (Host, "localhost", "localhost"),
        (WebAddress, "http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        (WebAddress, "https://News.example/rss/?a=b", "https://news.example/rss/?a=b"),
        (Contact, "https://example.org/letterwatch", "https://example.org/letterwatch"),
        (Contact, "desk@example.org", "desk@example.org"),
        (Listen, "127.0.0.1:8600", "127.0.0.1:8600"),
        (Listen, "[::]:8600", "[::]:8600"),
    ],
)
def test_a_value_is_accepted(kind, value, kept):
    assert TypeAdapter(kind).validate_python(value) == kept


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Duration, 10),
        (Host, "https://files.ofsted.gov.uk"),
        (Host, "files.ofsted.gov.uk/v1"),
        (Host, "a:99999"),
        (Host, "a:0"),
        (Host, "-a"),
        (Host, "a b"),
        (Host, ""),
        (WebAddress, "reports.ofsted.gov.uk"),
        (WebAddress, "ftp://reports.ofsted.gov.uk"),
        (WebAddress, "https://user:password@reports.ofsted.gov.uk"),
        (WebAddress, "https://[::1"),
        (Contact, "me"),
        (Contact, "https://example.org/\r\nX-Injected: 1"),
        (Contact, "https://example.org/(us)"),
        (Contact, "https://example.org/ü"),
        (Listen, "8600"),
        (Listen, "localhost"),
        (Listen, ":8600"),
    ],
)
def test_a_value_is_refused(kind, value):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)
