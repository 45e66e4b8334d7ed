"""Keeps a host's pace over all workers that share the state; one worker alone needs only DOWNLOAD_DELAY."""

import asyncio
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.desk import Desk, get_desk

MARGIN = 1.05  # moments lie this much further apart than must be
LATE = 0.04  # of the interval; who comes later than this to its moment asks for another


class PaceMiddleware:
    """The very last before the network: waits for the request's moment, which the desk gives."""

    def __init__(self, desk: Desk, interval: float) -> None:
        self._desk = desk
        self._interval = interval

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(get_desk(crawler), crawler.settings.getfloat("LETTERWATCH_PACE"))

    async def process_request(self, request: Request) -> None:
        """Waits; a moment that was missed, since this process was busy, is left unused."""
        host = urlsplit(request.url).netloc
        for _ in range(10):
            asked = monotonic()
            wait = await self._desk.take_moment(host, self._interval * MARGIN)
            await asyncio.sleep(max(asked + wait - monotonic(), 0))
            if monotonic() - asked - wait <= max(self._interval * LATE, 0.01):
                return
