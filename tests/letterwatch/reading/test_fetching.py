"""Fetching a named document: only where it may be asked, and only so much, so long, so far."""

import pytest

from letterwatch.reading import fetching
from letterwatch.reading.fetching import FetchError, fetch_document, find_objection
from tests.servers.web import Answer, WebServer, redirect


@pytest.mark.parametrize(
    ("url", "objection"),
    [
        ("ftp://example.org/x.pdf", "no web address"),
        ("https://", "no web address"),
        ("https://user:word@example.org/x.pdf", "user name"),
        ("http://example.org/x.pdf", "only https"),
        ("https://127.0.0.1/x.pdf", "not a public one"),
        ("https://[::1]/x.pdf", "not a public one"),
        ("https://169.254.169.254/latest", "not a public one"),
        ("https://10.0.0.8:8443/x.pdf", "not a public one"),
        ("https://localhost/x.pdf", "not a public one"),
        ("https://example.org:port/x.pdf", "malformed"),
    ],
)
def test_what_may_not_be_asked_is_not(url: str, objection: str) -> None:
    assert objection in (find_objection(url, ()) or "")
    with pytest.raises(FetchError, match=objection):
        fetch_document(url, ())


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
