"""Reading in a limited process of its own, so that no document can take the daemon down.

Memory and processor time are limited by the kernel, the wall clock by the parent. A child that hangs or
dies is replaced, and its document becomes an unreadable one. A child that cannot so much as start says
nothing of any document: that is a ReaderError.
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

from pydantic import ValidationError

from scraper.letters.child import LENGTH, TOO_BIG
from scraper.letters.text.lines import MAX_BYTES
from state import Reading

SECONDS = 20.0
MEMORY_BYTES = 512 * 1024 * 1024

START_SECONDS = 60.0  # for a new child to be ready, on a busy machine
_RETIRE_AFTER = 500  # documents: whatever a library may leak ends with its process
_CHILD = "from scraper.letters.child import serve; serve({memory}, {seconds})"

_TOO_SLOW = "reading it took longer than {seconds:.0f} seconds"
_CRASHED = "the PDF library breaks down on it"
_NO_START = (
    "start Letterwatch again, or install it anew: the process that reads documents does not start ({why})"
)
_STRANGE = "start Letterwatch again: the process that reads documents is another version's"
_MOST_COMPLAINTS = 64 * 1024  # bytes, as many as a pipe holds


class ReaderError(Exception):
    """No document can be read, whatever is in it; one line for the operator, with its mend."""


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    documents: IO[bytes]
    readings: IO[bytes]
    complaints: IO[bytes]  # of its start


class LetterReader:
    """Reads documents in a child process; thread-safe, one document at a time."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._seconds = seconds
        self._memory = memory_bytes
        self._start_seconds = start_seconds
        self._lock = Lock()
        self._child: _Child | None = None
        self._documents = 0
        self._ends_at = 0.0

    def read(self, body: bytes) -> Reading:
        """The Reading of a document, a bad one's too; raises ReaderError where none can be read at all.

        Blocks for at most the time limit; once more for as long where the child was killed from outside.
        """
        if len(body) > MAX_BYTES:
            return Reading(
                unreadable=f"the file has {len(body):,} bytes; more than {MAX_BYTES:,} are not read"
            )
        with self._lock:
            answer = self._ask(body)
        if isinstance(answer, str):
            return Reading(unreadable=answer)
        try:
            return Reading.model_validate_json(answer)
        except ValidationError as error:
            raise ReaderError(_STRANGE) from error

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
        """The child's answer, or the reason why there is none.

        None of our limits kills: a child that was killed may have been in the way of others, so that its
        document has a second one.
        """
        if self._documents >= _RETIRE_AFTER:
            self._stop()
        ended = None
        for _ in range(2):
            self._documents += 1
            try:
                answer = _receive(self._hand_over(body), self._ends_at)
            except _LateError:
                self._stop()
                return _TOO_SLOW.format(seconds=self._seconds)
            if answer is not None:
                return answer
            ended = self._bury()
            if ended != -signal.SIGKILL:
                break
        return self._explain_death(ended)

    def _hand_over(self, body: bytes) -> _Child:
        """The child that has the document; one that died while idle is noticed only now and replaced."""
        for _ in range(2):
            child = self._child or self._start()
            self._ends_at = monotonic() + self._seconds
            if _send(child, body, self._ends_at):
                return child
            self._stop()
        raise ReaderError(_NO_START.format(why="it ends before it has a document"))

    def _start(self) -> _Child:
        """A child that is ready; where two do not get so far, ReaderError."""
        why = ""
        for _ in range(2):
            child = self._child = self._spawn()
            try:
                if _receive(child, monotonic() + self._start_seconds) is not None:  # an empty message
                    child.complaints.close()
                    self._documents = 0
                    return child
                why = _find_complaint(child)
            except _LateError:
                why = f"it was not ready in {self._start_seconds:.0f} seconds"
            self._stop()
        raise ReaderError(_NO_START.format(why=why))

    def _spawn(self) -> _Child:
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", _CHILD.format(memory=self._memory, seconds=int(self._seconds) + 1)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                start_new_session=True,  # a Ctrl-C at the terminal is for the parent alone
            )
        except OSError as error:
            raise ReaderError(_NO_START.format(why=os.strerror(error.errno or 0))) from error
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise RuntimeError("the child was started without its pipes")
        os.set_blocking(process.stdin.fileno(), False)
        os.set_blocking(process.stderr.fileno(), False)
        return _Child(process, process.stdin, process.stdout, process.stderr)

    def _stop(self) -> int | None:
        """Kills and buries the child; returns how it ended."""
        child, self._child = self._child, None
        if child is None:
            return None
        child.documents.close()
        child.readings.close()
        child.complaints.close()
        ended = child.process.poll()
        child.process.kill()
        child.process.wait()
        return ended

    def _bury(self) -> int | None:
        """Waits for a child that closed its pipes; returns how it ended."""
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.process.wait(timeout=1)
        return self._stop()

    def _explain_death(self, ended: int | None) -> str:
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


def _find_complaint(child: _Child) -> str:
    """The last thing that a child said which died at its start; how it ended where it said nothing."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.process.wait(timeout=1)
    said = (child.complaints.read(_MOST_COMPLAINTS) or b"").decode(errors="replace")
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    return lines[-1][:200] if lines else f"it ended with {child.process.returncode}"
