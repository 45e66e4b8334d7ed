"""One day replayed twice: on SQLite with one process, and on PostgreSQL with a clock and four workers.

`python -m benchmarks.fleet_replay [--workers 4]`

Letters appear, one is replaced, one withdrawn, the site blocks us for a while, a paper prints its story; the
clock stands still in between, at the same moments both times. Then states and ledgers are compared row by
row: what is exported, what sources and deliveries are said to be, and what a webhook was told. Ends with 1
where they differ.
"""

import argparse
import asyncio
import multiprocessing
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.fleets.members import CONTEXT, SetClock, open_fleet
from benchmarks.fleets.outside import Hook, write_config
from benchmarks.fleets.postgres import open_postgres
from letterwatch.app import open_app
from letterwatch.config import load_config
from letterwatch.daemon import Daemon
from letterwatch.demo.paper import PaperServer
from letterwatch.demo.replica import load_replica
from letterwatch.demo.server import Fault, ReplicaServer
from letterwatch.demo.story import LETTER
from letterwatch.sources.watched import list_sources
from state import EXPORTED_TABLES, Store

START = datetime(2019, 11, 1, 7, 0, tzinfo=UTC)
PATIENCE = 120.0  # seconds for one step, on a busy machine
OF_THIS_REPLAY = {"id", "run_id", "worker", "delivery"}  # numbers and names that depend on who was quicker


@dataclass
class World:
    """What happens outside."""

    site: ReplicaServer
    paper: PaperServer
    hook: Hook

    def letter(self) -> None:
        self.site.publish(load_replica().get(LETTER))

    def others(self) -> None:
        """Whatever else the replica holds of later days."""
        for each in load_replica().publications:
            if each.published_on > date(2019, 10, 31) and each.file_id != LETTER:
                self.site.publish(each)

    def replaced(self) -> None:
        """Other bytes under the same id, on the same day."""
        old = self.site.replica.publications[0]
        other = next(each for each in self.site.replica.publications if each.body != old.body)
        self.site.publish(replace(old, body=other.body))

    def withdrawn(self) -> None:
        """An older letter of an authority that has others."""
        replica = self.site.replica
        old = next(each for each in replica.publications if len(replica.of_authority(each.urn)) > 1)
        self.site.withdraw(old.file_id)


Step = tuple[timedelta, Callable[[World], None]]


def _at(hours: int, minutes: int, happens: Callable[[World], None] = lambda _world: None) -> Step:
    return timedelta(hours=hours, minutes=minutes), happens


def _set_fault(fault: Fault) -> Callable[[World], None]:
    return lambda world: setattr(world.site, "fault", fault)


DAY: tuple[Step, ...] = (
    _at(0, 0),
    _at(0, 40),
    _at(1, 20, World.letter),
    _at(2, 0, lambda world: world.paper.publish()),
    _at(2, 40, World.others),
    _at(3, 20, _set_fault(Fault.BLOCKED)),
    _at(6, 0, _set_fault(Fault.NONE)),
    _at(8, 0, World.replaced),
    _at(10, 0, _set_fault(Fault.SOFT_ERROR)),
    _at(13, 0, _set_fault(Fault.NONE)),
    _at(24, 10, World.withdrawn),
    _at(25, 0),
    _at(49, 0),
)
SHORT_DAY = (DAY[0], DAY[2], DAY[3], DAY[4], _at(24, 10, World.withdrawn))


@contextmanager
def open_world(folder: Path) -> Iterator[tuple[World, Path]]:
    """The sites on the eve of the letter, a webhook, and a configuration."""
    eve = load_replica().until(date(2019, 10, 31)).without_publication(LETTER)
    with ReplicaServer(eve) as site, PaperServer() as paper, Hook() as hook:
        config = write_config(folder, site=site.url, feed=paper.feed, hook=f"{hook.url}/hook", poll="10m")
        yield World(site, paper, hook), config


