"""Fetching a named document: only where it may be asked, and only so much, so long, so far."""

import gc
import socket
from pathlib import Path

import pytest

from letterwatch.reading import fetching
from letterwatch.reading.fetching import FetchError, fetch_document, find_objection
from tests.servers.names import PRIVATE_HOSTS, Turncoat
from tests.servers.tls import self_signed_context
from tests.servers.web import Answer, WebServer, redirect


@pytest.mark.parametrize(
    ("url", "objection"),
    [
        ("ftp://example.org/x.pdf", "no web address"),
        ("https://", "no web address"),
        ("https://user:word@example.org/x.pdf", "user name"),
        ("http://example.org/x.pdf", "only https"),
        ("https://example.org:port/x.pdf", "malformed"),
    ],
)
def test_what_may_not_be_asked_is_not(url: str, objection: str) -> None:
    assert objection in (find_objection(url, ()) or "")
    with pytest.raises(FetchError, match=objection):
        fetch_document(url, ())


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_no_private_host_is_connected_to_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchError, match="not a public one"):
        fetch_document(f"https://{host}/latest/meta-data", ())


def test_a_name_that_changes_its_mind_leads_nowhere_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WebServer(tls=self_signed_context(tmp_path)) as private:
        turncoat = Turncoat({"rebind.test": ("93.184.216.34", "127.0.0.1")})
        monkeypatch.setattr(socket, "getaddrinfo", turncoat)
        assert turncoat("rebind.test", 443)[0][4][0] == "93.184.216.34"  # whoever looked before
        with pytest.raises(FetchError, match="not a public one"):
            fetch_document(f"https://rebind.test:{private.port}/secret", ())
        assert turncoat.asked == ["rebind.test", "rebind.test"]
        assert private.connections == 0


def test_an_unknown_host_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Turncoat({}))
    with pytest.raises(FetchError, match="the host is not known"):
        fetch_document("https://nowhere.test/x.pdf", ())


def test_a_configured_host_may_be_asked_wherever_it_is() -> None:
    with WebServer() as web:
        web.serve("/letter.pdf", Answer(b"%PDF-1.7 letter"))
        web.serve("/moved", redirect("/letter.pdf"))
        assert fetch_document(web.url("/letter.pdf"), [web.host]) == b"%PDF-1.7 letter"
        assert fetch_document(web.url("/moved"), [web.host]) == b"%PDF-1.7 letter"


def test_a_redirect_is_judged_like_the_first_address() -> None:
    with WebServer() as web, WebServer() as private:
        web.serve("/away", redirect(private.url("/secret")))
        with pytest.raises(FetchError, match="only https"):
            fetch_document(web.url("/away"), [web.host])
        assert private.asked("/secret") == []


@pytest.mark.parametrize("target", ["http://[", "https://example.org:99999/", "http://x.test/\x9b31m", ""])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_redirect_to_no_address_is_one_line(target: str) -> None:
    with WebServer() as web:
        web.serve("/away", redirect(target))
        with pytest.raises(FetchError) as refused:
            fetch_document(web.url("/away"), [web.host])
        assert "\n" not in str(refused.value)
    del refused
    gc.collect()  # requests leaves the connection open whose answer it trips over


def test_redirects_end() -> None:
    with WebServer() as web:
        web.serve("/round", redirect("/round"))
        with pytest.raises(FetchError, match="more than 3 redirects"):
            fetch_document(web.url("/round"), [web.host])


def test_a_body_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1024 * 1024)
    with WebServer() as web:
        web.serve("/huge", Answer(b"x" * (1024 * 1024 + 1)))
        with pytest.raises(FetchError, match="larger than 1 MB"):
            fetch_document(web.url("/huge"), [web.host])


def test_a_slow_body_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.0)
    with WebServer() as web:
        web.serve("/slow", Answer(b"slow"))
        with pytest.raises(FetchError, match="took longer"):
            fetch_document(web.url("/slow"), [web.host])


def test_an_error_is_one_line() -> None:
    with WebServer() as web, pytest.raises(FetchError, match="the server answered 404"):
        fetch_document(web.url("/nothing"), [web.host])
