"""A desk whose state stays away ends the crawl: the page that it was asked for is not to blame."""

from collections.abc import Collection, Mapping

import pytest
from scrapy.exceptions import CloseSpider

from scraper.sources import NewsSource
from scraper.spiders.news import NewsSpider
from state import Validators
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.scraper.spiders.newsroom import OFSTED, PAPER, Newsroom
from tests.servers.ofsted import Site
from tests.servers.web import WebServer

AWAY = CloseSpider("the state does not answer")


class AwayDesk(RecordingDesk):
    """Its state stays away at one question."""

    question = ""

    async def find_robots(self, host: str) -> str | None:
        self._answer("find_robots")
        return await super().find_robots(host)

    async def keep_robots(self, host: str, text: str) -> None:
        self._answer("keep_robots")
        await super().keep_robots(host, text)

    async def find_validators(self, url: str) -> Validators | None:
        self._answer("find_validators")
        return await super().find_validators(url)

    async def find_openings(self, identities: Collection[str]) -> Mapping[str, str]:
        self._answer("find_openings")
        return await super().find_openings(identities)

    def _answer(self, question: str) -> None:
        if question == self.question:
            raise AWAY


@pytest.mark.parametrize("question", ["find_robots", "keep_robots", "find_validators"])
def test_what_a_middleware_asks_in_vain_is_no_look(web: WebServer, site: Site, question: str) -> None:
    desk = AwayDesk()
    desk.question = question
    assert run_crawl(desk, web.url(), rhythm="poll") == AWAY.reason
    assert desk.looks == []
    assert {ask.path for ask in web.asked()} <= {"/robots.txt"}


def test_what_a_spider_asks_in_vain_is_no_fault_of_its_own(web: WebServer) -> None:
    newsroom = Newsroom(web)
    newsroom.list_item(OFSTED, web.url("/a-1234567"))
    desk = AwayDesk(news=[NewsSource(PAPER, web.url("/rss"))])
    desk.question = "find_openings"
    assert run_crawl(desk, web.url(), spider=NewsSpider) == AWAY.reason
    assert desk.looks == []