def replay_alone(day: Sequence[Step]) -> dict[str, list[str]]:
    """The day on SQLite, in this process; what is known at its end."""
    with tempfile.TemporaryDirectory() as folder, open_world(Path(folder)) as (world, path):
        moment = multiprocessing.Value("d", START.timestamp())
        config = load_config(path, {"LETTERWATCH_STATE__URL": f"sqlite:///{folder}/letterwatch.db"})
        with open_app(config, SetClock(moment)) as app:
            daemon = Daemon(app)
            for after, happens in day:
                moment.value = (START + after).timestamp()
                happens(world)
                asyncio.run(_glance(daemon))
            return tell(app.store, world)


async def _glance(daemon: Daemon) -> None:
    await daemon.look()
    await daemon.finish()


def replay_together(day: Sequence[Step], workers: int) -> dict[str, list[str]]:
    """The day on PostgreSQL, by a clock and workers; what is known at its end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres, wire = stack.enter_context(open_postgres())
        world, path = stack.enter_context(open_world(folder))
        moment = CONTEXT.Value("d", START.timestamp())
        happens_first = day[0][1]
        happens_first(world)
        config = load_config(path, {"LETTERWATCH_STATE__URL": wire.url})
        store = stack.enter_context(closing(Store.open(wire.url, rehearsal=True)))
        names = [source.name for source in list_sources(config)]
        stack.enter_context(open_fleet(path, postgres, wire, workers, moment))
        _wait_until_idle(store, names, START)
        for after, happens in day[1:]:
            happens(world)
            moment.value = (START + after).timestamp()
            _wait_until_idle(store, names, START + after)
        return tell(store, world)


def _wait_until_idle(store: Store, names: Sequence[str], now: datetime) -> None:
    """Until nothing is due, looked at or to be sent at this moment."""
    deadline = time.monotonic() + PATIENCE
    while True:
        planned = store.find_planned(names)
        idle = len(planned) == len(names) and all(at is not None and at > now for at in planned.values())
        if idle and not store.find_held() and not _is_sending(store, now):
            return
        if time.monotonic() > deadline:
            raise SystemExit(f"{now:%d %b %H:%M}: not done within {PATIENCE:.0f} s; planned: {planned}")
        time.sleep(0.1)


def _is_sending(store: Store, now: datetime) -> bool:
    return bool(store.outbox.due_channels(now)) or "claimed" in store.outbox.count_open()


def tell(store: Store, world: World) -> dict[str, list[str]]:
    """All that is known, as lines in an order of their own, without what depends on who was quicker."""
    told = {table.name: [_line(row) for row in store.export_rows(table)] for table in EXPORTED_TABLES}
    told["sources"] = [_line(asdict(row)) for row in store.sources()]
    told["runs"] = [_line(asdict(row)) for row in store.runs(10_000)]
    told["deliveries"] = [_line(asdict(row)) for row in store.deliveries(limit=10_000)]
    told["incidents"] = [_line(asdict(row)) for row in store.incidents(10_000)]
    told["webhook"] = [_line(body) for body in world.hook.bodies.values()]
    told["posts"] = [str(count) for count in world.hook.posts.values()]
    return {name: sorted(lines) for name, lines in told.items()}


def _line(row: object) -> str:
    kept = row
    if isinstance(row, dict):
        kept = {name: value for name, value in row.items() if name not in OF_THIS_REPLAY}
    return re.sub(r"127\.0\.0\.1:\d+", "localhost", repr(kept))


def compare(one: dict[str, list[str]], other: dict[str, list[str]]) -> Iterator[str]:
    """A line for each row that only one of them has, or has more often."""
    for name, lines in one.items():
        mine, theirs = Counter(lines), Counter(other[name])
        yield from (f"{name}, alone: {line}" for line in (mine - theirs).elements())
        yield from (f"{name}, together: {line}" for line in (theirs - mine).elements())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=4)
    options = parser.parse_args()
    alone = replay_alone(DAY)
    together = replay_together(DAY, options.workers)
    differences = list(compare(alone, together))
    for line in differences[:40]:
        print(line[:400])
    rows = ", ".join(f"{len(lines)} {name}" for name, lines in alone.items() if name != "posts")
    print(f"{len(DAY)} moments of a day and its morrow, {options.workers} workers: {rows}")
    print(f"differences: {len(differences)}")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
