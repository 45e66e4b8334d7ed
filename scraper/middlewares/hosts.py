"""Keeps back every request, redirected ones too, that leads to a host nobody configured."""

import asyncio
import socket
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.addresses import HostRules
from scraper.downloading import MUST_BE_PUBLIC
from scraper.failures import NotAsked
from scraper.public import is_public
from scraper.sources import SourceRules
from state import Outcome


class HostMiddleware:
    """Asks the host rules before each hop: those in meta `host_rules`, else the crawl's own."""

    def __init__(self, rules: HostRules) -> None:
        self._rules = rules
        self._public: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(get_host_rules(crawler))

    async def process_request(self, request: Request) -> None:
        """Lets a request pass or raises NotAsked."""
        rules = request.meta.get("host_rules", self._rules)
        objection = rules.find_objection(request.url)
        must_be_public = isinstance(rules, SourceRules) and rules.must_be_public(request.url)
        request.meta[MUST_BE_PUBLIC] = must_be_public  # the connection is judged as well
        if objection is None and must_be_public:
            host = urlsplit(request.url).hostname or ""
            if not await self._is_public(host):
                objection = f"the address leads to {host[:100]}, which is not a public host"
        if objection:
            redirected = "redirected: " if request.meta.get("redirect_times") else ""
            raise NotAsked(Outcome.BROKEN, f"{redirected}{objection}")

    async def _is_public(self, host: str) -> bool:
        """Looks a host up once a crawl; one that cannot be found is left for the request to fail on."""
        if host not in self._public:
            try:
                found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
            except OSError:
                return True
            self._public[host] = all(is_public(str(place[4][0])) for place in found)
        return self._public[host]


def get_host_rules(crawler: Crawler) -> HostRules:
    """The host rules of a crawl's settings."""
    settings = crawler.settings
    return HostRules.of(settings["LETTERWATCH_REPORTS_URL"], settings.getlist("LETTERWATCH_FILES_HOSTS"))
