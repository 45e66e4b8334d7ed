"""The short version of `make bench-poll`: every program does the same work."""

from benchmarks.floors import find_excesses, load_ceilings
from benchmarks.poll import RATIOS
from benchmarks.polling.measuring import CHANGED, FIRST, QUIET
from benchmarks.polling.programs import PROGRAMS
from benchmarks.polling.running import run_apart, serve

PAGES, FEEDS = 6, 4


def test_every_program_asks_for_the_same_and_is_told_what_changed() -> None:
    for name in PROGRAMS:
        with serve(PAGES, FEEDS) as work:
            assert len(work.urls) == 1 + PAGES + FEEDS
            costs = run_apart(name, work, quiet=1, changed=1)
        [first], [quiet], [changed] = (costs[kind] for kind in (FIRST, QUIET, CHANGED))
        ours = name == "letterwatch"
        besides = (PAGES + 1, PAGES + 2) if ours else (0,)  # documents, and robots.txt by one crawl or both
        assert first.requests - len(work.urls) in besides, name
        assert quiet.requests == len(work.urls), name
        assert changed.requests == len(work.urls) + (2 if ours else 0), name
        assert quiet.bytes < changed.bytes < first.bytes, name
        assert min(first.cpu, first.wall, first.peak) > 0, name


def test_every_ratio_that_is_printed_has_its_ceiling() -> None:
    assert {key for _, _, key in RATIOS} <= load_ceilings("poll").keys()
    assert find_excesses({"times_urlwatch": 1.01}, load_ceilings("poll")) != []


def test_a_figure_above_its_ceiling_is_told() -> None:
    most = load_ceilings("poll")["times_bare_scrapy"]
    assert find_excesses({"times_bare_scrapy": most}, load_ceilings("poll")) == []
    assert find_excesses({"times_bare_scrapy": most + 0.1}, load_ceilings("poll")) == [
        f"times_bare_scrapy: {most + 0.1:.2f} is above the ceiling of {most:.2f}"
    ]
