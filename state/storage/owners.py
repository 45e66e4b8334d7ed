"""Who holds a claim or a lock: a process, told apart from every later one with the same number."""

import os
import socket

import psutil


def process_owner() -> str:
    """This process as 'host/pid/create_time'."""
    return f"{socket.gethostname()}/{os.getpid()}/{psutil.Process().create_time():.2f}"


def name_session(owner: str) -> str:
    """The name that a process's connections to PostgreSQL bear, as long as PostgreSQL keeps it."""
    return f"letterwatch {owner}"[:63]


def is_gone(owner: str) -> bool:
    """True only where the owner ran on this host and certainly runs no more."""
    host, _, rest = owner.partition("/")
    pid, _, created = rest.partition("/")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != created
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False
