"""Rounds measured: requests, bytes, CPU, wall time and peak memory of one program, in this process.

`python -m benchmarks.polling.measuring PROGRAM QUIET CHANGED` takes the work from standard input.
"""

import asyncio
import json
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from urllib.request import urlopen

import psutil

from benchmarks.polling.programs import PROGRAMS, Round, Work
from letterwatch.demo.loopback import Traffic

FIRST, QUIET, CHANGED = "first", "quiet", "changed"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one round cost; `bytes` as sent by the server, headers included."""

    requests: int
    bytes: int
    cpu: float  # seconds, of the program and its helpers
    wall: float
    peak: float  # MB, since the program began


Costs = Mapping[str, Sequence[Cost]]


class Meter:
    """Takes the cost of one round after another."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._process = psutil.Process()

    async def take(self, one_round: Round) -> Cost:
        """One round's cost."""
        before, cpu, begun = await asyncio.to_thread(count, self._work.base), self._cpu(), perf_counter()
        await one_round()
        wall, spent = perf_counter() - begun, self._cpu() - cpu
        sent = (await asyncio.to_thread(count, self._work.base)).since(before)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return Cost(sent.requests, sent.bytes, spent, wall, peak)

    async def turn(self) -> None:
        """Lets the site change."""
        await asyncio.to_thread(ask, self._work.turn_url)

    def _cpu(self) -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        alive = [each.cpu_times() for each in (self._process, *self._process.children(recursive=True))]
        return ended.ru_utime + ended.ru_stime + sum(each.user + each.system for each in alive)


def ask(url: str) -> str:
    """A question besides the measured ones."""
    with urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


def count(base: str) -> Traffic:
    """What the site was asked and sent so far, questions of this sort left out."""
    return Traffic(**json.loads(ask(f"{base}/traffic")))


async def measure(name: str, work: Work, quiet: int, changed: int) -> Costs:
    """A program's first round, its quiet ones and those with changes."""
    meter = Meter(work)
    async with PROGRAMS[name](work) as one_round:
        costs = {FIRST: [await meter.take(one_round)], QUIET: [], CHANGED: []}
        for _ in range(quiet):
            costs[QUIET].append(await meter.take(one_round))
        for _ in range(changed):
            await meter.turn()
            costs[CHANGED].append(await meter.take(one_round))
        return costs


def main() -> None:
    name, quiet, changed = sys.argv[1:]
    told = json.load(sys.stdin)
    work = Work(**{**told, "urls": tuple(told["urls"])})
    costs = asyncio.run(measure(name, work, int(quiet), int(changed)))
    print(json.dumps({kind: [asdict(each) for each in some] for kind, some in costs.items()}))


if __name__ == "__main__":
    main()
