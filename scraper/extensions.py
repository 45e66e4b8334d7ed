"""Ends a crawl in which our own code failed: a fault of ours must never look like a quiet day."""

import asyncio
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure


class FaultStop:
    """Stops the crawl at the first error in a callback, the start or a pipeline; the reason names it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stop: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        extension = cls(crawler)
        crawler.signals.connect(extension.stop, signal=signals.spider_error)
        crawler.signals.connect(extension.stop, signal=signals.item_error)
        return extension

    def stop(self, failure: Failure) -> None:
        """Closes the spider with a reason that begins with "error:"."""
        if self._stop is None:
            message = " ".join(str(failure.value).split())[:200]
            reason = f"error: {type(failure.value).__name__}: {message}"
            self._stop = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))
