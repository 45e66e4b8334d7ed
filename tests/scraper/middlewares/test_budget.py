"""The day's budget of requests to one host."""

from state import Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import Site
from tests.servers.web import WebServer


def test_every_request_is_counted_and_none_leaves_over_the_budget() -> None:
    with WebServer() as web:
        site = Site(web)
        site.authority("80451", "Wakefield").publish("1", "Monitoring visit", "01 November 2019")
        site.refresh()
        desk = RecordingDesk()
        run_crawl(desk, web.url(), {"LETTERWATCH_REQUESTS_PER_DAY": 3})
        host = web.url().partition("://")[2].rstrip("/")
        assert desk.spent == {host: 3}  # robots.txt, search and page; the document would be the fourth
        assert len(web.asked()) == 3
        assert desk.received[host] > 0
        document = desk.get_found("1").document
    assert document is not None
    assert document.outcome is Outcome.TRANSIENT
    assert document.cause == f"not asked: the day's budget of 3 requests to {host} is used up"
