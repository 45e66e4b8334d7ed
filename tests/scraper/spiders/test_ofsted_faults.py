"""Every misbehaviour of a server ends in exactly one look, with its cause in one plain line."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.settings import DOWNLOAD_MAXSIZE
from state import KnownAuthority, Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import PDF, SEARCH, WAKEFIELD, Site
from tests.servers.tls import self_signed_context
from tests.servers.web import Answer, Drop, WebServer, busy, redirect, slim_error

LETTER = "/v1/file/50121234"
LIMITS = {"DOWNLOAD_TIMEOUT": 0.5, "DOWNLOAD_MAXSIZE": 100_000}
BOMB = Answer("\0" * 1_000_000, gzipped=True)

PAGE_FAULTS = [
    (Answer("no", 403), Outcome.BLOCKED, "the server answered 403 (Forbidden)", 3),
    (Answer("no", 401), Outcome.BLOCKED, "the server answered 401 (Unauthorized)", 1),
    (busy(status=429), Outcome.BLOCKED, "the server answered 429 (Too Many Requests)", 3),
    (busy(), Outcome.TRANSIENT, "the server answered 503 (Service Unavailable)", 3),
    (
        busy(retry_after=3600),
        Outcome.TRANSIENT,
        "the server answered 503 (Service Unavailable) and asks to wait: 3600",
        1,
    ),
    (Answer("no", 404), Outcome.GONE, "the server answered 404 (Not Found)", 1),
    (slim_error(), Outcome.SOFT_ERROR, "the server sent an error page", 3),
    (
        slim_error(500),
        Outcome.SOFT_ERROR,
        "the server answered 500 (Internal Server Error) with an error page",
        3,
    ),
    (Answer("<p>CAPTCHA</p>"), Outcome.BLOCKED, "the server sent a page that refuses us", 1),
    (Answer(""), Outcome.BROKEN, "the server sent nothing", 3),
    (Answer("<p>Welcome</p>"), Outcome.BROKEN, "the page has no heading", 1),
    (Answer(status=302), Outcome.BROKEN, "the server answered 302 (Found) and names no page to go on to", 1),
    # aiohttp itself asks once more where a connection that was kept alive breaks
    (Answer(drop=Drop.BEFORE_HEADERS), Outcome.TRANSIENT, "the connection broke before an answer", None),
    (Answer("x" * 999, drop=Drop.MID_BODY), Outcome.TRANSIENT, "the connection broke in mid-download", 3),
    (Answer("half", claim_length=8), Outcome.TRANSIENT, "the connection broke in mid-download", 3),
    (Answer("x" * 99, drip=1), Outcome.TRANSIENT, "the server took too long to answer", 3),
    (Answer("x" * 200_000), Outcome.BROKEN, "the answer is larger than allowed", 1),
    (Answer("x", headers={"Content-Encoding": "gzip"}), Outcome.TRANSIENT, None, None),
    (redirect(WAKEFIELD), Outcome.BROKEN, "the server redirects too often", 4),
    (
        redirect("http://evil.example/"),
        Outcome.BROKEN,
        "redirected: the address leads to evil.example, which is not a configured host",
        1,
    ),
    (redirect("ftp://evil.example/"), Outcome.BROKEN, None, 1),
]


@pytest.mark.parametrize(("answer", "outcome", "cause", "times"), PAGE_FAULTS)
def test_page_faults(
    web: WebServer, site: Site, *, answer: Answer, outcome: Outcome, cause: str | None, times: int | None
) -> None:
    web.serve(WAKEFIELD, answer)
    desk = RecordingDesk()
    assert run_crawl(desk, web.url(), LIMITS) == "finished"
    look = desk.get_look(web.url(WAKEFIELD))
    assert look.outcome is outcome, look.cause
    assert look.cause is not None
    assert "\n" not in look.cause
    assert cause is None or look.cause == cause
    assert times is None or len(web.asked(WAKEFIELD)) == times
    assert look.validators is None
    assert [found.sighting.urn for found in desk.found if found.document] == ["80550"], "the others stand"


@pytest.mark.parametrize("fault", [busy(), busy(retry_after=0, status=429), slim_error(), Answer("", 403)])
def test_a_fault_that_passes_is_none(web: WebServer, site: Site, fault: Answer) -> None:
    web.serve(WAKEFIELD, fault, fault, Answer(site.places[0].render()))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert desk.get_look(web.url(WAKEFIELD)).outcome is Outcome.OK


def test_a_compression_bomb_is_not_unpacked(web: WebServer, site: Site) -> None:
    web.serve(WAKEFIELD, BOMB)
    desk = RecordingDesk()
    run_crawl(desk, web.url(), LIMITS)
    look = desk.get_look(web.url(WAKEFIELD))
    assert look.outcome is Outcome.BROKEN
    assert "larger than allowed" in (look.cause or "")
    assert DOWNLOAD_MAXSIZE == 30_000_000


DOCUMENT_FAULTS = [
    (Answer("no", 404), Outcome.GONE, "the server answered 404 (Not Found)", 1),
    (Answer(PDF[:-8]), Outcome.BROKEN, "the document ends before its end", 3),
    (Answer(PDF, claim_length=9_000), Outcome.TRANSIENT, "the connection broke in mid-download", 3),
    (Answer("PK\x03\x04"), Outcome.BROKEN, "the server sent something else than a PDF", 1),
    (redirect("http://127.0.0.1:9/x"), Outcome.BROKEN, None, 1),
]


@pytest.mark.parametrize(("answer", "outcome", "cause", "times"), DOCUMENT_FAULTS)
def test_document_faults(
    web: WebServer, site: Site, *, answer: Answer, outcome: Outcome, cause: str | None, times: int
) -> None:
    web.serve(LETTER, answer)
    desk = RecordingDesk()
    run_crawl(desk, web.url(), LIMITS)
    document = desk.get_found("50121234").document
    assert document is not None
    assert (document.outcome, document.sha256, document.reading) == (outcome, None, None)
    assert cause is None or document.cause == cause
    assert len(web.asked(LETTER)) == times
    assert desk.get_look(web.url(LETTER)).outcome is outcome


def test_a_web_page_instead_of_a_pdf_is_kept_as_evidence(web: WebServer, site: Site) -> None:
    web.serve(LETTER, Answer("<!DOCTYPE html><p>Not found"))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    document = desk.get_found("50121234").document
    assert document is not None
    assert (document.outcome, document.cause) == (
        Outcome.SOFT_ERROR, "the server sent a web page instead of a PDF"
    )  # fmt: skip
    assert document.sha256 in desk.bodies
    assert document.reading is None


@pytest.mark.parametrize(
    ("href", "cause"),
    [
        (
            "https://evil.example/v1/file/9",
            "the address leads to evil.example, which is not a configured host",
        ),
        ("javascript:alert(1)", "the address is no web address but javascript"),
        ("http://[oops", "the address is malformed"),
    ],
)
def test_a_document_elsewhere_is_never_asked_for_and_never_dropped(
    web: WebServer, site: Site, href: str, cause: str
) -> None:
    site.places[0].publish("9", "Monitoring visit", "01 November 2019", href=href)
    site.refresh()
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    [found] = [found for found in desk.found if found.sighting.url == href and found.document]
    assert found.document is not None
    assert (found.document.outcome, found.document.cause) == (Outcome.BROKEN, cause)


@pytest.mark.parametrize("answer", [Answer("no", 403), slim_error(), Answer("<h1>New site</h1>"), busy()])
def test_a_search_that_fails_is_one_look_and_leads_nowhere(
    web: WebServer, site: Site, answer: Answer
) -> None:
    web.serve(SEARCH, answer)
    known = KnownAuthority("80451", "Wakefield", None, frozenset())
    desk = RecordingDesk({"80451": replace(known)})
    assert run_crawl(desk, web.url()) == "finished"
    assert [look.page for look in desk.looks] == ["search"]
    assert desk.looks[0].cause
    assert desk.authorities == []


def test_an_unreachable_site_is_one_transient_look() -> None:
    with WebServer() as web:
        url = web.url()
    desk = RecordingDesk()
    assert run_crawl(desk, url) == "finished"
    [look] = desk.looks
    assert (look.outcome, look.cause) == (
        Outcome.TRANSIENT,
        "not asked without robots.txt: no connection to the server",
    )


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with WebServer(tls=self_signed_context(tmp_path)) as web:
        desk = RecordingDesk()
        run_crawl(desk, web.url())
        assert web.asked() == []
    [look] = desk.looks
    assert (look.outcome, look.cause) == (
        Outcome.BROKEN,
        "not asked without robots.txt: no trusted connection: the server's certificate was refused",
    )


def test_a_host_that_keeps_refusing_is_given_up(web: WebServer, site: Site) -> None:
    for number in range(10):
        site.authority(f"9000{number}", f"Place {number}")
    site.refresh()
    for place in site.places:
        web.serve(place.path, Answer("no", 403))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    looks = [look for look in desk.looks if look.page == "provider"]
    assert len(looks) == 12
    assert sum(len(web.asked(place.path)) for place in site.places) == 5 * 3
    assert {look.outcome for look in looks} == {Outcome.BLOCKED}
    cause = "not asked, after 5 failures in a row: the server answered 403 (Forbidden)"
    assert [look.cause for look in looks[5:]] == [cause] * 7


def test_missing_documents_are_no_reason_to_give_a_host_up(web: WebServer, site: Site) -> None:
    for number in range(10):
        site.places[0].publish(f"6000000{number}", "Monitoring visit", "01 November 2019")
        answer = Answer("gone", 404) if number % 2 else Answer("<!DOCTYPE html><p>Not found")
        web.serve(f"/v1/file/6000000{number}", answer)
    site.refresh()
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert len([look for look in desk.looks if look.page == "document"]) == 13
    assert not [look for look in desk.looks if look.cause and "not asked" in look.cause]


def test_retry_after_is_waited_for(web: WebServer, site: Site) -> None:
    web.serve(WAKEFIELD, busy(retry_after=1), Answer(site.places[0].render()))
    desk = RecordingDesk()
    began = time.monotonic()
    run_crawl(desk, web.url())
    assert time.monotonic() - began >= 1
    assert desk.get_look(web.url(WAKEFIELD)).outcome is Outcome.OK


def test_a_fault_of_our_own_ends_the_crawl_and_names_itself(web: WebServer, site: Site) -> None:
    class FullDisk(RecordingDesk):
        async def keep(self, body: bytes, url: str, headers: object) -> str:
            raise OSError("no space left on device")

    assert run_crawl(FullDisk(), web.url()) == "error: OSError: no space left on device"
