"""Judges every answer, tries again where that may help, and gives a host up that keeps refusing."""

import asyncio
from collections import defaultdict
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from scraper.desk import Desk, get_desk
from scraper.failures import NotAsked, judge_failure
from scraper.fetches import Judgement, judge_fetch, parse_retry_after
from scraper.headers import read_headers
from state import Outcome

_GIVEN_UP_AFTER = 5  # refusals in a row, each after its retries
_GLANCE = 1.0  # seconds between looks at whether the crawl is being stopped


class PatienceMiddleware:
    """Takes the place of Scrapy's retries: the judgement decides, and Retry-After is honoured.

    Leaves the final judgement in meta `judgement`, and the answer's headers in `headers`. While it waits, a
    crawl with CONCURRENT_REQUESTS of 1 asks nobody else.
    """

    def __init__(self, crawler: Crawler, desk: Desk) -> None:
        self._crawler = crawler
        self._desk = desk
        self._backoff = crawler.settings.getfloat("LETTERWATCH_BACKOFF")
        self._patience = crawler.settings.getfloat("LETTERWATCH_PATIENCE")
        self._refusals: defaultdict[str, list[Judgement]] = defaultdict(list)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawler, get_desk(crawler))

    def process_request(self, request: Request) -> None:
        """Keeps back requests to a host that was given up."""
        host = urlsplit(request.url).netloc
        refusals = self._refusals[host]
        if len(refusals) >= _GIVEN_UP_AFTER:
            last = refusals[-1]
            raise NotAsked(last.outcome, f"not asked, after {len(refusals)} failures in a row: {last.cause}")

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Passes an answer on with its judgement, or asks again after a pause."""
        headers = read_headers(response)
        judgement = judge_fetch(
            response.status, headers, response.body, request.meta["expected"], request.meta.get("held")
        )
        request.meta.update(judgement=judgement, headers=headers)
        wait = parse_retry_after(headers, self._desk.now())
        again = await self._find_retry(request, judgement, wait)
        return again or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Lets a failure pass to its errback, or asks again after a pause; the desk's end is none."""
        if isinstance(exception, NotAsked | CloseSpider):
            return None
        return await self._find_retry(request, judge_failure(exception), None)

    async def _find_retry(
        self, request: Request, judgement: Judgement, retry_after: float | None
    ) -> Request | None:
        """The request to send again once the pause is over; None where this was the last try."""
        spider = self._crawler.spider
        tried = request.meta.get("retry_times", 0)
        wait = self._backoff * 2**tried if retry_after is None else retry_after
        if judgement.worth_retrying and wait <= self._patience and spider is not None:
            again = get_retry_request(request, spider=spider, reason=judgement.cause or "")
            if again is not None and await self._rest(wait):
                return again
        self._remember(urlsplit(request.url).netloc, judgement)
        return None

    def _remember(self, host: str, judgement: Judgement) -> None:
        """Counts what the host, not the page, is to blame for; anything else shows that it answers."""
        if judgement.outcome is Outcome.BLOCKED or judgement.worth_retrying:
            self._refusals[host].append(judgement)
        else:
            self._refusals[host].clear()

    async def _rest(self, seconds: float) -> bool:
        """Waits; False where the crawl was stopped meanwhile."""
        while seconds > 0 and self._crawler.crawling:
            await asyncio.sleep(min(seconds, _GLANCE))
            seconds -= _GLANCE
        return self._crawler.crawling
