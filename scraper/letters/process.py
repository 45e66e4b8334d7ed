"""Reading in a limited process of its own, so that no document can take the daemon down.

Memory and processor time are limited by the kernel, the wall clock by the parent. A child that hangs or
dies is replaced, and its document becomes an unreadable one.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import IO, Self

from scraper.letters.child import LENGTH, TOO_BIG
from scraper.letters.text.lines import MAX_BYTES
from state import Reading

SECONDS = 20.0
MEMORY_BYTES = 512 * 1024 * 1024

_START_SECONDS = 60.0  # for a new child to be ready, on a busy machine
_RETIRE_AFTER = 500  # documents: whatever a library may leak ends with its process
_CHILD = "from scraper.letters.child import serve; serve({memory}, {seconds})"

_TOO_SLOW = "reading it took longer than {seconds:.0f} seconds"
_CRASHED = "the PDF library breaks down on it"


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    documents: IO[bytes]
    readings: IO[bytes]


class LetterReader:
    """Reads documents in a child process; thread-safe, one document at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._memory = memory_bytes
        self._lock = Lock()
        self._child: _Child | None = None
        self._documents = 0
        self._ends_at = 0.0

    def read(self, body: bytes) -> Reading:
        """The Reading of a document; blocks for at most the time limit, raises nothing for a bad one."""
        if len(body) > MAX_BYTES:
            return Reading(
                unreadable=f"the file has {len(body):,} bytes; more than {MAX_BYTES:,} are not read"
            )
        with self._lock:
            answer = self._ask(body)
        return (
            Reading.model_validate_json(answer) if isinstance(answer, bytes) else Reading(unreadable=answer)
        )

    def close(self) -> None:
        """Ends the child; a later read starts a new one."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, body: bytes) -> bytes | str:
        """The child's answer, or the reason why there is none."""
        if self._documents >= _RETIRE_AFTER:
            self._stop()
        self._documents += 1
        try:
            child = self._hand_over(body)
            answer = _receive(child, self._ends_at) if child else None
        except _LateError:
            self._stop()
            return _TOO_SLOW.format(seconds=self._seconds)
        return self._explain_death() if answer is None else answer

    def _hand_over(self, body: bytes) -> _Child | None:
        """The child that has the document; one that died while idle is noticed only now and replaced."""
        for _ in range(2):
            child = self._child or self._start()
            self._ends_at = monotonic() + self._seconds
            if _send(child, body, self._ends_at):
                return child
            self._stop()
        return None

    def _start(self) -> _Child:
        process = subprocess.Popen(
            [sys.executable, "-c", _CHILD.format(memory=self._memory, seconds=int(self._seconds) + 1)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,  # a Ctrl-C at the terminal is for the parent alone
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the child was started without its pipes")
        os.set_blocking(process.stdin.fileno(), False)
        self._child = _Child(process, process.stdin, process.stdout)
        _receive(self._child, monotonic() + _START_SECONDS)  # the empty message that says it is ready
        self._documents = 0
        return self._child

    def _stop(self) -> int | None:
        """Kills and buries the child; returns how it ended."""
        child, self._child = self._child, None
        if child is None:
            return None
        child.documents.close()
        child.readings.close()
        ended = child.process.poll()
        child.process.kill()
        child.process.wait()
        return ended

    def _explain_death(self) -> str:
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.process.wait(timeout=1)
        ended = self._stop()
        if ended == -signal.SIGXCPU:
            return _TOO_SLOW.format(seconds=self._seconds)
        if ended == -signal.SIGKILL:
            return TOO_BIG.format(megabytes=self._memory // (1024 * 1024))
        return _CRASHED


class _LateError(Exception):
    """The time for a document is over."""


def _send(child: _Child, body: bytes, ends_at: float) -> bool:
    """Hands a document over; False where the child is gone."""
    message = memoryview(LENGTH.pack(len(body)) + body)
    try:
        while message:
            _await(child.documents, select.POLLOUT, ends_at)
            message = message[child.documents.write(message) or 0 :]
    except OSError:
        return False
    return True


def _receive(child: _Child, ends_at: float) -> bytes | None:
    """The child's answer; None where it died."""
    received = bytearray()
    expected = LENGTH.size
    while len(received) < expected:
        _await(child.readings, select.POLLIN, ends_at)
        chunk = os.read(child.readings.fileno(), 1 << 20)
        if not chunk:
            return None
        received += chunk
        if len(received) >= LENGTH.size:
            expected = LENGTH.size + LENGTH.unpack_from(received)[0]
    return bytes(received[LENGTH.size :])


def _await(pipe: IO[bytes], what: int, ends_at: float) -> None:
    poll = select.poll()
    poll.register(pipe, what)
    if not poll.poll(max(0.0, ends_at - monotonic()) * 1000):
        raise _LateError
