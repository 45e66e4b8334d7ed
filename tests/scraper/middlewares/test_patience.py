"""Pauses: between requests, asked for by a host, and cut short when the crawl is stopped."""

import asyncio
import threading
import time

from scrapy.crawler import AsyncCrawlerRunner

from scraper.desk import seat
from scraper.spiders.ofsted import OfstedSpider
from state import Outcome
from tests.scraper.crawling import RecordingDesk, crawl_settings, run_crawl
from tests.servers.ofsted import WAKEFIELD, Site
from tests.servers.web import Answer, Ask, WebServer, busy


def test_requests_to_a_host_keep_their_distance(web: WebServer, site: Site) -> None:
    began = time.monotonic()
    run_crawl(RecordingDesk(), web.url(), {"DOWNLOAD_DELAY": 0.1})
    assert len(web.asked()) == 7
    assert time.monotonic() - began >= 6 * 0.1


def test_a_pause_is_a_pause_of_the_whole_crawl(web: WebServer, site: Site) -> None:
    moments: dict[str, float] = {}

    def stamp(ask: Ask) -> Answer:
        moments.setdefault(ask.path, time.monotonic())
        return busy(retry_after=1) if ask.path == WAKEFIELD else Answer(site.places[1].render())

    web.serve(WAKEFIELD, stamp, Answer(site.places[0].render()))
    web.serve("/provider/44/80550", stamp)
    run_crawl(RecordingDesk(), web.url())
    assert moments["/provider/44/80550"] - moments[WAKEFIELD] >= 1


def test_a_stop_does_not_wait_for_a_pause_to_end(web: WebServer, site: Site) -> None:
    asked = threading.Event()

    def refuse(_ask: Ask) -> Answer:
        asked.set()
        return busy(retry_after=100)

    web.serve(WAKEFIELD, refuse)
    desk = RecordingDesk()

    async def crawl() -> float:
        runner = AsyncCrawlerRunner(crawl_settings(web.url()))
        crawler = runner.create_crawler(OfstedSpider)
        seat(crawler, desk)
        crawling = asyncio.ensure_future(runner.crawl(crawler))
        await asyncio.to_thread(asked.wait)
        began = time.monotonic()
        await runner.stop()
        await crawling
        return time.monotonic() - began

    assert asyncio.run(crawl()) < 5
    look = desk.get_look(web.url(WAKEFIELD))
    assert look.outcome is Outcome.TRANSIENT
    assert desk.found == []
