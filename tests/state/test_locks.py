"""One crawl of a source at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from state import LockTakenError, StateError, Store
from tests.state.conftest import House
from tests.state.holding import holding
from tests.state.takes import Crawl

ROOT = Path(__file__).resolve().parents[2]


def test_a_second_crawl_is_told_who_is_first(url: str, house: House) -> None:
    other = Store.open(url, rehearsal=False)
    with (
        house.store.lock("ofsted"),
        other.lock("news"),
        pytest.raises(StateError, match=rf"another process \(pid {os.getpid()}.*is crawling ofsted"),
        other.lock("ofsted"),
    ):
        pass
    with other.lock("ofsted"):
        pass
    other.close()


def test_a_lock_dies_with_its_holder(url: str, house: House) -> None:
    with holding(url) as child:
        with pytest.raises(StateError, match=f"pid {child.pid}"), house.store.lock("ofsted"):
            pass
        child.kill()
    with house.store.lock("ofsted"):
        pass


def test_a_lock_outlives_a_restart_of_the_server(postgres_url: str) -> None:
    one, two = (Store.open(postgres_url, rehearsal=False) for _ in range(2))
    with one.lock("daemon") as turn:
        turn.keep()
        end_sessions(postgres_url)
        turn.keep()
        with pytest.raises(LockTakenError, match="is watching already"), two.lock("daemon"):
            pass
        let_run_out(postgres_url)
        with two.lock("daemon"):
            for _ in range(2):
                with pytest.raises(LockTakenError, match=rf"pid {os.getpid()} on .* is watching already"):
                    turn.keep()
        with two.lock("daemon"):
            pass
    one.close()
    two.close()


def test_each_turn_has_a_greater_token_than_those_before(url: str, house: House) -> None:
    tokens = []
    for _ in range(3):
        with house.store.lock("ofsted") as turn:
            tokens.append(turn.token or 0)
    assert tokens == sorted(set(tokens))


def test_a_turn_that_is_over_settles_nothing(url: str, house: House) -> None:
    with house.store.lock("ofsted") as first:
        pass
    with house.store.lock("ofsted") as second:
        late = Crawl().take()
        late.turn = first.token
        with pytest.raises(LockTakenError, match=rf"pid {os.getpid()} on .* took ofsted over meanwhile"):
            house.settle_take(late)
        assert house.store.runs() == []
        good = Crawl().take()
        good.turn = second.token
        house.settle_take(good)
    assert len(house.store.runs()) == 1


PAUSED = """
import sys
from state import LockTakenError, Store
from tests.state.conftest import House
from tests.state.takes import Crawl
from tests.state.takes import Crawl

house = House(Store.open(sys.argv[1], rehearsal=False))
with house.store.lock("ofsted") as turn:
    take = Crawl().take()
    take.turn = turn.token
    print("crawled", flush=True)
    sys.stdin.readline()
    try:
        house.settle_take(take)
    except LockTakenError as error:
        print(error, flush=True)
"""


def test_a_process_paused_beyond_its_lease_settles_nothing_when_it_wakes(postgres_url: str) -> None:
    """Stopped by SIGSTOP it cannot renew its lease; another takes over, settles, and is done."""
    house = House(Store.open(postgres_url, rehearsal=False))
    child = subprocess.Popen(
        [sys.executable, "-c", PAUSED, postgres_url],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "crawled\n"
        with pytest.raises(LockTakenError), house.store.lock("ofsted"):
            pass
        child.send_signal(signal.SIGSTOP)
        let_run_out(postgres_url)  # as if the lease's seconds had gone by
        with house.store.lock("ofsted") as turn:
            take = Crawl().take()
            take.turn = turn.token
            house.settle_take(take)
        child.send_signal(signal.SIGCONT)
        child.stdin.write("\n")
        child.stdin.flush()
        assert "took ofsted over meanwhile; what this one brought is not written" in child.stdout.readline()
    assert len(house.store.runs()) == 1
    house.store.close()


def let_run_out(url: str) -> None:
    """What a lease's seconds without a sign of life do to it."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE turns SET until = until - 60"))
    engine.dispose()


def end_sessions(url: str) -> None:
    """What a restart does to every connection."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    engine.dispose()
