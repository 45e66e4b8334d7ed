"""Clocks and workers: real processes that can be killed, stopped and started again."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from benchmarks.fleets.postgres import Postgres, Wire
from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.failures import Failure
from letterwatch.fleet.clock import FleetClock
from letterwatch.fleet.queue import open_queue
from letterwatch.fleet.room import furnish_queue, require_room
from letterwatch.fleet.worker import FleetWorker
from letterwatch.logs import set_up_logging

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["benchmarks.fleets.members"])


class SetClock(Clock):
    """Stands still at a moment that one process sets for all."""

    def __init__(self, moment: "Synchronized[float]") -> None:
        super().__init__(rehearsal=True)
        object.__setattr__(self, "moment", moment)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.moment.value, UTC)  # type: ignore[attr-defined]


@dataclass
class Member:
    """A clock or a worker: its process, over its wire, started again as often as it is killed."""

    role: str
    config: Path
    url: str
    log: Path
    wire: Wire | None = None
    moment: "Synchronized[float] | None" = None
    process: ForkServerProcess = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """A new process."""
        target = (self.role, self.config, self.url, self.log, self.moment)
        self.process = CONTEXT.Process(target=run_member, args=target)
        self.process.start()

    def revive(self) -> bool:
        """A new process where the last ended by itself, as a supervisor would; True where it did."""
        if self.process.is_alive():
            return False
        self.process.join()
        self.start()
        return True

    def send(self, number: signal.Signals) -> None:
        """A signal for the process."""
        if self.process.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    def kill(self) -> None:
        """SIGKILL, and its end."""
        self.send(signal.SIGKILL)
        self.process.join()

    def end(self, within: float = 60) -> int | None:
        """SIGTERM, and its end; the exit code."""
        self.send(signal.SIGTERM)
        self.process.join(within)
        return self.process.exitcode


def run_member(role: str, path: Path, url: str, log: Path, moment: "Synchronized[float] | None") -> None:
    """The life of a clock or a worker, as `letterwatch run --engine procrastinate` and `worker` lead it."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, sys.stderr.fileno())
    try:
        _live(role, path, url, moment)
    except Failure as failure:
        print(f"letterwatch: {failure}", file=sys.stderr)
        sys.exit(1)


def _live(role: str, path: Path, url: str, moment: "Synchronized[float] | None") -> None:
    config = load_config(path, {"LETTERWATCH_STATE__URL": url})
    set_up_logging(config)
    clock = SetClock(moment) if moment is not None else Clock()
    address = require_room(url)
    with open_app(config, clock) as app, app.store.share(role):
        furnish_queue(url)
        if role == "worker":
            asyncio.run(FleetWorker(app, address, at_once=1).run())
            return

        async def keep_time() -> None:
            async with open_queue(address) as queue:
                await FleetClock(app, queue).run()

        asyncio.run(keep_time())


@dataclass
class Fleet:
    """PostgreSQL with a clock and workers at it."""

    postgres: Postgres
    wire: Wire
    clock: Member
    workers: list[Member]

    @property
    def members(self) -> list[Member]:
        return [self.clock, *self.workers]


@contextmanager
def open_fleet(
    config: Path, postgres: Postgres, wire: Wire, workers: int, moment: "Synchronized[float] | None" = None
) -> Iterator[Fleet]:
    """A clock and workers; whatever runs at the end is killed."""
    with ExitStack() as stack:

        def join(role: str, number: int) -> Member:
            own = stack.enter_context(closing(Wire(postgres.socket)))
            log = config.with_name(f"{role}-{number}.log")
            return Member(role, config, own.url, log, own, moment)

        fleet = Fleet(postgres, wire, join("clock", 0), [join("worker", each) for each in range(workers)])
        try:
            yield fleet
        finally:
            for member in fleet.members:
                if member.process.is_alive():
                    member.send(signal.SIGCONT)
                    member.kill()
