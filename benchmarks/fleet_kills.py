"""A fleet under random kills: what is lost, what is doubled, which source is starved.

`python -m benchmarks.fleet_kills [--rounds 200] [--workers 3] [--seed 1] [--pause 4]`

In each round a letter appears on a replica of Ofsted's site, and one process comes to harm: killed with -9 at
a random moment, stopped with SIGSTOP beyond its lease, or cut off from the database beyond it; half way,
PostgreSQL is restarted. A real webhook receiver counts what it is told. Ends with 1 where a letter was not
told or told in two deliveries, where a post has no attempt on record, where a source was without a settled
look for longer than is promised, or where a run blames a site (broken, blocked) for what came to the fleet.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.fleets.harm import LONGEST_GAP, SOURCES, Result, do_harm
from benchmarks.fleets.members import Fleet, open_fleet
from benchmarks.fleets.outside import Hook, write_config
from benchmarks.fleets.postgres import open_postgres
from letterwatch.demo.paper import PaperServer
from letterwatch.demo.replica import Publication, load_replica
from letterwatch.demo.server import ReplicaServer
from letterwatch.demo.story import LETTER
from state import Store

POLL = "1s"
LONGEST_PAUSE = 4.0  # seconds a round lasts at most before its harm, and after
PATIENCE = 180.0  # seconds, on a busy machine
APPEARED = ("publication.new", "publication.reissued")  # all these letters tell of one and the same visit


@dataclass
class Scene:
    """A fleet, the site that it watches, and what it told."""

    folder: Path
    site: ReplicaServer
    hook: Hook
    store: Store
    fleet: Fleet
    began: float = field(default_factory=time.monotonic)
    harms: Counter[str] = field(default_factory=Counter)
    published: list[str] = field(default_factory=list)

    def publish(self, letter: Publication, number: int) -> None:
        """A letter more, a day later than the one before."""
        day = letter.published_on + timedelta(days=number)
        found = replace(
            letter, file_id=str(60_000_000 + number), published_on=day, visited_on=day - timedelta(days=20)
        )
        self.site.publish(found)
        self.published.append(found.file_id)

    def harm(self, chance: random.Random, rounds: int) -> None:
        """One process comes to harm, or, half way, PostgreSQL; whoever ended by itself is started again."""
        if len(self.published) == max(rounds // 2, 1):
            self.harms["PostgreSQL restarted"] += 1
            self.fleet.postgres.restart()
        else:
            self.harms[do_harm(self.fleet, chance, rounds)] += 1
        self.harms["ended by itself, started again"] += self._revive()

    def wait_out(self) -> None:
        """Patience until all is told, and every source looked at again."""
        self._revive()
        letters = len(self.published)
        wait_for(lambda: len(self.hook.told(*APPEARED)) >= letters, "every letter", may_fail=True)
        settled = {source: self._count_runs(source) for source in SOURCES}
        wait_for(
            lambda: all(self._count_runs(source) > settled[source] + 1 for source in SOURCES),
            "looks at every source after the last harm",
        )
        wait_for(lambda: not self.store.outbox.count_open(), "an empty outbox", may_fail=True)

    def tell(self, logs: str) -> Result:
        """What came of it."""
        told = self.hook.told(*APPEARED)
        return Result(
            letters=len(self.published),
            told=Counter({file_id: told[file_id] for file_id in self.published if told[file_id]}),
            repeats=self.hook.repeats,
            unrecorded=self._count_unrecorded(),
            harms=self.harms,
            left=sum(self.store.outbox.count_open().values()),
            runs=self.store.runs(1_000_000),
            refused=logs.count("what this one brought is not written"),
            crashes=logs.count("Traceback"),
            seconds=time.monotonic() - self.began,
        )

    def _count_unrecorded(self) -> int:
        """Posts beyond the attempts on record. The receiver takes every post, so that a delivery on record
        twice is one whose sender died in doubt of the first."""
        recorded = {row.id: row.attempts for row in self.store.deliveries(limit=1_000_000)}
        return sum(max(posts - recorded.get(key, 0), 0) for key, posts in self.hook.posts.items())

    def read_logs(self) -> str:
        return "".join(each.read_text("utf-8") for each in self.folder.glob("*.log"))

    def _revive(self) -> int:
        return sum(each.revive() for each in self.fleet.members)

    def _count_runs(self, source: str) -> int:
        return len(self.store.runs_of(source, 1_000_000))


@contextmanager
def open_scene(letter: Publication, workers: int) -> Iterator[Scene]:
    """A fleet that has made its first looks on the eve of a letter."""
    eve = load_replica().until(date(2019, 10, 31)).without_publication(letter.file_id)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_postgres() as (postgres, wire),
        ReplicaServer(eve) as site,
        PaperServer() as paper,
        Hook() as hook,
    ):
        hear = f"{hook.url}/hook"
        config = write_config(Path(folder), site=site.url, feed=paper.feed, hook=hear, poll=POLL)
        with (
            closing(Store.open(wire.url, rehearsal=False)) as store,
            open_fleet(config, postgres, wire, workers) as fleet,
        ):
            wait_for(lambda: all(is_swept(store, source) for source in SOURCES), "the first sweep")
            yield Scene(Path(folder), site, hook, store, fleet)


def run(
    rounds: int,
    workers: int,
    seed: int,
    *,
    tell: Callable[[str], None] = lambda _line: None,
    keep: Path | None = None,
    pause: float = LONGEST_PAUSE,
) -> Result:
    """The rounds, and then patience until all is told."""
    chance = random.Random(seed)
    letter = load_replica().get(LETTER)
    with open_scene(letter, workers) as scene:
        for number in range(1, rounds + 1):
            scene.publish(letter, number)
            time.sleep(chance.uniform(0, pause / 2))
            scene.harm(chance, rounds)
            tell(f"{number} of {rounds}: {len(scene.hook.told(*APPEARED))} told")
            time.sleep(chance.uniform(0, pause / 2))
        scene.wait_out()
        logs = scene.read_logs()
        if keep is not None:
            keep.write_text(logs, "utf-8")
        return scene.tell(logs)


def is_swept(store: Store, source: str) -> bool:
    row = store.find_source(source)
    return row is not None and row.swept_at is not None


def wait_for(what: Callable[[], bool], words: str, *, may_fail: bool = False) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > deadline:
            if may_fail:
                return
            raise SystemExit(f"{words}: not within {PATIENCE:.0f} s")
        time.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--pause", type=float, default=LONGEST_PAUSE, help="seconds between two harms at most"
    )
    parser.add_argument("--logs", type=Path, help="keep all logs in this file")
    options = parser.parse_args()
    result = run(
        options.rounds,
        options.workers,
        options.seed,
        tell=lambda line: print(line, file=sys.stderr),
        keep=options.logs,
        pause=options.pause,
    )
    print(f"{result.letters} letters in {result.seconds:.0f} s, {options.workers} workers, one clock")
    print("harms: " + ", ".join(f"{number} {harm}" for harm, number in sorted(result.harms.items())))
    print(f"lost {result.lost}, doubled {result.doubled}, not sent {result.left}")
    print(f"looks at one source at once: {result.overlaps}")
    print(f"looks that blame a site: {len(result.blamed)}")
    for look in result.blamed[:10]:
        print(f"  {look.source} by {look.worker}: {look.verdict}, {look.cause}")
    print(f"posts repeated with the same Idempotency-Key, after an attempt in doubt: {result.repeats}")
    print(f"posts without an attempt on record: {result.unrecorded}")
    print(f"late results refused: {result.refused}; tracebacks in the logs: {result.crashes}")
    for source in SOURCES:
        print_looks(result, source)
    sys.exit(0 if result.is_kept() else 1)


def print_looks(result: Result, source: str) -> None:
    """How often a source was looked at, and the longest that it was not."""
    looks, gaps = result.looks(source), result.gaps(source)
    took = sorted((run.settled_at - run.started_at).total_seconds() for run in looks)
    early = sum(run.stopped is not None for run in looks)
    print(
        f"{source}: {len(looks)} looks settled ({early} ended early; {took[len(took) // 2]:.1f} s each, "
        f"{took[-1]:.1f} s at most), {gaps[len(gaps) // 2]:.1f} s apart (median), "
        f"{gaps[-1]:.1f} s at most (allowed: {LONGEST_GAP:.0f})"
    )


if __name__ == "__main__":
    main()
