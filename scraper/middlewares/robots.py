"""Obeys robots.txt, which the desk remembers for a day (Scrapy's own fetches it once per crawl)."""

import asyncio
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.http.request import NO_CALLBACK

from scraper.desk import Desk, get_desk
from scraper.failures import NotAsked, judge_failure
from scraper.fetches import Expected
from scraper.pacing import PAUSE
from state import Outcome

_LONGEST = 500_000  # bytes that are read of a robots.txt (RFC 9309, 2.5)
_LONGEST_DELAY = 10.0  # seconds between two requests; whoever asks for more gets this


class RobotsMiddleware:
    """Keeps back what a host's robots.txt forbids, and everything while that cannot be had (RFC 9309)."""

    def __init__(self, crawler: Crawler, desk: Desk, user_agent: str) -> None:
        self._crawler = crawler
        self._desk = desk
        self._user_agent = user_agent
        self._is_shared = crawler.settings.getfloat("LETTERWATCH_PACE") > 0
        self._rules: dict[str, asyncio.Future[tuple[Protego, float]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; needs ROBOTSTXT_OBEY."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        return cls(crawler, get_desk(crawler), agent)

    async def process_request(self, request: Request) -> None:
        """Lets a request pass or raises NotAsked."""
        if request.meta.get("expected") is Expected.ROBOTS:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._get_rules(origin, request))
        rules, request.meta[PAUSE] = await self._rules[origin]
        if not rules.can_fetch(request.url, self._user_agent):
            raise NotAsked(Outcome.BLOCKED, f"the robots.txt of {parts.netloc} forbids the page")

    async def _get_rules(self, origin: str, on_behalf: Request) -> tuple[Protego, float]:
        """What a host allows, and the pause in seconds that it asks for."""
        host = urlsplit(origin).netloc
        text = kept = await self._desk.find_robots(host)
        if text is None:
            text = await self._fetch(origin, on_behalf)
            await self._desk.keep_robots(host, text)
        rules = Protego.parse(text)
        pause = min(rules.crawl_delay(self._user_agent) or 0.0, _LONGEST_DELAY)
        if not self._is_shared:
            self._slow_down(origin, pause)
        elif kept is None and pause:
            await self._desk.take_moment(host, pause)  # left unused: robots.txt itself was just asked for
        return rules, pause

    def _slow_down(self, origin: str, pause: float) -> None:
        """Keeps the pause that a host asks for where it is longer than ours."""
        if pause <= self._crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        downloader, host = self._crawler.engine.downloader, urlsplit(origin).hostname or ""
        downloader.per_slot_settings.setdefault(host, {})["delay"] = pause
        if host in downloader.slots:  # robots.txt itself was just asked for
            downloader.slots[host].delay = pause

    async def _fetch(self, origin: str, on_behalf: Request) -> str:
        """The text of a host's robots.txt; empty where it has none. The asking request's host rules hold."""
        meta = {"expected": Expected.ROBOTS}
        if "host_rules" in on_behalf.meta:
            meta["host_rules"] = on_behalf.meta["host_rules"]
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta)
        try:
            response = await self._crawler.engine.download_async(request)
        except CloseSpider:  # the desk's: no fault of the host's
            raise
        except Exception as error:
            judgement = judge_failure(error)
            raise NotAsked(judgement.outcome, f"not asked without robots.txt: {judgement.cause}") from error
        judgement = response.meta["judgement"]
        if judgement.outcome is Outcome.OK:
            return response.body[:_LONGEST].decode("utf-8", errors="replace")
        if 400 <= response.status < 500 and response.status != 429:
            return ""
        raise NotAsked(judgement.outcome, f"not asked without robots.txt: {judgement.cause}")
