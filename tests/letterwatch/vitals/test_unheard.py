"""What is configured but reaches nobody is said, by check and by the daemon."""

import signal
from threading import Event

from letterwatch.config import Config
from letterwatch.vitals.unheard import find_unheard
from tests.letterwatch.conftest import Workplace

ARCHIVE = '\n[channels.archive]\ntype = "console"\n'
SAID = 'channel "archive" has no subscription: nothing new will be sent to it'


def add_archive(workplace: Workplace) -> None:
    with workplace.config.open("a", encoding="utf-8") as file:
        file.write(ARCHIVE)


def test_a_configuration_without_subscriptions_is_told() -> None:
    config = Config.model_validate({"channels": {"archive": {"type": "console"}}})
    assert list(find_unheard(config)) == [
        "no [[subscriptions]] in the configuration: nobody is told of anything new",
        SAID,
    ]


def test_check_says_it_on_stderr(workplace: Workplace) -> None:
    assert workplace.run("check").stderr == ""
    add_archive(workplace)
    done = workplace.run("check")
    assert (done.returncode, done.stderr) == (0, f"{SAID}\n")


def test_the_daemon_says_it_as_it_starts(workplace: Workplace) -> None:
    add_archive(workplace)
    asked = Event()
    workplace.site.trap = lambda _request: asked.set()
    with workplace.start("run") as process:
        assert asked.wait(30)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
    assert log.count(SAID) == 1
