"""The limited child process that reads documents: its life, its limits and its messages.

A message is eight bytes of length, then the bytes: the document one way, the Reading as JSON the other.
"""

import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from scraper.letters.reading import read_document
from state import Reading

LENGTH = struct.Struct(">Q")
TOO_BIG = "reading it took more than {megabytes} MB of memory"


def serve(memory_bytes: int, seconds: int) -> None:
    """The child's life: reads documents from stdin until it is closed."""
    _limit_memory(memory_bytes)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
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
