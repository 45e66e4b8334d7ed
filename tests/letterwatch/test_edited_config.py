"""A configuration edited under a daemon: noticed, refused where it is wrong, and used after SIGHUP."""

import signal
import threading
from pathlib import Path

import pytest

from letterwatch.config.changes import ConfigFile
from letterwatch.demo.inbox import SlackMessage
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.watching.test_daemon import PATIENCE, end, is_poll, poll_every_second, signal_when

ANOTHER = """
[[subscriptions]]
name = "another"
channel = "newsdesk"
authorities = ["Wakefield"]
"""
CONTACT = '[http]\ncontact = "desk@example.org"\n'


def test_a_change_is_said_once_and_a_wrong_one_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "letterwatch.toml"
    path.write_text(CONTACT, "utf-8")
    file = ConfigFile(path, {})
    assert file.find_change() is None
    path.write_text(f"{CONTACT}[ofsted]\nflood = 7\n", "utf-8")
    assert file.find_change() == f"{path} was changed; SIGHUP or a restart puts it to use"
    assert file.find_change() is None
    path.write_text(f"{CONTACT}[ofsted]\nflod = 7\n", "utf-8")
    problem = f'{path}, line 4: [ofsted] flod: unknown key; did you mean "flood"?'
    assert file.find_change() == f"the configuration cannot be used as it was changed: {problem}"
    path.unlink()
    assert "there is no such file" in (file.find_change() or "")


def test_sighup_uses_a_good_edit_and_outlives_a_bad_one(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll_every_second(workplace)
    told = threading.Semaphore(0)

    def receive(payload: dict[str, object], at: float) -> SlackMessage:
        told.release()
        return SlackMessage(payload, at)

    monkeypatch.setattr("letterwatch.demo.inbox.SlackMessage", receive)
    good = workplace.config.read_text("utf-8")
    polled = signal_when(workplace, is_poll)
    with workplace.start("run") as process:
        assert polled.wait(PATIENCE)
        workplace.config.write_text(f"{good}[nonsense]\n", "utf-8")
        process.send_signal(signal.SIGHUP)
        polled.clear()
        assert polled.wait(PATIENCE), "it did not go on after a wrong edit"
        workplace.config.write_text(good + ANOTHER, "utf-8")
        process.send_signal(signal.SIGHUP)
        begun = signal_when(workplace, lambda request: request.path == "/search")
        assert begun.wait(PATIENCE)
        workplace.site.publish_letter()
        assert told.acquire(timeout=PATIENCE), "nothing was told"
        assert told.acquire(timeout=PATIENCE), "the new subscription was not told"
        log = end(process)
    assert "unknown section" in log or "unknown key" in log
    assert "beginning anew" in log
    assert "Traceback" not in log
    assert workplace.arrived() == (2, 1)
