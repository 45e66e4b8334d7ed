"""The door on a real socket: what is refused, what every answer carries, and who cannot starve whom."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from letterwatch.config import ConfigError, WebConfig
from letterwatch.web import connections, guard, page_up, serve
from letterwatch.web.access import Access
from letterwatch.web.guard import Guard
from state import StateError
from tests.letterwatch.web.asking import ask
from tests.letterwatch.web.conftest import served

TOKEN = "a-token-of-some-length"


def app_with(answer: Callable[[Request], Response], **settings: str) -> Starlette:
    access = Access(WebConfig.model_validate(settings))
    return Starlette(routes=[Route("/", answer)], middleware=[Middleware(Guard, access=access)])


def greet(_request: Request) -> Response:
    return PlainTextResponse("hello")


def read_all(client: socket.socket) -> int:
    """How many bytes come until the other side hangs up."""
    came = 0
    try:
        while piece := client.recv(1_000_000):
            came += len(piece)
    except ConnectionResetError:
        pass
    return came


def test_every_answer_carries_the_headers(page):
    for path in ("/", "/nothing-here"):
        answer = ask(page, path)
        assert {name: answer.headers[name] for name in guard.HEADERS} == guard.HEADERS
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers.get("server") is None


@pytest.mark.parametrize(
    ("settings", "said", "kept"),
    [
        ({}, "public, max-age=600", "public, max-age=600"),
        ({"token": TOKEN}, "public, max-age=600", "private, max-age=600"),
        ({"token": TOKEN}, None, "no-store"),
        ({}, None, "no-store"),
    ],
)
def test_no_cache_keeps_for_others_what_a_token_guards(settings, said, kept):
    def answer(_request: Request) -> Response:
        return PlainTextResponse("hello", headers={"Cache-Control": said} if said else None)

    with served(app_with(answer, **settings)) as url:
        came = ask(url, headers={"Authorization": f"Bearer {TOKEN}"})
        assert came.headers["Cache-Control"] == kept
        assert settings == {} or ask(url).status == 401


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("HEAD", "/", {}, 200),
        ("POST", "/", {}, 405),
        ("DELETE", "/", {}, 405),
        ("GET", "/", {"Host": "evil.example.org"}, 421),
        ("GET", "/", {"Content-Length": "5"}, 413),
        ("GET", "/?q=" + "a" * 5_000, {}, 414),
        ("GET", "/" + "a" * 5_000, {}, 414),
        ("GET", "/", {"X-Long": "a" * 40_000}, 431),
        ("GET", "/nothing-here", {}, 404),
    ],
)
def test_what_may_not_come_in(page, method, path, headers, status):
    answer = ask(page, path, method, headers)
    assert answer.status == status
    assert "Traceback" not in answer.text


def test_a_view_that_breaks_is_told_without_its_innards(caplog):
    def crash(_request: Request) -> Response:
        raise RuntimeError("secret words")

    def locked(_request: Request) -> Response:
        raise StateError("the state /secret/place is locked")

    with served(app_with(crash)) as url:
        answer = ask(url)
    assert (answer.status, "secret" in answer.text) == (500, False)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "secret words" in caplog.text
    with served(app_with(locked)) as url:
        answer = ask(url)
    assert (answer.status, "secret" in answer.text) == (503, False)


def test_slow_askers_do_not_keep_others_out(monkeypatch):
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 8)
    with served(app_with(greet)) as url, ExitStack() as slow:
        place = (urlsplit(url).hostname, urlsplit(url).port)
        for _ in range(40):  # far more than there are places, each in the middle of its first line
            loris = slow.enter_context(socket.create_connection(place, timeout=20))
            loris.sendall(b"GET / HT")
        assert ask(url).status == 200


def test_who_never_ends_a_question_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(connections, "ASK_WITHIN", 0.2)
    with served(app_with(greet)) as url:
        place = (urlsplit(url).hostname, urlsplit(url).port)
        with socket.create_connection(place, timeout=20) as loris:
            loris.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            assert loris.recv(1) == b""


def test_who_never_reads_an_answer_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(connections, "READ_WITHIN", 0.2)
    size, hung_up = 64_000_000, threading.Event()
    hang_up = connections.PatientProtocol._hang_up

    def notice(protocol: connections.PatientProtocol) -> None:
        hang_up(protocol)
        hung_up.set()

    monkeypatch.setattr(connections.PatientProtocol, "_hang_up", notice)
    with served(app_with(lambda _request: Response(b"a" * size))) as url:
        place = (urlsplit(url).hostname, urlsplit(url).port)
        with socket.create_connection(place, timeout=20) as greedy:
            greedy.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert greedy.recv(1)
            assert hung_up.wait(20)
            assert read_all(greedy) < size


def test_too_many_at_once_are_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(guard, "MOST_REQUESTS", 2)
    inside, leave = threading.Semaphore(0), threading.Event()

    def dawdle(_request: Request) -> Response:
        inside.release()
        leave.wait(20)
        return PlainTextResponse("hello")

    with served(app_with(dawdle)) as url, ThreadPoolExecutor(2) as visitors:
        early = [visitors.submit(ask, url) for _ in range(2)]
        try:
            assert all(inside.acquire(timeout=20) for _ in early)
            late = ask(url)
        finally:
            leave.set()
        assert (late.status, late.headers["Retry-After"]) == (503, "5")
        assert [each.result().status for each in early] == [200, 200]
        assert [ask(url).status for _ in range(3)] == [200, 200, 200]  # who left makes room


def test_a_taken_port_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ConfigError, match=rf"\[web\] listen: 127.0.0.1:{port} is taken by another program"
        ):
            _serve_at(f"127.0.0.1:{port}")


def _serve_at(listen: str) -> None:
    asyncio.run(serve(app_with(greet), listen, asyncio.Event()))


def test_the_watch_goes_on_where_the_port_is_taken(caplog):
    async def watch(listen: str) -> str:
        async with page_up(app_with(greet), listen):
            while not caplog.text:
                await asyncio.sleep(0)
            return "watched"

    with socket.create_server(("127.0.0.1", 0)) as taken, caplog.at_level(logging.ERROR):
        assert asyncio.run(watch(f"127.0.0.1:{taken.getsockname()[1]}")) == "watched"
    assert caplog.text.count("the watch goes on without the page") == 1
