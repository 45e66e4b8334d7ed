"""Who holds a claim: told apart from later processes of the same number."""

import subprocess
import sys

import psutil

from state import process_owner
from state.storage.owners import is_gone


def test_a_process_is_gone_only_when_that_is_certain() -> None:
    host, pid, created = process_owner().split("/")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    theirs = f"{host}/{child.pid}/{psutil.Process(child.pid).create_time():.2f}"

    assert not is_gone(process_owner())
    assert not is_gone(theirs)
    child.communicate(b"\n")
    assert is_gone(theirs)
    assert is_gone(f"{host}/{pid}/1.00")
    assert not is_gone(f"elsewhere/{pid}/{created}")
    assert not is_gone("nobody")
