"""Keeps back every request, redirected ones too, that leads to a host nobody configured."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.addresses import HostRules
from scraper.failures import NotAsked
from state import Outcome


class HostMiddleware:
    """Asks the host rules before each hop."""

    def __init__(self, rules: HostRules) -> None:
        self._rules = rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(get_host_rules(crawler))

    def process_request(self, request: Request) -> None:
        """Lets a request pass or raises NotAsked."""
        objection = self._rules.find_objection(request.url)
        if objection:
            redirected = "redirected: " if request.meta.get("redirect_times") else ""
            raise NotAsked(Outcome.BROKEN, f"{redirected}{objection}")


def get_host_rules(crawler: Crawler) -> HostRules:
    """The host rules of a crawl's settings."""
    settings = crawler.settings
    return HostRules.of(settings["LETTERWATCH_REPORTS_URL"], settings.getlist("LETTERWATCH_FILES_HOSTS"))
