"""Each program is measured in a process of its own against a fresh site in another."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from benchmarks.polling.measuring import Cost, Costs
from benchmarks.polling.programs import Work


@contextmanager
def serve(pages: int, feeds: int) -> Iterator[Work]:
    """A fresh site in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.polling.site", str(pages), str(feeds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdin is not None
        assert site.stdout is not None
        try:
            told = json.loads(site.stdout.readline())
            yield Work(told["base"], tuple(told["urls"]))
        finally:
            site.stdin.close()
            site.wait(30)


def run_apart(name: str, work: Work, quiet: int, changed: int) -> Costs:
    """Measures a program; what it complains of goes to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.polling.measuring", name, str(quiet), str(changed)],
        input=json.dumps(asdict(work)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {kind: [Cost(**each) for each in some] for kind, some in json.loads(done.stdout).items()}


def find_median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; of memory the highest."""
    return Cost(
        requests=round(statistics.median(each.requests for each in costs)),
        bytes=round(statistics.median(each.bytes for each in costs)),
        cpu=statistics.median(each.cpu for each in costs),
        wall=statistics.median(each.wall for each in costs),
        peak=max(each.peak for each in costs),
    )
