"""A host's pace holds over all workers together: a real server writes down when it is asked."""

import asyncio
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import pytest
from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner

from benchmarks.fleets.members import Member
from benchmarks.fleets.outside import Hook, write_config
from scraper.desk import seat
from scraper.pacing import Pace
from scraper.sources import NewsSource
from scraper.spiders.news import NewsSpider
from state import Store
from tests.letterwatch.conftest import Site
from tests.letterwatch.fleet.conftest import wait_for
from tests.scraper.crawling import RecordingDesk, crawl_settings
from tests.scraper.spiders.newsroom import OFSTED, Newsroom
from tests.servers.web import Answer, Ask, WebServer

INTERVAL = 0.5
ENOUGH = 30  # requests
PAUSE = 0.3  # seconds


@pytest.mark.timeout(400)
def test_two_workers_never_ask_one_host_faster_than_allowed(tmp_path: Path, postgres_url: str) -> None:
    times: list[float] = []
    with Site() as site, Hook() as hook, closing(Store.open(postgres_url, rehearsal=False)) as store:
        site.trap = lambda _request: times.append(time.monotonic())
        config = write_config(
            tmp_path,
            site=site.url,
            feed=f"{site.url}/rss",  # of the same host: a source of another worker's
            hook=hook.url,
            poll="1s",
            requests_per_second=1 / INTERVAL,
        )
        roles = ("clock", "worker", "worker")
        members = [
            Member(role, config, postgres_url, tmp_path / f"{number}.log")
            for number, role in enumerate(roles)
        ]
        try:
            wait_for(lambda: len(times) >= ENOUGH, "too few requests")
            wait_for(lambda: len({run.worker for run in store.runs(1000)}) == 2, "one worker does it all")
        finally:
            for member in members:
                member.kill()
    asked = sorted(times)
    for first in range(len(asked)):
        for last in range(first + 1, len(asked)):
            # each leaves at its moment; a busy machine may let it arrive late. Two paces would halve it all
            assert asked[last] - asked[first] >= (last - first - 1) * INTERVAL


def test_moments_of_a_host_lie_an_interval_apart_and_those_of_others_do_not_wait(postgres_url: str) -> None:
    with (
        closing(Store.open(postgres_url, rehearsal=False)) as one,
        closing(Store.open(postgres_url, rehearsal=False)) as two,
    ):
        begun = time.monotonic()
        moments = [
            time.monotonic() - begun + store.reserve_moment("reports.test", 10.0)
            for store in (one, two, one, two)
        ]
        assert one.reserve_moment("other.test", 10.0) == 0
    for earlier, later in itertools.pairwise(moments):
        assert later - earlier == pytest.approx(10.0, abs=1.0)


def test_a_moment_given_before_the_clock_was_set_back_keeps_nobody_waiting(postgres_url: str) -> None:
    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        store.reserve_moment("reports.test", 1_000_000.0)
        assert store.reserve_moment("reports.test", 1.0) == 0


class SharingDesk(RecordingDesk):
    """A worker's desk: moments come from a real state."""

    store: Store

    async def take_moment(self, host: str, interval: float) -> float:
        return await asyncio.to_thread(self.store.reserve_moment, host, interval)


async def crawl_as_worker(store: Store, source: NewsSource, interval: float) -> SharingDesk:
    """One round over a paper, with the pace that all workers share."""
    desk = SharingDesk(news=[source])
    desk.store = store
    settings = crawl_settings("http://127.0.0.1:1", LETTERWATCH_PACE=interval)
    crawler = AsyncCrawlerRunner(settings).create_crawler(NewsSpider)
    seat(crawler, desk)
    await AsyncCrawlerRunner(settings).crawl(crawler)
    return desk


class TimedServer(WebServer):
    """Writes down when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def answer(self, ask: Ask) -> Answer:
        self.times.append(time.monotonic())
        return super().answer(ask)

    def take_long(self, path: str) -> None:
        """A page that comes eight intervals after it was asked for."""

        def answer(_ask: Ask) -> Answer:
            self.closing.wait(8 * PAUSE)
            return Answer("late", 404)

        self.serve(path, answer)


@pytest.fixture
def server() -> Iterator[TimedServer]:
    with TimedServer() as server:
        yield server


@pytest.fixture
def paper(server: TimedServer) -> Newsroom:
    """A paper with six stories that may matter."""
    newsroom = Newsroom(server)
    for number in range(6):
        newsroom.publish(OFSTED, number)
    return newsroom


def test_while_a_host_takes_long_nobody_saves_up_moments(
    postgres_url: str, server: TimedServer, paper: Newsroom
) -> None:
    server.take_long("/news/story-0")
    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        desk = asyncio.run(crawl_as_worker(store, paper.source, PAUSE))
    assert len(desk.openings) == 6
    assert len(server.times) == 8
    gaps = [later - earlier for earlier, later in itertools.pairwise(server.times)]
    assert median(gaps) > PAUSE / 2  # one may arrive late; saved up, most of them would come at once


def test_what_a_host_asks_for_is_kept_by_all_workers_together(
    postgres_url: str, server: TimedServer, paper: Newsroom
) -> None:
    robots = f"User-agent: *\nCrawl-delay: {PAUSE}\n"
    server.serve("/robots.txt", Answer(robots, content_type="text/plain"))
    fast = PAUSE / 20

    async def crawl_twice(store: Store) -> None:
        await asyncio.gather(*(crawl_as_worker(store, paper.source, fast) for _ in range(2)))

    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        asyncio.run(crawl_twice(store))
    both = [each for each, ask in zip(server.times, server.asked(), strict=True) if "robots" not in ask.path]
    assert len(both) == 14
    assert both[-1] - both[0] > 13 * PAUSE * 0.75  # each for itself, they would take half as long


class LateDesk(SharingDesk):
    """A worker so busy that it never comes to a moment in time."""

    asked: list[float]

    async def take_moment(self, host: str, interval: float) -> float:
        ahead = await super().take_moment(host, interval)
        self.asked.append(interval)
        threading.Event().wait(ahead + PAUSE)  # the whole process stands still
        return ahead


def test_who_misses_its_moments_takes_longer_ones_and_never_goes_without(postgres_url: str) -> None:
    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        desk = LateDesk()
        desk.store, desk.asked = store, []
        asyncio.run(Pace(desk, PAUSE).wait(Request("http://reports.test/")))
    lengths = [round(each / PAUSE) for each in desk.asked]
    assert len(lengths) > 1
    assert lengths == list(range(1, len(lengths) + 1))
