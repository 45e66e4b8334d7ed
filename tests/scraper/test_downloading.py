"""The two doors of a download: a name that leads to a private host after it was looked up gains nothing."""

import asyncio
import os
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import certifi
import pytest
from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from scraper.downloading import MUST_BE_PUBLIC, GuardedDownloadHandler, get_context
from scraper.failures import judge_failure
from scraper.sources import NewsSource
from scraper.spiders.news import NewsSpider
from state import Outcome
from tests.scraper.crawling import RecordingDesk, crawl_settings
from tests.scraper.spiders.newsroom import OFSTED, PAPER, Newsroom, crawl
from tests.servers.names import PRIVATE_HOSTS, Turncoat, name_proxy
from tests.servers.web import Answer, WebServer

PUBLIC = "93.184.216.34"


def download(url: str, *, must_be_public: bool) -> Response:
    """One download through the handler, as Scrapy would ask it."""

    async def ask() -> Response:
        crawler = AsyncCrawlerRunner(crawl_settings("http://127.0.0.1")).create_crawler(NewsSpider)
        crawler._apply_settings()
        handler = GuardedDownloadHandler(crawler)
        try:
            return await handler.download_request(Request(url, meta={MUST_BE_PUBLIC: must_be_public}))
        finally:
            await handler.close()

    return asyncio.run(ask())


def find_cause(ask: Callable[[], object]) -> tuple[Outcome, str | None]:
    with pytest.raises(Exception) as failed:  # noqa: PT011  which one is what is judged
        ask()
    judgement = judge_failure(failed.value)
    return judgement.outcome, judgement.cause


def test_a_name_that_turns_private_after_its_look_up_is_not_connected_to(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.serve("/secret", Answer("secret"))
    turncoat = Turncoat({"rebind.test": (PUBLIC, "127.0.0.1")})
    monkeypatch.setattr(socket, "getaddrinfo", turncoat)
    assert turncoat("rebind.test", 80)[0][4][0] == PUBLIC  # the look-up before the request
    url = f"http://rebind.test:{web.port}/secret"
    assert find_cause(lambda: download(url, must_be_public=True)) == (
        Outcome.BROKEN,
        "the address leads to a host that is not a public one",
    )
    assert web.connections == 0
    assert download(url, must_be_public=False).body == b"secret"  # the way is open; only the guard was shut


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_no_notation_of_a_private_host_opens_the_public_door(web: WebServer, host: str) -> None:
    assert find_cause(lambda: download(f"http://{host}:{web.port}/secret", must_be_public=True))[0] in (
        Outcome.BROKEN,
        Outcome.TRANSIENT,  # a notation that aiohttp hands to DNS as a name
    )
    assert web.connections == 0


def test_in_a_crawl_the_second_look_up_is_judged_as_well(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """robots.txt and story are both asked for by a name that was public when the crawl looked."""
    turncoat = Turncoat({"rebind.test": (PUBLIC, "127.0.0.1")})
    monkeypatch.setattr(socket, "getaddrinfo", turncoat)
    newsroom = Newsroom(web)
    newsroom.list_item(OFSTED, "http://rebind.test/a-1234567")
    desk = RecordingDesk()
    crawl(desk, NewsSource(PAPER, web.url("/rss"), elsewhere=True))
    look = desk.get_look("http://rebind.test/a-1234567")
    assert look.outcome is Outcome.BROKEN
    assert "not a public one" in (look.cause or "")
    assert len(turncoat.asked) >= 2


def test_a_proxy_of_the_environment_is_not_asked_in_our_place(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom = Newsroom(web)
    story = newsroom.publish(OFSTED, 1234567)
    desk = RecordingDesk()
    with WebServer() as proxy:
        name_proxy(monkeypatch, proxy.url())
        crawl(desk, newsroom.source)
        assert proxy.connections == 0
    assert desk.get_look(web.url(story)).outcome is Outcome.OK


def test_scrapy_is_left_no_handler_but_for_the_web() -> None:
    """No files, no FTP, no buckets, no data: addresses, whatever a rule before them might let pass."""
    handlers = crawl_settings("http://127.0.0.1").getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_all_crawls_share_a_tls_context_until_the_certificates_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(Path(certifi.where()).read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    settings = crawl_settings("https://reports.test")
    context = get_context(settings)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert get_context(crawl_settings("https://other.test")) is context
    lax = get_context(crawl_settings("https://reports.test", DOWNLOAD_VERIFY_CERTIFICATES=False))
    assert lax.verify_mode is ssl.CERT_NONE
    context = get_context(settings)
    os.utime(trusted, ns=(1, 1))
    assert get_context(settings) is not context
