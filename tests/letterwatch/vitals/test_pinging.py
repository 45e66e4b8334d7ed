"""The dead man's switch: told of good and bad looks, never waited for, its address never shown."""

import logging
import threading

import pytest

from letterwatch.config import HealthConfig
from letterwatch.demo.server import Fault
from letterwatch.vitals.pinging import Pinger
from tests.letterwatch.conftest import Workplace
from tests.servers.web import Answer, WebServer, redirect

PATH = "/ping/5c0c1d3e-secret"


def make_pinger(address: str) -> tuple[Pinger, list[bool]]:
    taken: list[bool] = []
    return Pinger(HealthConfig(ping=address), taken.append), taken  # type: ignore[arg-type]


def test_a_good_look_and_a_bad_one_are_told_apart() -> None:
    with WebServer() as web:
        web.serve(PATH, Answer("OK"))
        web.serve(f"{PATH}/fail", Answer("OK"))
        pinger, taken = make_pinger(web.url(f"{PATH}?create=1"))
        for good in (True, False):
            pinger.tell(good=good)
            pinger.wait()
        assert [ask.path for ask in web.asked()] == [f"{PATH}?create=1", f"{PATH}/fail?create=1"]
    assert taken == [True, True]


def test_without_an_address_nobody_is_asked() -> None:
    taken: list[bool] = []
    pinger = Pinger(HealthConfig(), taken.append)
    pinger.tell(good=True)
    pinger.wait()
    assert taken == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("no such check", 404), "answered 404"),
        (Answer("", 500), "answered 500"),
        (redirect("/elsewhere"), "answered 302"),
    ],
)
def test_a_ping_that_is_not_taken_is_said_without_its_address(
    answer: Answer, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with WebServer() as web, caplog.at_level(logging.WARNING):
        web.serve(PATH, answer)
        pinger, taken = make_pinger(web.url(PATH))
        pinger.tell(good=True)
        pinger.wait()
    assert taken == [False]
    assert words in caplog.text
    assert "secret" not in caplog.text


def test_an_address_where_nobody_listens_is_said(caplog: pytest.LogCaptureFixture) -> None:
    pinger, taken = make_pinger(f"http://127.0.0.1:1{PATH}")
    pinger.tell(good=True)
    pinger.wait()
    assert taken == [False]
    assert "connection refused" in caplog.text
    assert "secret" not in caplog.text


def test_nobody_waits_for_a_receiver_that_does_not_answer() -> None:
    with WebServer() as web:
        asked = threading.Event()

        def hang(_ask: object) -> Answer:
            asked.set()
            return Answer(hold=threading.Event())

        web.serve(PATH, hang)
        pinger, taken = make_pinger(web.url(PATH))
        pinger.tell(good=True)
        assert asked.wait(30)
        pinger.tell(good=True)  # left out: the first is still under way
        assert len(web.asked()) == 1
        assert taken == []
    pinger.wait()


def test_a_check_pings_when_all_is_well_and_when_not(workplace: Workplace) -> None:
    with WebServer() as web:
        web.serve(PATH, Answer("OK"))
        web.serve(f"{PATH}/fail", Answer("OK"))
        workplace.config.write_text(
            f'{workplace.config.read_text("utf-8")}\n[health]\nping = "{web.url(PATH)}"\n', "utf-8"
        )
        assert workplace.check()[0] == 0
        workplace.site.fault = Fault.REDESIGN
        assert workplace.check()[0] == 3
        assert [ask.path for ask in web.asked()] == [PATH, f"{PATH}/fail"]
