"""Alive and ready: told apart, from what the state shows to any process."""

import asyncio
import json
import signal
from datetime import UTC, datetime, timedelta

import pytest

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.server import Fault
from letterwatch.vitals.health import OLDEST_BEAT, examine, judge_heartbeat
from letterwatch.vitals.pulse import Pulse
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.watching.test_daemon import PATIENCE

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_fresh_heartbeat_is_no_fault() -> None:
    assert judge_heartbeat(NOW - OLDEST_BEAT, NOW) is None
    assert judge_heartbeat(NOW + OLDEST_BEAT, NOW) is None


@pytest.mark.parametrize(
    ("heartbeat_at", "fault"),
    [
        (None, "no daemon ever ran on this state"),
        (NOW - OLDEST_BEAT - SECOND, "no sign of life since 2026-11-24 06:56 UTC"),
        (NOW + OLDEST_BEAT + SECOND, "which is yet to come"),
    ],
)
def test_any_other_is_told_with_its_reason(heartbeat_at: datetime | None, fault: str) -> None:
    assert fault in (judge_heartbeat(heartbeat_at, NOW) or "")


def beat(workplace: Workplace, ago: timedelta = timedelta(0)) -> None:
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        app.store.beat(Clock().now() - ago)


def test_without_a_state_nothing_is_alive(workplace: Workplace) -> None:
    done = workplace.run("health", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["alive"], told["ready"]) == (False, False)
    assert "letterwatch check" in told["faults"][0]
    assert not (workplace.folder / "letterwatch.db").exists()


def test_alive_is_not_yet_ready(workplace: Workplace) -> None:
    beat(workplace)
    assert workplace.run("health").returncode == 0
    done = workplace.run("health", "--ready")
    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == ["not every authority's page was looked at yet"]


def test_a_dead_daemon_is_told_by_its_last_sign_of_life(workplace: Workplace) -> None:
    workplace.check()
    assert "no daemon ever ran" in workplace.run("health").stdout
    beat(workplace, ago=2 * OLDEST_BEAT)
    done = workplace.run("health")
    assert done.returncode == 1
    assert "no sign of life since" in done.stdout


def test_an_orderly_end_is_told_at_once_and_a_kill_by_its_silence(workplace: Workplace) -> None:
    for number, code in ((signal.SIGTERM, 1), (signal.SIGINT, 1), (signal.SIGKILL, 0)):
        with workplace.start("run") as process:
            while workplace.run("health").returncode:
                assert process.poll() is None
            process.send_signal(number)
            process.communicate(timeout=PATIENCE)
        done = workplace.run("health", "--json")
        assert done.returncode == code
        told = json.loads(done.stdout)
        assert told["alive"] is (code == 0)
        assert (told["ended_at"] is None) is (code == 0)
        assert any("ended in order at" in fault for fault in told["faults"]) is (code == 1)


def test_who_is_not_the_last_leaves_no_sign_of_an_end(workplace: Workplace) -> None:
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        pulse = Pulse(app.store)
        asyncio.run(pulse.record())
        asyncio.run(pulse.end(lambda: False))
        assert examine(app.store, Clock()).alive
        asyncio.run(pulse.end(lambda: True))
        asyncio.run(pulse.record())  # one that was under way comes too late
        assert not examine(app.store, Clock()).alive


def test_a_broken_source_is_named_and_leaves_the_daemon_alive_and_ready(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.fault = Fault.REDESIGN
    assert workplace.check()[0] == 3
    beat(workplace)
    done = workplace.run("health", "--ready")
    assert done.returncode == 0
    assert "source ofsted is broken" in done.stdout
