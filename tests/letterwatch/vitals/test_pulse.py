"""The pulse: systemd's own protocol over a real socket, and a scheduler that hangs."""

import asyncio
import signal
import socket
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.vitals.health import examine
from letterwatch.vitals.pulse import BEAT_EVERY, SILENT_AFTER, Pulse, find_interval
from state import Store
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.watching.test_daemon import PATIENCE


@pytest.mark.parametrize(
    ("usec", "interval"),
    [
        (None, BEAT_EVERY),
        ("", BEAT_EVERY),
        ("nonsense", BEAT_EVERY),
        ("120000000", BEAT_EVERY),
        ("3000000", timedelta(seconds=1)),
        ("1", timedelta(seconds=0.1)),
    ],
)
def test_it_beats_three_times_within_the_watchdogs_patience(usec: str | None, interval: timedelta) -> None:
    assert find_interval(usec) == interval


def test_systemd_hears_of_the_start_the_watch_and_the_end(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(tmp_path / "notify")
    surroundings = workplace.environment(NOTIFY_SOCKET=address, WATCHDOG_USEC="3000000")
    monkeypatch.setattr(Workplace, "environment", lambda self: surroundings)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(PATIENCE)
        heard: list[str] = []

        def listen_for(sign: str) -> None:
            while not heard or not heard[-1].startswith(sign):
                heard.append(systemd.recv(4096).decode())

        with workplace.start("run") as process:
            listen_for("READY=1")
            listen_for("WATCHDOG=1")
            listen_for("STATUS=ofsted: ok: ")
            assert workplace.run("health", "--ready").returncode == 0
            process.send_signal(signal.SIGTERM)
            listen_for("STOPPING=1")
            process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert heard[-1] == "STOPPING=1\nSTATUS=stopping"


def test_a_loop_that_hangs_is_found_out(workplace: Workplace) -> None:
    said: list[str] = []
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        pulse = Pulse(app.store, said.append)
        assert pulse.is_beating
        pulse._beaten -= SILENT_AFTER
        assert not pulse.is_beating
        asyncio.run(pulse.beat())
        assert pulse.is_beating
    assert said == ["WATCHDOG=1"]


def test_the_scheduler_records_its_life_in_the_state(workplace: Workplace) -> None:
    async def live(pulse: Pulse) -> None:
        scheduler = AsyncIOScheduler()
        pulse.schedule(scheduler)
        scheduler.start()
        while not examine(app.store, Clock()).alive:
            await asyncio.sleep(0.01)
        scheduler.shutdown()

    with open_app(load_config(workplace.config, {}), Clock()) as app:
        assert not examine(app.store, Clock()).alive
        asyncio.run(asyncio.wait_for(live(Pulse(app.store, lambda _said: None)), PATIENCE))


def test_a_locked_state_does_not_stop_the_beat(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "letterwatch.db"
    store = Store.open(f"sqlite:///{file}", rehearsal=False, timeout=0.1)
    with closing(store), closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(Pulse(store, lambda _said: None).record())
    assert "the heartbeat could not be recorded: the state" in caplog.text
    assert "is locked by another program" in caplog.text
