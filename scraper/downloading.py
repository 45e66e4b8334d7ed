"""Downloads over asyncio; hosts that nobody named have a door of their own, to public addresses only."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.public import open_public_socket

MUST_BE_PUBLIC = "must_be_public"
"""The key in a request's meta that HostMiddleware sets."""


class GuardedDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's asyncio handler, twice: requests that must be public never share a connection with others.

    What a name leads to may change between a look-up and a connection (DNS rebinding); the second door
    judges the very address that it connects to.
    """

    experimental = False  # Scrapy's word for it; every crawl of the suite runs through it

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._public: _PublicDownloadHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """Answers a request; raises PrivateAddress inside the error of a connection that was not opened."""
        if not request.meta.get(MUST_BE_PUBLIC):
            return await super().download_request(request)
        if self._public is None:  # few crawls need it, and it reads all trusted certificates
            self._public = _PublicDownloadHandler(self._crawler)
        return await self._public.download_request(request)

    async def close(self) -> None:
        """Closes the connections of both doors."""
        await super().close()
        if self._public is not None:
            await self._public.close()


class _PublicDownloadHandler(AiohttpDownloadHandler):
    experimental = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        connector: Any = self._session.connector
        connector._socket_factory = open_public_socket  # noqa: SLF001  Scrapy hands none through
