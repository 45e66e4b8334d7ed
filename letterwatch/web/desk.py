"""What every view works with: the state and the settings, and threads of its own to read them in."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from starlette.requests import Request

from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.web.freshness import Freshness
from letterwatch.web.workings import Workings
from state import Archive, Register, Store

READERS = 4  # threads; the daemon's own have theirs, so that no visitor can take them

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class Desk:
    """The page's state, archive, register, settings and clock, and how fresh its answers are."""

    store: Store
    archive: Archive
    register: Register
    config: Config
    clock: Clock
    freshness: Freshness = field(default_factory=Freshness, repr=False)
    workings: Workings = field(default_factory=Workings, repr=False)
    _readers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(READERS, thread_name_prefix="page"), repr=False
    )

    async def run(
        self, work: Callable[Arguments, Result], *args: Arguments.args, **named: Arguments.kwargs
    ) -> Result:
        """Does blocking work, such as a query, off the loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: work(*args, **named))

    def close(self) -> None:
        """Lets the threads end; what they are reading is given up."""
        self._readers.shutdown(wait=False, cancel_futures=True)


def get_desk(request: Request) -> Desk:
    """The desk of the app that answers a request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101  `create_app` puts it there
    return desk
