"""Fetching a named document: only where it may be asked, and only so much, so long, so far."""

import gc
import socket
from pathlib import Path

import pytest

from letterwatch.reading import fetching
from letterwatch.reading.exchange import Limits, OpenRules
from letterwatch.reading.fetching import FetchError, fetch_document
from scraper.addresses import HostRules
from tests.servers.drips import dripping
from tests.servers.names import PRIVATE_HOSTS, Turncoat, name_proxy
from tests.servers.tls import self_signed_context
from tests.servers.web import Answer, WebServer, redirect

STRANGERS = OpenRules(HostRules.of("https://reports.ofsted.gov.uk", ["files.ofsted.gov.uk"]))
"""What is asked where no host of the test is named."""


def naming(*addresses: str) -> OpenRules:
    return OpenRules(HostRules.of(addresses[0], addresses[1:]))


@pytest.mark.parametrize(
    ("url", "objection"),
    [
        ("ftp://example.org/x.pdf", "no web address"),
        ("https://", "no web address"),
        ("https://user:word@example.org/x.pdf", "user name"),
        ("http://example.org/x.pdf", "only https"),
        ("http://files.ofsted.gov.uk/x.pdf", "only https"),
        ("http://reports.ofsted.gov.uk:443/x", "only https"),
        ("https://example.org:port/x.pdf", "malformed"),
    ],
)
def test_what_may_not_be_asked_is_not(url: str, objection: str) -> None:
    assert objection in (STRANGERS.find_objection(url) or "")
    with pytest.raises(FetchError, match=objection):
        fetch_document(url, STRANGERS)


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_no_private_host_is_connected_to_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchError, match="not a public one"):
        fetch_document(f"https://{host}/latest/meta-data", STRANGERS)


def test_a_name_that_changes_its_mind_leads_nowhere_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WebServer(tls=self_signed_context(tmp_path)) as private:
        turncoat = Turncoat({"rebind.test": ("93.184.216.34", "127.0.0.1")})
        monkeypatch.setattr(socket, "getaddrinfo", turncoat)
        assert turncoat("rebind.test", 443)[0][4][0] == "93.184.216.34"  # whoever looked before
        with pytest.raises(FetchError, match="not a public one"):
            fetch_document(f"https://rebind.test:{private.port}/secret", STRANGERS)
        assert turncoat.asked == ["rebind.test", "rebind.test"]
        assert private.connections == 0


def test_an_unknown_host_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Turncoat({}))
    with pytest.raises(FetchError, match="the host is not known"):
        fetch_document("https://nowhere.test/x.pdf", STRANGERS)


def test_a_configured_host_may_be_asked_wherever_it_is() -> None:
    with WebServer() as web:
        web.serve("/letter.pdf", Answer(b"%PDF-1.7 letter"))
        web.serve("/moved", redirect("/letter.pdf"))
        assert fetch_document(web.url("/letter.pdf"), naming(web.url())) == b"%PDF-1.7 letter"
        assert fetch_document(web.url("/moved"), naming(web.url())) == b"%PDF-1.7 letter"


def test_a_redirect_is_judged_like_the_first_address() -> None:
    with WebServer() as web, WebServer() as private:
        web.serve("/away", redirect(private.url("/secret")))
        with pytest.raises(FetchError, match="only https"):
            fetch_document(web.url("/away"), naming(web.url()))
        assert private.asked("/secret") == []


@pytest.mark.parametrize("target", ["http://[", "https://example.org:99999/", "http://x.test/\x9b31m", ""])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_redirect_to_no_address_is_one_line(target: str) -> None:
    with WebServer() as web:
        web.serve("/away", redirect(target))
        with pytest.raises(FetchError) as refused:
            fetch_document(web.url("/away"), naming(web.url()))
        assert "\n" not in str(refused.value)
    del refused
    gc.collect()  # requests leaves the connection open whose answer it trips over


def test_a_proxy_of_the_environment_is_not_asked_in_our_place(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer() as web, WebServer() as proxy:
        web.serve("/letter.pdf", Answer(b"%PDF-1.7 letter"))
        name_proxy(monkeypatch, proxy.url())
        assert fetch_document(web.url("/letter.pdf"), naming(web.url())) == b"%PDF-1.7 letter"
        assert proxy.connections == 0


def test_redirects_end() -> None:
    with WebServer() as web:
        web.serve("/round", redirect("/round"))
        with pytest.raises(FetchError, match="more than 3 redirects"):
            fetch_document(web.url("/round"), naming(web.url()))


def test_a_named_host_keeps_its_scheme() -> None:
    with WebServer() as web, WebServer() as secure:
        web.serve("/away", redirect(secure.url("/letter.pdf")))  # by http, though named with https
        secure.serve("/letter.pdf", Answer(b"%PDF-1.7 forged"))
        rules = naming(web.url(), f"https://{secure.host}")
        with pytest.raises(FetchError, match="only https"):
            fetch_document(web.url("/away"), rules)
        assert secure.connections == 0


def test_a_body_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LIMITS", Limits(megabytes=1, seconds=60))
    with WebServer() as web:
        web.serve("/whole", Answer(b"x" * 1_000_000))
        web.serve("/huge", Answer(b"x" * 1_000_001))
        assert len(fetch_document(web.url("/whole"), naming(web.url()))) == 1_000_000
        with pytest.raises(FetchError, match="larger than 1 MB"):
            fetch_document(web.url("/huge"), naming(web.url()))


OK = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "body": ("http", OK + b"Content-Length: 1000000\r\n\r\n"),
    "body of no stated length": ("http", OK + b"\r\n"),
    "head": ("http", OK + b"X-Long: "),
    "handshake": ("https", b"\x16\x03\x03\x40\x00"),
}


@pytest.mark.parametrize(("scheme", "opening"), DRIPS.values(), ids=DRIPS)
def test_who_sends_a_byte_now_and_then_has_his_time(
    scheme: str, opening: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LIMITS", Limits(megabytes=30, seconds=0.3))
    with dripping(opening) as host:
        url = f"{scheme}://{host}/letter.pdf"
        with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
            fetch_document(url, naming(url))


def test_what_comes_slowly_but_in_time_is_whole() -> None:
    with WebServer() as web:
        web.serve("/slow", Answer(b"slow", drip=0.02))
        assert fetch_document(web.url("/slow"), naming(web.url())) == b"slow"


def test_an_error_is_one_line() -> None:
    with WebServer() as web, pytest.raises(FetchError, match="the server answered 404"):
        fetch_document(web.url("/nothing"), naming(web.url()))
