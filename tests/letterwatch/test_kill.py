"""`kill -9` in the middle of a check, at chosen moments of a real process; then again: no loss, no double."""

import signal
from collections.abc import Callable

import pytest

from letterwatch.demo.inbox import SlackMessage
from letterwatch.demo.loopback import Request
from tests.letterwatch.conftest import Workplace

WAKEFIELD = "80451"


@pytest.mark.parametrize(
    "path", ["/search", f"/provider/44/{WAKEFIELD}", "/v1/file/50121234"], ids=["search", "page", "document"]
)
def test_killed_in_the_crawl(workplace: Workplace, path: str) -> None:
    workplace.check()
    workplace.site.publish_letter()
    killed = run_and_kill(workplace, lambda request: request.path == path)
    assert killed == -signal.SIGKILL
    assert workplace.arrived() == (0, 0)
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (1, 1)
    workplace.check()
    assert workplace.arrived() == (1, 1)


def test_killed_in_the_baseline_it_is_a_baseline_again(workplace: Workplace) -> None:
    killed = run_and_kill(workplace, lambda request: request.path.startswith("/v1/file/"))
    assert killed == -signal.SIGKILL
    code, figures = workplace.check()
    assert (code, figures["events"], workplace.arrived()) == (0, [], (0, 0))
    assert len(workplace.publications()) == len(workplace.site.replica.publications)


def test_killed_while_slack_is_being_told(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack had not taken the message, so it is told again; a mail sent twice would have one Message-ID."""
    workplace.check()
    workplace.site.publish_letter()
    with monkeypatch.context() as patch, workplace.start("check") as process:

        def die_before_reading(*_: object) -> SlackMessage:
            process.send_signal(signal.SIGKILL)
            process.wait()
            raise ConnectionAbortedError

        patch.setattr("letterwatch.demo.inbox.SlackMessage", die_before_reading)
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert workplace.inbox.slack == []
    workplace.check()
    assert len(workplace.inbox.slack) == 1
    assert len({mail.message["Message-ID"] for mail in workplace.inbox.mails}) == 1


def run_and_kill(workplace: Workplace, matches: Callable[[Request], bool]) -> int:
    """Starts a check and kills it while its first matching request waits for an answer; its exit code."""
    with workplace.start("check") as process:

        def trap(request: Request) -> None:
            if process.poll() is None and matches(request):
                process.send_signal(signal.SIGKILL)
                process.wait()

        workplace.site.trap = trap
        process.communicate(timeout=60)
    workplace.site.trap = lambda _request: None
    return process.returncode
