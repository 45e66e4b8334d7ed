"""Who holds a claim: told apart from later processes of the same number, and never taken for gone alive."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from state import process_owner
from state.storage.owners import is_gone, name_session

PROGRAM = """
import sys
from state import process_owner
from state.storage.owners import is_gone
print(process_owner(), flush=True)
for line in sys.stdin:
    print(is_gone(line.strip()), flush=True)
"""
FORK = """
import os
from state import process_owner
print(process_owner(), flush=True)
if os.fork():
    os.wait()
else:
    print(process_owner(), flush=True)
"""
START, BOOT, PROCESSES, NETWORK = range(4)


@contextmanager
def another(*way: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process, started some way, and who it says that it is."""
    command = [*way, sys.executable, "-c", PROGRAM]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, env=paths, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        yield child, child.stdout.readline().strip()
        child.communicate()


def alter(owner: str, *places: int) -> str:
    """An owner of the same host and number, of another start, boot, or namespace."""
    host, pid, mark = owner.split("/")
    parts = mark.split(".")
    for place in places:
        parts[place] = "1" if parts[place] != "1" else "2"
    return f"{host}/{pid}/{'.'.join(parts)}"


def test_a_process_is_gone_only_when_that_is_certain() -> None:
    here = process_owner()
    with another() as (child, theirs):
        assert theirs.split("/")[1] == str(child.pid)
        assert not is_gone(here)
        assert not is_gone(theirs)
    assert is_gone(theirs)
    assert is_gone(alter(here, START)), "its number lives on in another process"
    assert is_gone(alter(here, BOOT)), "the machine was started anew"
    assert is_gone(alter(here, PROCESSES, NETWORK)), "the container was started anew"
    assert not is_gone(alter(here, PROCESSES)), "another container on the machine's network"
    assert not is_gone(f"elsewhere/{here.partition('/')[2]}")
    assert not is_gone("nobody")


def test_a_clock_that_is_set_ends_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with another() as (child, theirs):
        before = psutil.Process(child.pid).create_time()
        boot = psutil.boot_time()
        monkeypatch.setattr("psutil._pslinux.boot_time", lambda: boot + 30)
        assert psutil.Process(child.pid).create_time() == pytest.approx(before + 30), "as its library sees it"
        assert not is_gone(theirs)
        assert not is_gone(process_owner())


def test_an_owner_of_an_older_release_is_gone_where_nothing_has_its_number() -> None:
    host = process_owner().partition("/")[0]
    with another() as (child, _):
        old = f"{host}/{child.pid}/1700000000.25"
        assert not is_gone(old)
    assert is_gone(old)


def test_processes_of_another_namespace_are_not_judged_by_their_numbers() -> None:
    way = [shutil.which("unshare") or "unshare", "--pid", "--fork", "--mount-proc"]
    if subprocess.run([*way, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system makes no namespaces")
    with another(*way) as (child, theirs):
        assert theirs.split("/")[1] == "1"
        assert not is_gone(theirs), "it is no process 1 of ours"
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(process_owner() + "\n")
        child.stdin.flush()
        assert child.stdout.readline() == "False\n", "nor are we among theirs"


def test_a_forked_process_is_another_and_each_stays_the_same() -> None:
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", FORK], env=paths, capture_output=True, text=True, check=True)
    parent, child = done.stdout.split()
    assert parent != child
    assert process_owner() == process_owner()


def test_sessions_of_long_hostnames_are_told_apart() -> None:
    host = "a" * 64
    names = {name_session(f"{host}/{pid}/{mark}.b.c.d") for pid in (4194301, 4194302) for mark in (1, 2)}
    assert len(names) == 4
    assert max(len(name.encode()) for name in names) <= 63
