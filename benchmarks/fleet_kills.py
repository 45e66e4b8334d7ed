"""A fleet under random kills: what is lost, what is doubled, which source is starved.

`python -m benchmarks.fleet_kills [--rounds 200] [--workers 3] [--seed 1]`

In each round a letter appears on a replica of Ofsted's site, and one process comes to harm: killed with -9 at
a random moment, stopped with SIGSTOP beyond its lease, or cut off from the database beyond it; half way,
PostgreSQL is restarted. A real webhook receiver counts what it is told. Ends with 1 where a letter was not
told or told in two deliveries, or where a source was not looked at to the end.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.fleets import Fleet, Hook, Member, open_fleet, open_postgres, write_config
from letterwatch.demo.paper import PaperServer
from letterwatch.demo.replica import Publication, load_replica
from letterwatch.demo.server import ReplicaServer
from letterwatch.demo.story import LETTER
from state import RunRow, Store

POLL = "1s"
BEYOND_LEASE = 13.0  # seconds that a process is stopped or cut off for
LONGEST_PAUSE = 4.0  # seconds a round lasts at most before its harm, and after
PATIENCE = 180.0  # seconds, on a busy machine
SOURCES = ("ofsted", "news")
APPEARED = ("publication.new", "publication.reissued")  # all these letters tell of one and the same visit


@dataclass
class Result:
    """What came of it."""

    letters: int
    told: Counter[str]
    repeats: int
    harms: Counter[str]
    left: int
    runs: list[RunRow]
    refused: int
    crashes: int
    seconds: float

    @property
    def lost(self) -> int:
        return self.letters - len(self.told)

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in self.told.values())

    @property
    def overlaps(self) -> int:
        """Looks that began before the source's last one was settled."""
        count = 0
        for source in SOURCES:
            runs = sorted((run for run in self.runs if run.source == source), key=lambda run: run.started_at)
            count += sum(later.started_at < earlier.settled_at for earlier, later in pairwise(runs))
        return count

    def pauses(self, source: str) -> list[float]:
        """The seconds between the ends of a source's looks."""
        ends = sorted(run.settled_at for run in self.runs if run.source == source)
        return [(b - a).total_seconds() for a, b in pairwise(ends)]

    def is_kept(self) -> bool:
        return not (self.lost or self.doubled or self.left or self.overlaps)


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
    replica = load_replica()
    letter = replica.get(LETTER)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_postgres() as (postgres, wire),
        ReplicaServer(replica.until(date(2019, 10, 31)).without_publication(LETTER)) as site,
        PaperServer() as paper,
        Hook() as hook,
    ):
        config = write_config(
            Path(folder), site=site.url, feed=paper.feed, hook=f"{hook.url}/hook", poll=POLL
        )
        with (
            closing(Store.open(wire.url, rehearsal=False)) as store,
            open_fleet(config, postgres, wire, workers) as fleet,
        ):
            wait_for(lambda: all(is_swept(store, source) for source in SOURCES), "the first sweep")
            began, harms, published = time.monotonic(), Counter[str](), list[str]()
            for number in range(1, rounds + 1):
                found = appear(letter, number)
                site.publish(found)
                published.append(found.file_id)
                time.sleep(chance.uniform(0, pause / 2))
                if number == max(rounds // 2, 1):
                    harms["PostgreSQL restarted"] += 1
                    postgres.restart()
                else:
                    harms[do_harm(fleet, chance, rounds)] += 1
                harms["ended by itself, started again"] += sum(each.revive() for each in fleet.members)
                tell(f"{number} of {rounds}: {len(hook.told('publication.new'))} told")
                time.sleep(chance.uniform(0, pause / 2))
            for member in fleet.members:
                member.revive()
            wait_for(lambda: len(hook.told(*APPEARED)) >= rounds, "every letter", may_fail=True)
            settled = {source: count_runs(store, source) for source in SOURCES}
            wait_for(
                lambda: all(count_runs(store, source) > settled[source] + 1 for source in SOURCES),
                "looks at every source after the last harm",
            )
            wait_for(lambda: not store.outbox.count_open(), "an empty outbox", may_fail=True)
            told = hook.told(*APPEARED)
            logs = "".join(each.read_text("utf-8") for each in Path(folder).glob("*.log"))
            if keep is not None:
                keep.write_text(logs, "utf-8")
            return Result(
                letters=rounds,
                told=Counter({file_id: told[file_id] for file_id in published if told[file_id]}),
                repeats=hook.repeats,
                harms=harms,
                left=sum(store.outbox.count_open().values()),
                runs=store.runs(1_000_000),
                refused=logs.count("what this one brought is not written"),
                crashes=logs.count("Traceback"),
                seconds=time.monotonic() - began,
            )


def appear(letter: Publication, number: int) -> Publication:
    """A letter more, a day later than the one before."""
    day = letter.published_on + timedelta(days=number)
    return replace(
        letter, file_id=str(60_000_000 + number), published_on=day, visited_on=day - timedelta(days=20)
    )


def do_harm(fleet: Fleet, chance: random.Random, rounds: int) -> str:
    """Something happens to one process; which, and what. Long pauses are few."""
    member = fleet.clock if chance.random() < 0.1 else chance.choice(fleet.workers)
    kind = chance.choices(("killed", "stopped", "cut off"), (0.96, 0.02, 0.02) if rounds > 20 else (6, 1, 1))[
        0
    ]
    if kind == "killed":
        member.kill()
        member.start()
    else:
        _pause(member, kind)
    return f"{member.role} {kind}"


def _pause(member: Member, kind: str) -> None:
    """Beyond the lease, so that another takes over what it had."""
    assert member.wire is not None
    if kind == "stopped":
        member.send(signal.SIGSTOP)
    else:
        member.wire.cut()
    time.sleep(BEYOND_LEASE)
    if kind == "stopped":
        member.send(signal.SIGCONT)
    else:
        member.wire.mend()


def is_swept(store: Store, source: str) -> bool:
    row = store.find_source(source)
    return row is not None and row.swept_at is not None


def count_runs(store: Store, source: str) -> int:
    return len(store.runs_of(source, 1_000_000))


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
    print(f"posts repeated with the same Idempotency-Key: {result.repeats}")
    print(f"late results refused: {result.refused}; tracebacks in the logs: {result.crashes}")
    for source in SOURCES:
        pauses = sorted(result.pauses(source))
        middle = pauses[len(pauses) // 2]
        print(f"{source}: {len(pauses) + 1} looks, {middle:.1f} s apart (median), {pauses[-1]:.1f} s at most")
    sys.exit(0 if result.is_kept() else 1)


if __name__ == "__main__":
    main()
