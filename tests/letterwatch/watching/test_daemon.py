"""The daemon as a real process: it watches, tells within its next poll, and ends in good order."""

import asyncio
import os
import re
import signal
import subprocess
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.daemon import Daemon
from letterwatch.demo.inbox import SlackMessage
from letterwatch.demo.loopback import Request
from state import LockTakenError
from tests.letterwatch.conftest import Workplace

PATIENCE = 30.0  # seconds; no test waits that long unless it fails


def signal_when(workplace: Workplace, matches: Callable[[Request], bool]) -> Event:
    """An event that is set by the first matching request to the site."""
    seen = Event()

    def trap(request: Request) -> None:
        if matches(request):
            seen.set()

    workplace.site.trap = trap
    return seen


def is_poll(request: Request) -> bool:
    return request.path == "/search" and "sort=date" in request.query


def poll_every_second(workplace: Workplace) -> None:
    text = workplace.config.read_text("utf-8")
    workplace.config.write_text(text.replace("[ofsted]", '[ofsted]\npoll = "1s"'), "utf-8")


def end(process: subprocess.Popen[str]) -> str:
    """Asks a daemon to end and returns its log."""
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, log
    return log


def test_a_letter_is_told_within_a_poll_and_sigterm_ends_in_good_order(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll_every_second(workplace)
    told = Event()

    def receive(payload: dict[str, Any], at: float) -> SlackMessage:
        told.set()
        return SlackMessage(payload, at)

    monkeypatch.setattr("letterwatch.demo.inbox.SlackMessage", receive)
    polled = signal_when(workplace, is_poll)
    with workplace.start("run") as process:
        assert polled.wait(PATIENCE), "the first sweep was not followed by a poll"
        workplace.site.publish_letter()
        assert told.wait(PATIENCE), "the letter was not told"
        log = end(process)
    assert "Traceback" not in log
    assert "alembic" not in log
    assert workplace.arrived() == (1, 1)


def test_sigterm_in_the_middle_of_a_sweep_loses_nothing(workplace: Workplace) -> None:
    asked = signal_when(workplace, lambda request: request.path.startswith("/provider/"))
    with workplace.start("run") as process:
        assert asked.wait(PATIENCE)
        end(process)
    workplace.site.trap = lambda _request: None
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (0, 0)
    assert len(workplace.publications()) == len(workplace.site.replica.publications)


def test_a_second_daemon_on_one_state_is_refused(workplace: Workplace) -> None:
    asked = signal_when(workplace, lambda request: request.path == "/search")
    with workplace.start("run") as process:
        assert asked.wait(PATIENCE)
        second = workplace.run("run")
        end(process)
    assert second.returncode == 1
    assert re.search(rf"pid {process.pid}( on \S+)?\) is watching already", second.stderr)
    assert len(second.stderr.splitlines()) == 1


def test_run_asks_for_a_contact(workplace: Workplace) -> None:
    text = workplace.config.read_text("utf-8")
    workplace.config.write_text(text.replace("contact =", "# contact ="), "utf-8")
    done = workplace.run("run")
    assert done.returncode == 1
    assert "[http] contact" in done.stderr
    assert not os.path.lexists(workplace.folder / "letterwatch.db")


def test_it_gives_way_to_another_that_holds_the_state_by_now(workplace: Workplace) -> None:
    """A restarted PostgreSQL forgets who watches, and another daemon may be quicker."""

    def keep_lock() -> None:
        raise LockTakenError("another process (pid 7 on elsewhere) is watching already")

    with (
        open_app(load_config(workplace.config, {}), Clock()) as app,
        pytest.raises(LockTakenError, match="pid 7 on elsewhere"),
    ):
        asyncio.run(asyncio.wait_for(Daemon(app, keep_lock).run(), timeout=PATIENCE))
