"""The judgement of an answer, before anything reads it."""

import hashlib
from datetime import UTC, datetime

import pytest

from scraper.fetches import Expected, judge_fetch, parse_retry_after
from state import Outcome, Validators
from tests.servers.ofsted import PDF, Place, render_search
from tests.servers.web import SLIM_ERROR

PAGE = Place("80451", "Wakefield").render().encode()
SEARCH = render_search([Place("80451", "Wakefield")]).encode()
HELD = Validators(
    etag='"1"', last_modified=None, body_sha256=hashlib.sha256(PAGE).hexdigest(), parser_version=1
)


def test_pages_and_documents_that_are_what_they_should_be() -> None:
    assert judge_fetch(200, {}, PAGE, Expected.PROVIDER).outcome is Outcome.OK
    assert judge_fetch(200, {}, SEARCH, Expected.SEARCH).outcome is Outcome.OK
    assert judge_fetch(200, {}, b"\xef\xbb\xbf junk " + PDF, Expected.DOCUMENT).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("status", "outcome", "is_retried"),
    [
        (401, Outcome.BLOCKED, False),
        (403, Outcome.BLOCKED, True),
        (429, Outcome.BLOCKED, True),
        (451, Outcome.BLOCKED, False),
        (404, Outcome.GONE, False),
        (410, Outcome.GONE, False),
        (408, Outcome.TRANSIENT, True),
        (500, Outcome.TRANSIENT, True),
        (503, Outcome.TRANSIENT, True),
        (599, Outcome.TRANSIENT, True),
        (204, Outcome.BROKEN, False),
        (302, Outcome.BROKEN, False),
        (304, Outcome.BROKEN, False),
        (418, Outcome.BROKEN, False),
    ],
)
def test_status_codes(status: int, outcome: Outcome, is_retried: bool) -> None:
    judgement = judge_fetch(status, {}, b"", Expected.PROVIDER)
    assert (judgement.outcome, judgement.worth_retrying) == (outcome, is_retried)
    assert judgement.cause is not None
    assert str(status) in judgement.cause


def test_what_is_held_already_is_not_modified() -> None:
    assert judge_fetch(304, {}, b"", Expected.PROVIDER, HELD).outcome is Outcome.NOT_MODIFIED
    assert judge_fetch(200, {}, PAGE, Expected.PROVIDER, HELD).outcome is Outcome.NOT_MODIFIED
    assert judge_fetch(200, {}, PAGE + b" ", Expected.PROVIDER, HELD).outcome is Outcome.OK


@pytest.mark.parametrize("expected", [Expected.SEARCH, Expected.PROVIDER])
@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (SLIM_ERROR, Outcome.SOFT_ERROR),
        ("<h1>Sorry, the service is unavailable</h1>", Outcome.SOFT_ERROR),
        ("<h1>Sorry, this service is temporarily unavailable</h1>", Outcome.SOFT_ERROR),
        ('<h1 class="heading--title">Sorry, the service is unavailable</h1>', Outcome.SOFT_ERROR),
        ("<title>Attention Required! | Cloudflare</title>", Outcome.BLOCKED),
        ("<p>Please complete the CAPTCHA</p>", Outcome.BLOCKED),
        ("<p>Access denied</p>", Outcome.BLOCKED),
        ('<form><input name="p" type="password"></form>', Outcome.BLOCKED),
        ("<p>The request could not be satisfied.</p>", Outcome.BLOCKED),
        ("", Outcome.BROKEN),
        ("<h1>A page of another kind</h1>", Outcome.OK),  # the parser says what is wrong with it
    ],
)
def test_error_and_block_pages_with_status_200(body: str, outcome: Outcome, expected: Expected) -> None:
    assert judge_fetch(200, {}, body.encode(), expected).outcome is outcome


def test_a_page_with_its_marks_may_use_any_words() -> None:
    body = PAGE + b"<p>Access denied to a captcha: the service is unavailable</p>"
    assert judge_fetch(200, {}, body, Expected.PROVIDER).outcome is Outcome.OK


def test_an_error_page_with_an_error_status_is_named() -> None:
    assert judge_fetch(500, {}, SLIM_ERROR.encode(), Expected.SEARCH).outcome is Outcome.SOFT_ERROR
    assert judge_fetch(503, {}, b"<p>captcha</p>", Expected.SEARCH).outcome is Outcome.BLOCKED
    cause = judge_fetch(503, {"retry-after": "3600"}, b"", Expected.SEARCH).cause
    assert cause == "the server answered 503 (Service Unavailable) and asks to wait: 3600"


@pytest.mark.parametrize(
    ("body", "outcome", "cause"),
    [
        (PDF[:-7], Outcome.BROKEN, "the document ends before its end"),
        (PDF + b"0" * 5000, Outcome.BROKEN, "the document ends before its end"),
        (b"<!DOCTYPE html>\n<p>Not found", Outcome.SOFT_ERROR, "the server sent a web page instead of a PDF"),
        (b" " * 1100 + PDF, Outcome.BROKEN, "the server sent something else than a PDF"),
        (b"PK\x03\x04", Outcome.BROKEN, "the server sent something else than a PDF"),
        (b"", Outcome.BROKEN, "the server sent nothing"),
    ],
)
def test_a_document_is_known_by_its_first_and_last_bytes(body: bytes, outcome: Outcome, cause: str) -> None:
    judgement = judge_fetch(200, {}, body, Expected.DOCUMENT)
    assert (judgement.outcome, judgement.cause) == (outcome, cause)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 30}, None),
        ({"retry-after": "Mon, 04 Nov 2019 09:01:00 GMT"}, 60),
        ({"retry-after": "Mon, 04 Nov 2019 08:00:00 GMT"}, 0),
        (
            {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT", "date": "Sun, 06 Nov 1994 08:49:00 GMT"},
            37,  # its own clock counts, however wrong
        ),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert parse_retry_after(headers, datetime(2019, 11, 4, 9, 0, tzinfo=UTC)) == seconds
