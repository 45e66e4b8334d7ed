"""One crawl of a source at a time."""

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from state import LockTakenError, StateError, Store
from tests.state.conftest import House

HOLD = """
import sys
from state import Store

with Store.open(sys.argv[1], rehearsal=False).lock("ofsted"):
    print("held", flush=True)
    sys.stdin.read()
"""


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
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(StateError, match=f"pid {child.pid}"), house.store.lock("ofsted"):
            pass
        child.kill()
    with house.store.lock("ofsted"):
        pass


def test_a_lock_that_a_restarted_server_forgot_is_taken_again(postgres_url: str) -> None:
    one, two = (Store.open(postgres_url, rehearsal=False) for _ in range(2))
    with one.lock("daemon") as keep:
        keep()
        end_sessions(postgres_url)
        keep()
        with pytest.raises(LockTakenError, match="is watching already"), two.lock("daemon"):
            pass
        end_sessions(postgres_url)
        with two.lock("daemon"):
            for _ in range(2):
                with pytest.raises(LockTakenError, match=rf"pid {os.getpid()} on .* is watching already"):
                    keep()
        keep()
    with two.lock("daemon"):
        pass
    one.close()
    two.close()


def end_sessions(url: str) -> None:
    """What a restart does to every connection."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    engine.dispose()
