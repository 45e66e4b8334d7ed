"""A day of watching 153 pages: Letterwatch's strategy beside asking every page at a fixed interval.

    python -m benchmarks.day [--letters 3]

The real daemon lives a weekday of 24 hours, its clock driven from one due moment to the next, against a site
on loopback: polls of the newest-first search, one sweep, and letters that appear at chance moments of the
working day. A fixed interval is a measured quiet round of bare Scrapy over the pages, as often as it would
take place. "Equal delay": every page asked whenever Letterwatch polls, by bare Scrapy and by urlwatch, where
that can be installed. Fails where Letterwatch is not ahead by its floors.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from benchmarks.floors import find_shortfalls, load_floors
from benchmarks.polling.measuring import QUIET, Cost, Meter, ask
from benchmarks.polling.peers import measure_any
from benchmarks.polling.programs import Work
from benchmarks.polling.running import find_median, run_apart, serve
from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.daemon import Daemon
from letterwatch.plain_words import LONDON

PAGES = 153
DAY = timedelta(days=1)
WORKING = (8, 18)  # hours of London's day in which delays are counted
FLOOR, PEER = "bare Scrapy, long-lived", "urlwatch"


class DrivenClock(Clock):
    """Stands still until it is set."""

    moment = datetime.now(LONDON)

    def now(self) -> datetime:
        return DrivenClock.moment


@dataclass(frozen=True, slots=True)
class Lived:
    """What the daemon's day cost, when it polled, and how long each letter waited to be known."""

    cost: Cost
    polls: Sequence[datetime]
    waited: Sequence[timedelta]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=3)
    letters = parser.parse_args().letters
    midnight = find_monday()
    with serve(PAGES, 0) as work:
        quiet = find_median(run_apart(FLOOR, work, 5, 0)[QUIET])
        lived = asyncio.run(live(work, midnight, letters))
    with serve(PAGES, 0) as work:
        measured = measure_any(PEER, work, 5, 0)
    own = lived.cost
    print(f"{PAGES} pages, a Monday, {letters} letters; delays of a report that appears from 08:00 to 18:00:")
    print(f"{'':44}{'requests':>9} {'MB down':>8} {'CPU s':>7} {'mean delay':>11} {'longest':>8}")
    _print("letterwatch: search by rhythm, daily sweep", own, find_delays(lived.polls, midnight))
    _print(
        "every page at those moments (equal delay)",
        times(quiet, len(lived.polls)),
        find_delays(lived.polls, midnight),
    )
    for minutes in (10, 30, 60, 1440):
        moments = [midnight + timedelta(minutes=each) for each in range(0, 2 * 1440, minutes)]
        rounds = times(quiet, 1440 // minutes)
        _print(f"every page every {minutes} min", rounds, find_delays(moments, midnight))
    equal = times(quiet, len(lived.polls))
    if measured:
        peer = times(find_median(measured[QUIET]), len(lived.polls))
        _print(f"the same by {PEER}, the leanest peer", peer, find_delays(lived.polls, midnight))
    longest = max(lived.waited, default=timedelta(0))
    print(f"the letters were known {longest.total_seconds() / 60:.1f} min after they appeared, at the latest")
    print("what does not move the search's date is found by the sweep: within a day and a poll")
    figures = {
        "requests_times_ahead": equal.requests / own.requests,
        "bytes_times_ahead": equal.bytes / own.bytes,
        "cpu_times_ahead": equal.cpu / own.cpu,
    }
    if measured:
        figures[f"cpu_times_ahead_of_{PEER}"] = peer.cpu / own.cpu
    for name, value in figures.items():
        print(f"{name.replace('_', ' ')}: {value:.1f}")
    floors = {
        name: floor for name, floor in load_floors("day").items() if measured or not name.endswith(PEER)
    }
    shortfalls = find_shortfalls(figures, floors)
    for line in shortfalls:
        print(line)
    return 1 if shortfalls else 0


def find_monday() -> datetime:
    """The coming Monday's first moment, in London."""
    today = datetime.now(LONDON).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time(0), LONDON)


def times(cost: Cost, rounds: int) -> Cost:
    """What so many rounds cost."""
    return Cost(cost.requests * rounds, cost.bytes * rounds, cost.cpu * rounds, cost.wall * rounds, cost.peak)


def find_delays(moments: Sequence[datetime], midnight: datetime) -> list[float]:
    """Minutes from each minute of the working day to the next look."""
    first, last = (hour * 60 for hour in WORKING)
    appearing = (midnight + timedelta(minutes=each) for each in range(first, last))
    return [(min(moment for moment in moments if moment >= at) - at).total_seconds() / 60 for at in appearing]


def _print(name: str, cost: Cost, delays: Sequence[float]) -> None:
    mean, longest = statistics.mean(delays), max(delays)
    print(
        f"{name:44}{cost.requests:9,} {cost.bytes / 1e6:8.2f} {cost.cpu:7.1f}"
        f" {mean:7.1f} min {longest:4.0f} min"
    )


async def live(work: Work, midnight: datetime, letters: int) -> Lived:
    """A daemon's day; the first look of all lies before it."""
    dice = random.Random(7)
    appearing = sorted(midnight + timedelta(hours=dice.uniform(*WORKING)) for _ in range(letters))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_app(make_config(work, Path(folder)), DrivenClock()) as app,
    ):
        daemon = Daemon(app)
        DrivenClock.moment = midnight - timedelta(hours=20)
        await _glance(daemon)
        DrivenClock.moment = midnight
        meter = Meter(work)

        async def one_day() -> None:
            waiting = list(appearing)
            for moment in _moments(daemon, midnight):
                while waiting and waiting[0] <= moment:
                    waiting.pop(0)
                    await asyncio.to_thread(ask, f"{work.base}/turn?pages=1&feeds=0&on={midnight.date()}")
                DrivenClock.moment = moment
                await _glance(daemon)

        cost = await meter.take(one_day)
        seen = sorted(row.first_seen_at for row in app.store.publications() if row.first_seen_at >= midnight)
        assert len(seen) == letters, f"{len(seen)} of {letters} letters were seen"
        polls = sorted(
            row.started_at for row in app.store.runs_of("ofsted", 1000) if row.started_at >= midnight
        )
        return Lived(cost, polls, [at - since for at, since in zip(seen, appearing, strict=True)])


def make_config(work: Work, folder: Path) -> Config:
    return Config.model_validate(
        {
            "state": {"url": f"sqlite:///{folder}/state.db", "archive": str(folder / "archive")},
            "http": {"requests_per_second": 1000},
            "ofsted": {"reports_url": work.base, "files_hosts": [work.base.removeprefix("http://")]},
        }
    )


def _moments(daemon: Daemon, midnight: datetime) -> Iterator[datetime]:
    """Every moment of the day at which a look is due."""
    now = midnight
    while now < midnight + DAY:
        yield now
        due = daemon._plan.find_next_due()  # noqa: SLF001  as the tests drive it
        assert due is not None
        now = max(due, now + timedelta(seconds=1)).astimezone(LONDON)


async def _glance(daemon: Daemon) -> None:
    await daemon.look()
    await daemon.finish()


if __name__ == "__main__":
    sys.exit(main())
