"""Who holds a claim or a lock: a process, told apart from every later one with the same number."""

import hashlib
import os
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class _World:
    """Where a process runs; its number means nothing in another."""

    boot: str  # of the machine: the same in all of its containers, another after a restart
    processes: str  # the namespace of process numbers: one for each container
    network: str  # the namespace of the network, which goes with the hostname


def process_owner() -> str:
    """This process as 'host/pid/mark', the same for as long as it runs; a forked one has its own."""
    return _describe(os.getpid())


@cache
def _describe(pid: int) -> str:
    start, world = _find_start(pid), _find_world(pid)
    if start is None:
        mark = f"{psutil.Process().create_time():.2f}"
    else:
        mark = f"{start}.{world.boot}.{world.processes}.{world.network}"
    return f"{socket.gethostname()}/{pid}/{mark}"


def name_session(owner: str) -> str:
    """The name that a process's connections to PostgreSQL bear, short enough for PostgreSQL to keep it."""
    host, _, rest = owner.partition("/")
    digest = hashlib.sha256(owner.encode()).hexdigest()
    return f"letterwatch {host[:24]}/{rest.partition('/')[0][:10]}/{digest[:12]}"


def is_gone(owner: str) -> bool:
    """True only where the owner ran on this host and certainly runs no more, whatever the clock was set to.

    Of the same hostname are: this machine before it was started anew, this container likewise, and containers
    on the machine's own network, whose processes cannot be seen from here. One that was named by an older
    release, or on a system without /proc, is gone where nothing has its number.
    """
    host, _, rest = owner.partition("/")
    pid, _, mark = rest.partition("/")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    start: str | None = None
    if mark.count(".") == 3:
        start, *places = mark.split(".")
        theirs, ours = _World(*places), _find_world(os.getpid())
        if theirs.boot != ours.boot:
            return True
        if theirs.processes != ours.processes:
            return theirs.network != ours.network
    if not psutil.pid_exists(int(pid)):
        return True
    present = _find_start(int(pid))
    return None not in (start, present) and start != present


def _find_start(pid: int) -> str | None:
    """When a process was started, in ticks since the machine was, which no clock moves; None if untold."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text("utf-8", errors="replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[19]  # the 22nd field; the second may hold anything in brackets


@cache
def _find_world(pid: int) -> _World:
    """Where this process runs, of the number `pid`; empty where the system does not say."""
    return _World(
        _read(_PROC / "sys/kernel/random/boot_id")[:8],
        _find_namespace(_PROC / str(pid) / "ns/pid"),
        _find_namespace(_PROC / str(pid) / "ns/net"),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        return ""


def _find_namespace(path: Path) -> str:
    try:
        return f"{path.stat().st_ino:x}"
    except OSError:
        return ""
