"""Runs one spider in the present asyncio loop and brings home its take."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from letterwatch import __version__
from letterwatch.config import Config
from letterwatch.watching.crawl_settings import CrawlSettings
from letterwatch.watching.desk import StateDesk
from scraper import settings as house_rules
from scraper.desk import seat
from scraper.spiders.govuk import GovUkSpider
from scraper.spiders.news import NewsSpider
from scraper.spiders.ofsted import OfstedSpider
from state import Take

DEADLINE = "deadline"
"""Why a crawl ended early that was given only so much time."""

_GLANCE = 0.05  # seconds between looks at whether a crawl's engine runs yet

SPIDERS: Mapping[str, type[Spider]] = {
    spider.name: spider for spider in (OfstedSpider, NewsSpider, GovUkSpider)
}


def crawl_settings(config: Config, *, shared: bool = False) -> Settings:
    """The house's Scrapy settings with what the configuration decides laid over them.

    `shared`: other workers ask the same hosts, so that their pace is kept in the state.

    No Twisted reactor: everything here is asyncio, a quiet cycle costs 40% less CPU, and the same
    process can crawl again and again.
    """
    settings = CrawlSettings()
    settings.setmodule(house_rules)
    settings.update(
        {
            "TWISTED_REACTOR_ENABLED": False,
            "USER_AGENT": user_agent(config),
            "DOWNLOAD_DELAY": 1 / config.http.requests_per_second,
            "LETTERWATCH_REQUESTS_PER_DAY": config.http.requests_per_day,
            "LETTERWATCH_REPORTS_URL": str(config.ofsted.reports_url).rstrip("/"),
            "LETTERWATCH_GOVUK_URL": config.govuk.url,
            "LETTERWATCH_FILES_HOSTS": tuple(config.ofsted.files_hosts),
        },
        priority="project",
    )
    if shared:
        settings.set("LETTERWATCH_PACE", settings.getfloat("DOWNLOAD_DELAY"), "project")
        settings.set("DOWNLOAD_DELAY", 0, "project")
    return settings


def user_agent(config: Config) -> str:
    """Who asks, and where to complain: the contact stands in every request."""
    contact = config.http.contact or "no contact configured"
    return f"Letterwatch/{__version__} (+{contact})"


class Traffic(Protocol):
    """Who counts what goes over the wire."""

    def note_request(self, host: str) -> None:
        """A request leaves for a host."""

    def note_bytes(self, host: str, number: int) -> None:
        """A host sent a body of so many bytes."""


class _Runner(AsyncCrawlerRunner):
    """Lays its settings over no crawler that it made of them: doing so again took a seventh of a poll."""

    def create_crawler(self, crawler_or_spidercls: type[Spider] | str | Crawler) -> Crawler:
        if isinstance(crawler_or_spidercls, Crawler):
            return crawler_or_spidercls
        return super().create_crawler(crawler_or_spidercls)


class Crawls:
    """The crawls of one process; `stop` ends those under way in good order."""

    def __init__(self, config: Config, traffic: Traffic | None = None, *, shared: bool = False) -> None:
        self._runner = _Runner(crawl_settings(config, shared=shared))
        self._traffic = traffic
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: set[Crawler] = set()

    async def run(
        self,
        desk: StateDesk,
        arguments: Mapping[str, str],
        hosts: Iterable[str] = (),
        limit: float | None = None,
    ) -> Take:
        """Crawls the source of the desk's take to its end, once no other crawl is at one of its hosts.

        `limit`: seconds after which it ends early, with what it has seen by then.
        """
        async with AsyncExitStack() as turns:
            for host in sorted(hosts):
                await turns.enter_async_context(self._turns[host])
            return await self._run(desk, arguments, limit)

    async def _run(self, desk: StateDesk, arguments: Mapping[str, str], limit: float | None) -> Take:
        crawler = self._runner.create_crawler(SPIDERS[desk.take.source])
        seat(crawler, desk)
        if self._traffic:
            _count(crawler, self._traffic)
        self._under_way.add(crawler)
        try:
            async with self._ending_after(limit, crawler) as over:
                await self._runner.crawl(crawler, rhythm=desk.take.rhythm.value, **arguments)
        finally:
            self._under_way.discard(crawler)
        desk.close(crawler, DEADLINE if over.is_set() else None)
        return desk.take

    async def stop(self) -> None:
        """Asks crawls under way to stop and waits for them."""
        await asyncio.gather(*(self._stop(crawler) for crawler in self._under_way))
        await self._runner.join()

    async def _stop(self, crawler: Crawler) -> None:
        """Stops a crawl once its engine runs: told so before, it would never end."""
        while crawler in self._under_way:
            if is_running(crawler):
                await crawler.stop_async()
                return
            await asyncio.sleep(_GLANCE)

    @asynccontextmanager
    async def _ending_after(self, limit: float | None, crawler: Crawler) -> AsyncIterator[asyncio.Event]:
        """Stops a crawl that lasts longer than its limit, and sets the event."""
        over = asyncio.Event()

        async def end(seconds: float) -> None:
            await asyncio.sleep(seconds)
            over.set()
            await self._stop(crawler)

        ending = [asyncio.create_task(end(limit))] if limit else []
        try:
            yield over
        finally:
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)


def is_running(crawler: Crawler) -> bool:
    """True once a crawl's engine works on requests."""
    try:
        return bool(crawler.engine.running)
    except RuntimeError:  # it has none yet
        return False


def _count(crawler: Crawler, traffic: Traffic) -> None:
    """Lets a crawl's requests and answers be counted, repeats and robots.txt included."""

    def leave(request: Request) -> None:
        traffic.note_request(urlsplit(request.url).netloc)

    def arrive(response: Response, request: Request) -> None:
        traffic.note_bytes(urlsplit(request.url).netloc, len(response.body))

    crawler.signals.connect(leave, signal=signals.request_reached_downloader, weak=False)
    crawler.signals.connect(arrive, signal=signals.response_downloaded, weak=False)
