"""Connections with a limit to their number and to everyone's patience: slow clients cannot take them all."""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 128
ASK_WITHIN = 10.0  # seconds for a whole request to arrive
READ_WITHIN = 30.0  # seconds for a reader to take some more of a large answer


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that hangs up on who asks or reads too slowly.

    Where all places are taken, the longest waiting connection without a question gives up its own.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._came_at = self.loop.time()

    @property
    def is_answering(self) -> bool:
        """True while a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes a place, or another's who does not use it."""
        if len(self.connections) >= MOST_CONNECTIONS and not self._free_a_place():
            transport.abort()
            return
        super().connection_made(transport)
        self._expect_within(ASK_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the deadline with the connection."""
        self._expect_within(None)
        if self.transport is not None:
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A request's first bytes set its deadline, its last ones lift it."""
        if self._deadline is None and not self.is_answering:
            self._expect_within(ASK_WITHIN)
        super().data_received(data)
        if self.is_answering:
            self._expect_within(None)

    def timeout_keep_alive_handler(self) -> None:
        """Closes an idle connection, by force where its last answer is not read."""
        super().timeout_keep_alive_handler()
        self._expect_within(ASK_WITHIN)

    def pause_writing(self) -> None:
        """A reader has enough for now: until it takes more."""
        super().pause_writing()
        self._expect_within(READ_WITHIN)

    def resume_writing(self) -> None:
        """A reader goes on."""
        super().resume_writing()
        self._expect_within(None)

    def _free_a_place(self) -> bool:
        waiting = [each for each in self.connections if isinstance(each, PatientProtocol)]
        idle = [each for each in waiting if not each.is_answering]
        if not idle:
            return False
        longest = min(idle, key=lambda each: each._came_at)  # noqa: SLF001  its own kind
        self.connections.discard(longest)
        longest.transport.abort()
        return True

    def _expect_within(self, seconds: float | None) -> None:
        if self._deadline:
            self._deadline.cancel()
        hang_up: Callable[[], object] = self._hang_up
        self._deadline = self.loop.call_later(seconds, hang_up) if seconds is not None else None

    def _hang_up(self) -> None:
        self._deadline = None
        self.transport.abort()
