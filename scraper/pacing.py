"""Keeps a host's pace over all workers that share the state; one worker alone needs only DOWNLOAD_DELAY."""

import asyncio
from itertools import count
from time import monotonic
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.desk import Desk, get_desk

PAUSE = "pause"
"""The key in a request's meta for the seconds that its host's robots.txt asks for."""
MARGIN = 1.05  # moments lie this much further apart than must be
LATE = 0.04  # of the interval; who comes later than this to its moment asks for another


class Pace:
    """Waits for the moments that the desk gives."""

    def __init__(self, desk: Desk, interval: float) -> None:
        self._desk = desk
        self._interval = interval

    async def wait(self, request: Request) -> None:
        """Ends at the request's moment; nothing may come between this and the network.

        A moment that was missed, since this process was busy, is left unused. The next is longer by an
        interval for each that was missed, so that it may be come to later: no request ever goes without one.
        """
        host = urlsplit(request.url).netloc
        interval = max(self._interval, request.meta.get(PAUSE, 0.0))
        for missed in count():
            asked = monotonic()
            ahead = await self._desk.take_moment(host, interval * (MARGIN + missed))
            moment = (asked + monotonic()) / 2 + ahead  # the state's clock is not ours
            await asyncio.sleep(max(moment - monotonic(), 0))
            if monotonic() - moment <= max(interval * LATE, 0.01) + interval * missed:
                return


def find_pace(crawler: Crawler) -> Pace | None:
    """A crawl's pace; None where no other worker asks its hosts."""
    interval = crawler.settings.getfloat("LETTERWATCH_PACE")
    return Pace(get_desk(crawler), interval) if interval else None
