"""What comes to a fleet's processes, at random, and what came of it."""

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.fleets.members import Fleet, Member
from state import RunRow, Verdict

BEYOND_LEASE = 13.0  # seconds that a process is stopped or cut off for
LONGEST_GAP = 120.0  # seconds that a source may be without a settled look; docs/fleet.md tells why
SOURCES = ("ofsted", "news")


@dataclass
class Result:
    """What came of it."""

    letters: int
    told: Counter[str]
    repeats: int
    unrecorded: int
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
        looks = (pairwise(self.looks(source)) for source in SOURCES)
        return sum(later.started_at < earlier.settled_at for pairs in looks for earlier, later in pairs)

    def looks(self, source: str) -> list[RunRow]:
        """A source's settled looks in their order."""
        return sorted((run for run in self.runs if run.source == source), key=lambda run: run.started_at)

    def gaps(self, source: str) -> list[float]:
        """The seconds between the ends of a source's looks, the longest last."""
        ends = sorted(run.settled_at for run in self.looks(source))
        return sorted((b - a).total_seconds() for a, b in pairwise(ends))

    @property
    def starved(self) -> list[str]:
        """The sources that were without a settled look for longer than is promised."""
        return [source for source in SOURCES if self.gaps(source)[-1] > LONGEST_GAP]

    @property
    def blamed(self) -> list[RunRow]:
        """The runs that blame a site: none of them does wrong, whatever comes to the fleet."""
        return [run for run in self.runs if run.verdict in (Verdict.BROKEN, Verdict.BLOCKED)]

    def is_kept(self) -> bool:
        wrong = self.lost or self.doubled or self.unrecorded or self.left or self.overlaps
        return not (wrong or self.starved or self.blamed)


def do_harm(fleet: Fleet, chance: random.Random, rounds: int) -> str:
    """Something happens to one process; which, and what. Long pauses are few."""
    member = fleet.clock if chance.random() < 0.1 else chance.choice(fleet.workers)
    weights = (0.96, 0.02, 0.02) if rounds > 20 else (6, 1, 1)
    (kind,) = chance.choices(("killed", "stopped", "cut off"), weights)
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
