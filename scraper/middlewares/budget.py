"""Counts every request by host, repeats and robots.txt included, and keeps within the day's budget."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.desk import Desk, get_desk
from scraper.failures import NotAsked
from state import Outcome


class BudgetMiddleware:
    """The last gate before the network: what passes is spent."""

    def __init__(self, desk: Desk, budget: int) -> None:
        self._desk = desk
        self._budget = budget

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(get_desk(crawler), crawler.settings.getint("LETTERWATCH_REQUESTS_PER_DAY"))

    def process_request(self, request: Request) -> None:
        """Lets a request pass and counts it; raises NotAsked where the day's budget is used up."""
        host = urlsplit(request.url).netloc
        if not self._desk.spend(host, self._budget):
            cause = f"not asked: the day's budget of {self._budget} requests to {host} is used up"
            raise NotAsked(Outcome.TRANSIENT, cause)

    def process_response(self, request: Request, response: Response) -> Response:
        """Counts the bytes that came."""
        self._desk.note_received(urlsplit(request.url).netloc, len(response.body))
        return response
