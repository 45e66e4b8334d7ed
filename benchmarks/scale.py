"""What watching costs as it grows: the state's part of a cycle, from 153 watched pages to 100,000.

    python -m benchmarks.scale [--pages 153 1500 15000] [--large] [--database URL]

Each size is measured in a process of its own, on a fresh SQLite state (or in the empty PostgreSQL database
that is named): what a sweep asks the state while it crawls, a sweep that finds nothing new, one with five new
reports, a poll, and the pages that people look at. Times are CPU; over a named database, which reckons in a
process of its own, they are what passes. Asking the pages themselves costs the same for each (`make
bench-poll`). Fails where a page costs more than the ceilings allow, compared with the smaller sizes.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from time import perf_counter, process_time

from benchmarks.floors import find_excesses, load_ceilings
from benchmarks.many import SITE, START, make_publication, make_publications
from state import (
    AuthoritySighting,
    Kind,
    Outcome,
    PageLook,
    PublicationFound,
    PublicationSighting,
    Rhythm,
    Settlement,
    Store,
    Take,
    Validators,
    Wanted,
)

SIZES, LARGE = (153, 1_500, 15_000), 100_000
PER_PAGE = 2  # publications filed of each page
ROWS = 100  # on a page of the search
SEARCH = f"{SITE}/search"
NOW = START + timedelta(days=1)
LATEST = date(2024, 8, 22)
Figures = Mapping[str, float]
SHOWN = {
    "known": "asked meanwhile",
    "quiet": "quiet sweep",
    "changed": "5 changes",
    "poll": "quiet poll",
    "list": "list",
    "shelf": "shelf",
    "runs": "runs",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} pages, too")
    parser.add_argument("--database", help="an empty PostgreSQL database, for one size")
    parser.add_argument("--apart", action="store_true", help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.apart:
        print(json.dumps(measure(wish.pages[0], wish.database)))
        return 0
    sizes = [*wish.pages, *([LARGE] if wish.large else [])]
    heads = " ".join(f"{name:>15}" for name in SHOWN.values())
    print(f"{'pages':>8} {'state MB':>9} {'peak MB':>8}  {heads}")
    taken = {size: _measure_apart(size, wish.database) for size in sizes}
    figures = compare(taken)
    for name, value in figures.items():
        print(f"{name.replace('_', ' ')}: {value:.2f}")
    excesses = find_excesses(figures, load_ceilings("scale"))
    for line in excesses:
        print(line)
    return 1 if excesses else 0


def _measure_apart(size: int, database: str | None) -> Figures:
    command = [sys.executable, "-m", "benchmarks.scale", "--apart", "--pages", str(size)]
    command += ["--database", database] if database else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    times = " ".join(f"{figures[name] * 1000:12,.1f} ms" for name in SHOWN)
    print(f"{size:8,} {figures['size']:9.1f} {figures['peak']:8.0f}  {times}", flush=True)
    return figures


def compare(taken: Mapping[int, Figures]) -> dict[str, float]:
    """How much more a page costs at the largest size than at the second largest; 1 is a straight line."""
    if len(taken) < 2:
        return {}
    small, large = sorted(taken)[-2:]
    grown = large / small

    def times(name: str) -> float:
        return taken[large][name] / max(taken[small][name], 1e-4) / grown

    return {
        "quiet_sweep_times_straight": times("quiet"),
        "known_times_straight": times("known"),
        "peak_kb_a_page": (taken[large]["peak"] - taken[small]["peak"]) * 1000 / (large - small),
        "state_kb_a_page": taken[large]["size"] * 1000 / large,
    }


def measure(pages: int, database: str | None) -> Figures:
    """One size's seconds of CPU, state and peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{folder}/state.db"
        make_publications(url, pages * PER_PAGE, pages=pages)
        with closing(Store.open(url, rehearsal=False)) as store:
            return dict(_measure(store, pages, perf_counter if database else process_time))


