"""The limited child process that reads documents: its life, its limits and its messages.

A message is eight bytes of length, then the bytes: the document one way, the Reading as JSON the other.
"""

import os
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from scraper.letters.reading import read_document
from state import Reading, Register

LENGTH = struct.Struct(">Q")
TOO_BIG = "reading it took more than {megabytes} MB of memory"


def serve(memory_bytes: int, seconds: int) -> None:
    """The child's life: reads documents from stdin until it is closed.

    A service manager's stop goes to every process: the child ends with its parent, not in mid-document.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    _limit_memory(memory_bytes)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    _load_all()
    _fall_silent()
    _write_message(answers, b"")  # ready
    while (body := _read_message(requests)) is not None:
        _limit_processor_time(seconds)
        try:
            reading = read_document(body)
        except MemoryError:
            reading = Reading(unreadable=TOO_BIG.format(megabytes=memory_bytes // (1024 * 1024)))
        except Exception as error:  # noqa: BLE001 - a job's edge: a hostile document must not end the child
            reading = Reading(unreadable=f"the reader failed on it ({type(error).__name__})")
        _write_message(answers, reading.model_dump_json().encode())


def _load_all() -> None:
    """What reading needs beyond this program's text: lacking later, it would be a document's fault."""
    import scraper.letters.text.pdf  # noqa: F401, PLC0415  the parent, which imports this file, spares its 4 MB

    Register.load()


def _fall_silent() -> None:
    """Only why a start failed is heard: what a library complains of later would fill the pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)


def _limit_memory(more: int) -> None:
    """Lets the address space grow by so many bytes from what the process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_processor_time(seconds: int) -> None:
    """Lets the process use so many seconds of processor time from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _write_message(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(LENGTH.pack(len(message)) + message)
    pipe.flush()


def _read_message(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(LENGTH.size)
    return pipe.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None
