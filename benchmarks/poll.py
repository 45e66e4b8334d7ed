"""What a round of watching costs: 153 pages of 60 KB and 300 feeds of 40 KB, beside bare programs and peers.

    python -m benchmarks.poll [--runs 3] [--peers urlwatch webchanges changedetection.io] [--quick]
    python -m benchmarks.poll --pages 12 --feeds 300 --changes 0 15      # `make bench-feeds`

Each program runs in a process of its own against a site on loopback with validators: a first round, quiet
ones, and rounds with a few changes. Letterwatch is its daemon, state and verdicts included. Ratios are within
a run; the medians of the runs are shown. Fails where Letterwatch's quiet or changed rounds are above their
ceilings.
"""

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from benchmarks.floors import find_excesses, load_ceilings
from benchmarks.polling.measuring import CHANGED, FIRST, QUIET, Cost, Costs
from benchmarks.polling.peers import PEERS, measure_any
from benchmarks.polling.programs import PROGRAMS
from benchmarks.polling.running import find_median, serve

OURS, FLOOR = "letterwatch", "bare Scrapy, long-lived"
LEANEST_PEER = "urlwatch"
RATIOS = (
    (FLOOR, QUIET, "times_bare_scrapy"),
    (FLOOR, CHANGED, "times_bare_scrapy_changed"),
    (LEANEST_PEER, QUIET, "times_urlwatch"),
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=153)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--changes", type=int, nargs=2, default=(2, 3), metavar=("PAGES", "FEEDS"))
    parser.add_argument("--peers", nargs="*", default=[], metavar="NAME", help=", ".join(PEERS))
    parser.add_argument("--quick", action="store_true", help="few pages, one run: to see that it works")
    wish = parser.parse_args()
    pages, feeds, runs = (12, 12, 1) if wish.quick else (wish.pages, wish.feeds, wish.runs)
    everyone = [*PROGRAMS, *(name for names in wish.peers for name in names.split(","))]
    taken: dict[str, list[Costs]] = defaultdict(list)
    urls = 0
    for _ in range(runs):
        for name in everyone:
            with serve(pages, feeds) as site:
                work = replace(site, changed_pages=wish.changes[0], changed_feeds=wish.changes[1])
                urls = len(work.urls)
                costs = measure_any(name, work, 2 if wish.quick else 3, 1 if wish.quick else 3)
            if costs:
                taken[name].append(costs)
    _print_costs(taken, urls)
    figures = _compare(taken)
    for name, ratio in figures.items():
        print(f"{name.replace('_', ' ')}: {ratio:.2f}")
    excesses = [] if wish.quick else find_excesses(figures, load_ceilings("poll"))
    for line in excesses:
        print(line)
    return 1 if excesses else 0


def _print_costs(taken: Mapping[str, Sequence[Costs]], urls: int) -> None:
    print(f"{urls} addresses; the medians of {len(taken[OURS])} runs:")
    print(f"{'':26}{'':>10} {'requests':>9} {'KB down':>8} {'CPU ms/URL':>11} {'wall s':>7} {'peak MB':>8}")
    for name, runs in taken.items():
        for kind in (FIRST, QUIET, CHANGED):
            cost = find_median([each for run in runs for each in run[kind]])
            print(
                f"{name if kind == FIRST else '':26}{kind:>10} {cost.requests:9} {cost.bytes / 1000:8,.0f} "
                f"{cost.cpu / urls * 1000:11.2f} {cost.wall:7.1f} {cost.peak:8.0f}",
                flush=True,
            )


def _compare(taken: Mapping[str, Sequence[Costs]]) -> dict[str, float]:
    """Rounds of Letterwatch against others, run by run; the median of these ratios."""
    figures = {}
    for name, kind, key in RATIOS:
        pairs = zip(taken[OURS], taken.get(name, ()), strict=False)
        ratios = [_cpu(ours[kind]) / _cpu(theirs[kind]) for ours, theirs in pairs]
        if ratios:
            figures[key] = statistics.median(ratios)
    return figures


def _cpu(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


if __name__ == "__main__":
    sys.exit(main())