def _measure(store: Store, pages: int, clock: Callable[[], float]) -> Iterator[tuple[str, float]]:
    settle(store, make_take(pages, NOW, first=True), NOW)
    yield "known", _time(clock, lambda: ask(store, pages))
    for name, days, changes in (("quiet", 1, 0), ("changed", 2, 5)):
        now = NOW + timedelta(days=days)
        take = make_take(pages, now, changes=changes)
        yield name, _time(clock, lambda take=take, now=now: settle(store, take, now))  # type: ignore[misc]
    now = NOW + timedelta(days=2, minutes=10)
    poll = Take(source="ofsted", rhythm=Rhythm.POLL, started_at=now)
    poll.looks.append(PageLook(SEARCH, "search", Outcome.NOT_MODIFIED, now))
    yield "poll", _time(clock, lambda: settle(store, poll, now))
    yield "list", _time(clock, lambda: store.find_entries(Wanted()))
    yield "shelf", _time(clock, lambda: store.shelf(urn_of(7)))
    yield "runs", _time(clock, lambda: (store.runs(), store.sources(), store.find_sweep("ofsted")))
    yield "size", store.measure().total / 1e6
    yield "peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _time(clock: Callable[[], float], work: Callable[[], object]) -> float:
    begun = clock()
    work()
    return clock() - begun


def ask(store: Store, pages: int) -> None:
    """What a sweep asks: for each page of the search what is known of its rows, and who else waits."""
    for first in range(0, pages, ROWS):
        numbers = range(first, min(first + ROWS, pages))
        store.known([urn_of(number) for number in numbers], now=NOW)
        store.validators_of([page_url(number) for number in numbers])
    store.waiting(now=NOW)


def settle(store: Store, take: Take, now: datetime) -> Settlement:
    """Settles a take that must come out well."""
    settlement = store.settle(take, now=now, route=lambda _: (), compare=lambda _a, _b: (), flood=20)
    assert settlement.verdict.verdict.value == "ok", settlement.verdict
    return settlement


def make_take(pages: int, now: datetime, *, first: bool = False, changes: int = 0) -> Take:
    """A sweep as a crawl brings it home: all pages as they were, but for `changes` with a report more."""
    take = Take(source="ofsted", rhythm=Rhythm.SWEEP, started_at=now, finished_at=now)
    take.looks.append(
        PageLook(SEARCH, "search", Outcome.OK, now, rows=pages, expected_rows=pages, bytes_received=60_000)
    )
    for number in range(pages):
        urn, url = urn_of(number), page_url(number)
        take.authorities.append(AuthoritySighting(urn, f"Provider {number}", url, LATEST))
        if number < changes:
            known = [number + pages * each for each in range(not number, PER_PAGE + (not number))]
            take.found += [_find(number, each) for each in (*known, pages * PER_PAGE + 1 + number)]
            look = PageLook(url, "provider", Outcome.OK, now, urn=urn, rows=PER_PAGE + 1)
        else:
            held = Validators(f'"{number}"', None, "0" * 64, 1) if first else None
            look = PageLook(url, "provider", Outcome.NOT_MODIFIED, now, urn=urn, validators=held)
        take.looks.append(look)
    return take


def _find(number: int, publication: int) -> PublicationFound:
    """A page's entry, as `make_publications` files it."""
    row = make_publication(publication, urn_of(number), number)
    return PublicationFound(
        PublicationSighting(
            urn=urn_of(number),
            authority=f"Provider {number}",
            file_id=str(row["file_id"]),
            kind=Kind.INSPECTION,
            title=str(row["title"]),
            url=str(row["url"]),
            page_url=page_url(number),
            visited_on=None,
            published_on=date.fromisoformat(str(row["published_on"])),
        )
    )


def urn_of(number: int) -> str:
    return str(100_000 + number)


def page_url(number: int) -> str:
    return f"{SITE}/provider/44/{urn_of(number)}"


if __name__ == "__main__":
    sys.exit(main())
