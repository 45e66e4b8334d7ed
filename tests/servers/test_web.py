"""The misbehaving server does what its scripts say."""

from collections.abc import Iterator

import pytest
import requests

from tests.servers.web import Answer, Ask, Drop, WebServer, busy, redirect, slim_error


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_it_answers_paths_with_and_without_query_and_remembers_them(web: WebServer) -> None:
    web.serve("/page", Answer("any"))
    web.serve("/page?a=1", Answer("one"))
    assert requests.get(web.url("/page?a=1"), timeout=5).text == "one"
    assert requests.get(web.url("/page?a=2"), timeout=5).text == "any"
    assert requests.get(web.url("/other"), timeout=5).status_code == 404
    assert [ask.path for ask in web.asked("/page")] == ["/page?a=1", "/page?a=2"]
    web.forget()
    assert web.asked() == []


def test_scripts_come_in_turn_and_the_last_one_stays(web: WebServer) -> None:
    web.serve("/page", busy(retry_after=7), slim_error(), Answer("fine"))
    answers = [requests.get(web.url("/page"), timeout=5) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [503, 200, 200, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert "Slim Application Error" in answers[1].text
    assert answers[2].text == answers[3].text == "fine"


def test_conditional_requests_get_304(web: WebServer) -> None:
    web.serve("/etag", Answer("body", etag='"1"'))
    web.serve("/dated", Answer("body", last_modified="Fri, 01 Nov 2019 09:30:00 GMT"))
    first = requests.get(web.url("/etag"), timeout=5)
    again = requests.get(web.url("/etag"), headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    dated = {"If-Modified-Since": "Fri, 01 Nov 2019 09:30:00 GMT"}
    assert (again.status_code, again.content) == (304, b"")
    assert requests.get(web.url("/etag"), headers={"If-None-Match": '"2"'}, timeout=5).status_code == 200
    assert requests.get(web.url("/dated"), headers=dated, timeout=5).status_code == 304


def test_redirects_bodies_from_functions_and_compression(web: WebServer) -> None:
    web.serve("/from", redirect("/echo"))
    web.serve("/echo", lambda ask: Answer(f"{ask.method} {ask.body.decode()}", gzipped=True))
    assert requests.get(web.url("/from"), timeout=5).text == "GET "
    assert requests.post(web.url("/echo"), data="x", timeout=5).text == "POST x"
    assert isinstance(web.asked("/echo")[0], Ask)


@pytest.mark.parametrize("drop", Drop)
def test_dropped_connections_fail_at_the_client(web: WebServer, drop: Drop) -> None:
    web.serve("/drop", Answer("a body of some length", drop=drop))
    with pytest.raises(requests.RequestException):
        requests.get(web.url("/drop"), timeout=5)


def test_a_lie_about_the_length_breaks_the_transfer(web: WebServer) -> None:
    web.serve("/half", Answer("half", claim_length=8))
    with pytest.raises(requests.RequestException):
        requests.get(web.url("/half"), timeout=5)


def test_a_slow_answer_outlasts_the_client_and_ends_with_the_server() -> None:
    with WebServer() as web:
        web.serve("/slow", Answer("x" * 1000, drip=5))
        with pytest.raises(requests.RequestException):
            requests.get(web.url("/slow"), timeout=0.05)
