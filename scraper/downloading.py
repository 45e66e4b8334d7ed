"""Downloads over asyncio; hosts that nobody named have a door of their own, to public addresses only."""

import ssl
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers import _aiohttp
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.ssl import _make_ssl_context

from scraper.pacing import find_pace
from scraper.public import open_public_socket

MUST_BE_PUBLIC = "must_be_public"
"""The key in a request's meta that HostMiddleware sets."""
_TLS_SETTINGS = (
    "DOWNLOAD_VERIFY_CERTIFICATES",
    "DOWNLOADER_CLIENT_TLS_CIPHERS",
    "DOWNLOAD_TLS_MIN_VERSION",
    "DOWNLOAD_TLS_MAX_VERSION",
)
_contexts: dict[Hashable, ssl.SSLContext] = {}


def get_context(settings: BaseSettings) -> ssl.SSLContext:
    """A crawl's TLS context, shared by all crawls of the process until the system's certificates change.

    Reading these takes longer than all the rest of a quiet poll.
    """
    key = (*(str(settings[name]) for name in _TLS_SETTINGS), *_find_certificates())
    if key not in _contexts:
        _contexts.clear()
        _contexts[key] = _make_ssl_context(settings)
    return _contexts[key]


def _find_certificates() -> tuple[tuple[str, int], ...]:
    """Where the trusted certificates lie, and when they were changed."""
    paths = ssl.get_default_verify_paths()
    places = [Path(name) for name in (paths.cafile, paths.capath) if name]
    return tuple((str(place), place.stat().st_mtime_ns) for place in places if place.exists())


vars(_aiohttp)["_make_ssl_context"] = get_context  # Scrapy makes one for each handler of each crawl


class GuardedDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's asyncio handler, twice: requests that must be public never share a connection with others.

    What a name leads to may change between a look-up and a connection (DNS rebinding); the second door
    judges the very address that it connects to.
    """

    experimental = False  # Scrapy's word for it; every crawl of the suite runs through it
    lazy = True  # few crawls ask by both http and https

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._public: _PublicDownloadHandler | None = None
        self._pace = find_pace(crawler)

    async def download_request(self, request: Request) -> Response:
        """Answers a request; raises PrivateAddress inside the error of a connection that was not opened.

        A shared pace is waited for here, behind all of Scrapy's queues.
        """
        if self._pace is not None:
            await self._pace.wait(request)
        if not request.meta.get(MUST_BE_PUBLIC):
            return await super().download_request(request)
        if self._public is None:  # few crawls need it
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
