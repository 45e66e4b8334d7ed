"""One crawl of a source at a time."""

import os
import subprocess
import sys

import pytest

from state import StateError, Store
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
