"""The page in the daemon's own loop: what visitors do to it, the watch does not notice."""

import socket
from contextlib import ExitStack
from threading import Event
from typing import Any

import pytest

from letterwatch.demo.inbox import SlackMessage
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.watching.test_daemon import PATIENCE, end, poll_every_second
from tests.letterwatch.web.asking import ask

SAYS_WHERE = "the page is at http://"


def read_address(log: Any) -> tuple[str, int]:
    """Host and port of the page, from the daemon's log."""
    for line in log:
        if SAYS_WHERE in line:
            host, _, port = line.partition(SAYS_WHERE)[2].strip().rstrip("/").rpartition(":")
            return host, int(port)
    raise AssertionError("the daemon ended without a page")


def test_a_letter_is_told_while_slow_and_greedy_visitors_crowd_the_page(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll_every_second(workplace)
    told = Event()

    def receive(payload: dict[str, Any], at: float) -> SlackMessage:
        told.set()
        return SlackMessage(payload, at)

    monkeypatch.setattr("letterwatch.demo.inbox.SlackMessage", receive)
    with workplace.start("run") as process, ExitStack() as crowd:
        place = read_address(process.stderr)
        for number in range(200):
            visitor = crowd.enter_context(socket.create_connection(place, timeout=PATIENCE))
            whole = (
                b"\r\nHost: 127.0.0.1\r\n\r\n" if number % 4 == 0 else b""
            )  # the rest never ends its question
            visitor.sendall(b"GET /england HTTP/1.1" + whole)  # and nobody reads an answer
        while not workplace.publications():
            pass  # the first look is a baseline: wait until it is filed
        workplace.site.publish_letter()
        assert told.wait(PATIENCE), "the letter was not told"
        answer = ask(f"http://{place[0]}:{place[1]}/", "/letter/80451/50121234")
        log = end(process)
    assert answer.status == 200
    assert "Traceback" not in log
