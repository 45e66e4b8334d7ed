"""What a fetch brought back, judged before anything reads it: pure functions of what the server sent."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus

from state import Outcome, Validators


class Expected(Enum):
    """What was asked for; a page's value is what every such page contains. A feed is known by its start."""

    SEARCH = (b"results-count",)
    PROVIDER = (b"heading--title", b"timeline")
    FEED = "its start"
    LISTING = (b"<a ",)
    ARTICLE = (b"</h1>",)
    DOCUMENT = ()
    ROBOTS = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one fetch; `cause` is one plain line, None where all is well."""

    outcome: Outcome
    cause: str | None = None
    worth_retrying: bool = False


OK = Judgement(Outcome.OK)
NOT_MODIFIED = Judgement(Outcome.NOT_MODIFIED)

_SOFT_ERROR = re.compile(
    rb"slim application error|service is (currently |temporarily )?unavailable|temporarily unavailable"
    rb"|(down for|under|scheduled) (essential )?maintenance|(be )?back (soon|shortly)"
    rb"|application could not run|experiencing technical (difficulties|problems)|internal server error",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    rb"captcha|access (to this page )?(is |has been )?denied|attention required|are (you )?(a )?human"
    rb"|unusual traffic|enable javascript|checking your browser|just a moment\.\.\.|verify(ing)? (that )?you"
    rb"|request (was |has been |could not be )?(blocked|satisfied)"
    rb"|<input[^>]+type=[\"']?password",
    re.IGNORECASE,
)
_FEED = re.compile(rb"<(rss|feed|rdf:rdf|urlset)\b|^\s*\{", re.IGNORECASE)
_FEED_START = 4000  # bytes of a feed in which it says that it is one
_REFUSALS = (401, 403, 407, 429, 451)
_START, _END = 1024, 2048  # bytes of a PDF in which its marks must stand
_HEAD = 100_000  # bytes of a page in which the words of an error page are looked for


def judge_fetch(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    expected: Expected,
    held: Validators | None = None,
) -> Judgement:
    """Says what came back. `headers` in lower case; `held` are the validators sent with the request."""
    if status == HTTPStatus.NOT_MODIFIED:
        return NOT_MODIFIED if held else Judgement(Outcome.BROKEN, f"the server {_answered(status)} unasked")
    if status != HTTPStatus.OK:
        return _judge_status(status, headers, body)
    if expected is Expected.ROBOTS:
        return OK
    if held is not None and hash_body(body) == held.body_sha256:
        return NOT_MODIFIED
    if not body:
        return Judgement(Outcome.BROKEN, "the server sent nothing", worth_retrying=True)
    return _judge_document(body) if expected is Expected.DOCUMENT else _judge_page(body, expected)


def hash_body(body: bytes) -> str:
    """The SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds a server asks us to wait; None where it does not say. Dates count from its own clock."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 10:
        return float(value)
    until, sent_at = _parse_http_date(value), _parse_http_date(headers.get("date", ""))
    return max(0.0, (until - (sent_at or now)).total_seconds()) if until else None


def _judge_status(status: int, headers: Mapping[str, str], body: bytes) -> Judgement:
    cause = f"the server {_answered(status)}"
    asks_for = headers.get("retry-after")
    if asks_for:
        cause += f" and asks to wait: {asks_for[:40]}"
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Judgement(Outcome.GONE, cause)
    if status in _REFUSALS:
        return Judgement(Outcome.BLOCKED, cause, worth_retrying=status in (403, 429))
    if status >= 500 and b"slim application error" in body[:_HEAD].lower():
        return Judgement(Outcome.SOFT_ERROR, f"{cause} with an error page", worth_retrying=True)
    if status >= 500 and _BLOCK.search(body[:_HEAD]):
        return Judgement(Outcome.BLOCKED, f"{cause} with a page that refuses us", worth_retrying=True)
    if status >= 500 or status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY):
        return Judgement(Outcome.TRANSIENT, cause, worth_retrying=True)
    if 300 <= status < 400:
        cause += " and names no page to go on to"
    return Judgement(Outcome.BROKEN, cause)


def _judge_page(body: bytes, expected: Expected) -> Judgement:
    """A page with its marks is never searched for an error page's words: a letter may use any of them."""
    is_feed = expected is Expected.FEED and _FEED.search(body[:_FEED_START]) is not None
    if is_feed or (expected is not Expected.FEED and all(mark in body for mark in expected.value or ())):
        return OK
    head = body[:_HEAD]
    if _SOFT_ERROR.search(head):
        return Judgement(Outcome.SOFT_ERROR, "the server sent an error page", worth_retrying=True)
    if _BLOCK.search(head):
        return Judgement(Outcome.BLOCKED, "the server sent a page that refuses us")
    return OK


def _judge_document(body: bytes) -> Judgement:
    start = body[:_START]
    if b"%PDF" in start:
        if b"%%EOF" in body[-_END:]:
            return OK
        return Judgement(Outcome.BROKEN, "the document ends before its end", worth_retrying=True)
    if re.search(rb"<(!doctype html|html|head|body)\b", start, re.IGNORECASE):
        return Judgement(Outcome.SOFT_ERROR, "the server sent a web page instead of a PDF")
    return Judgement(Outcome.BROKEN, "the server sent something else than a PDF")


def _answered(status: int) -> str:
    try:
        return f"answered {status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return f"answered {status}"


def _parse_http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
