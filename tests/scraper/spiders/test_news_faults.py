"""Bad feeds: one clear line each, and nothing else harmed."""

import gzip
from datetime import timedelta

import pytest

from scraper.sources import NewsSource
from state import KnownFeed, Outcome, Verdict
from tests.scraper.crawling import NOW, RecordingDesk
from tests.scraper.pages.test_feeds import bomb
from tests.scraper.spiders.newsroom import OFSTED, PAPER, Newsroom, crawl
from tests.servers.web import Answer, Drop, Script, WebServer, redirect

BAD = "Bad Paper"
XML = "application/rss+xml"
ITEM = "<item><title>Ofsted letter out today</title><link>{}</link></item>"


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>'


OWN = "not the source's own host"
FAULTS: dict[str, tuple[Script, Outcome, str]] = {
    "broken XML": (Answer("<rss><channel><item>", content_type=XML), Outcome.BROKEN, "ends before its end"),
    "entity bomb": (Answer(bomb(), content_type=XML), Outcome.BROKEN, "declares entities of its own"),
    "100 MB": (Answer(b" " * 100_000_000, content_type=XML), Outcome.BROKEN, "larger than allowed"),
    "gzip bomb": (
        Answer(gzip.compress(b" " * 100_000_000), content_type=XML, headers={"Content-Encoding": "gzip"}),
        Outcome.BROKEN,
        "larger than allowed",
    ),
    "HTML": (Answer("<!doctype html><html>A</html>"), Outcome.BROKEN, "a web page instead of a feed"),
    "a page that refuses us": (Answer("<html>Access denied</html>"), Outcome.BLOCKED, "refuses us"),
    "endless redirects": (redirect("/bad"), Outcome.BROKEN, "redirects too often"),
    "a redirect to a private address": (redirect("http://127.0.0.1:9/x"), Outcome.BROKEN, OWN),
    "a redirect to another host": (redirect("http://10.0.0.1/x"), Outcome.BROKEN, OWN),
    "truncated": (Answer(rss(ITEM), claim_length=9000), Outcome.TRANSIENT, "broke in mid-download"),
    "reset": (Answer(drop=Drop.BEFORE_HEADERS), Outcome.TRANSIENT, "broke before an answer"),
    "nothing": (Answer(""), Outcome.BROKEN, "sent nothing"),
    "403": (Answer("no", 403), Outcome.BLOCKED, "403 (Forbidden)"),
    "404": (Answer("no", 404), Outcome.GONE, "404 (Not Found)"),
    "410": (Answer("no", 410), Outcome.GONE, "410 (Gone)"),
    "500": (Answer("no", 500), Outcome.TRANSIENT, "500"),
    "binary": (Answer(b"\x89PNG\r\n\x1a\n" * 9), Outcome.BROKEN, "something else than a feed"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_feed_is_one_clear_line_and_its_neighbour_is_read(web: WebServer, fault: str) -> None:
    script, outcome, words = FAULTS[fault]
    web.serve("/bad", script)
    with WebServer() as other:
        newsroom = Newsroom(other)
        newsroom.publish(OFSTED, 1000001)
        desk = RecordingDesk()
        assert crawl(desk, NewsSource(BAD, web.url("/bad")), newsroom.source) == "finished"
    looks = {feed.source: feed.look for feed in desk.feeds}
    assert (looks[BAD].outcome, looks[PAPER].outcome) == (outcome, Outcome.OK)
    cause = looks[BAD].cause or ""
    assert words in cause
    assert "\n" not in cause
    assert len(desk.articles) == 1


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:9/news/a-1234567",
        "http://localhost/news/a-1234567",
        "http://[::1]/news/a-1234567",
        "http://169.254.169.254/latest/meta-data-1234567",
        "http://10.1.2.3/news/a-1234567",
        "https://evil.example/news/a-1234567",
    ],
)
def test_a_link_to_a_private_or_foreign_address_is_never_asked(web: WebServer, link: str) -> None:
    newsroom = Newsroom(web)
    newsroom.list_item(OFSTED, link)
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    look = desk.get_look(link)
    assert (look.outcome, look.status) == (Outcome.BROKEN, None)
    assert "not the source's own host" in (look.cause or "")
    assert [found.partial for found in desk.articles] == [True]  # judged by its headline


@pytest.mark.parametrize(
    "link", ["http://localhost/a-1234567", "http://127.0.0.1/a-1234567", "http://[::1]/a-1234567"]
)
def test_even_where_stories_may_lie_anywhere_no_private_host_is_asked(web: WebServer, link: str) -> None:
    newsroom = Newsroom(web)
    newsroom.list_item(OFSTED, link)
    desk = RecordingDesk()
    crawl(desk, NewsSource(PAPER, web.url("/rss"), elsewhere=True))
    assert "not a public host" in (desk.get_look(link).cause or "")


def test_a_story_that_redirects_to_a_private_address_is_stopped_at_that_hop(web: WebServer) -> None:
    with WebServer() as inside:
        inside.serve("/secret", Answer("<h1>secret</h1>"))
        newsroom = Newsroom(web)
        path = newsroom.publish(OFSTED, 1000001)
        web.serve(path, redirect(inside.url("/secret")))
        desk = RecordingDesk()
        crawl(desk, newsroom.source)
        assert inside.asked() == []
    assert (desk.get_look(web.url(path)).cause or "").startswith(
        "redirected: the address leads to 127.0.0.1:"
    )


def test_wrong_dates_are_no_reason_to_lose_a_story(web: WebServer) -> None:
    newsroom = Newsroom(web)
    newsroom.publish(OFSTED, 1000001, on="Thu, 99 Xyz 2019 99:99:99 GMT")
    newsroom.publish("Ofsted report of the future", 1000002, on="Fri, 01 Nov 2090 16:52:00 GMT")
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert len(desk.openings) == 2
    assert desk.feeds[0].newest_at is None


def test_a_feed_that_refused_is_left_alone_until_its_time(web: WebServer) -> None:
    newsroom = Newsroom(web)
    newsroom.publish(OFSTED, 1000001)
    for hours, asked in ((5, False), (-1, True), (100, True)):  # 100: the clock was set back
        rests = KnownFeed(PAPER, Verdict.BLOCKED, failures=1, rests_until=NOW + timedelta(hours=hours))
        desk = RecordingDesk(feeds_known={PAPER: rests})
        crawl(desk, newsroom.source)
        assert bool(desk.feeds) is asked


def test_a_page_that_broke_is_kept_as_evidence(web: WebServer) -> None:
    web.serve("/bad", Answer("<!doctype html><html><h1>Moved</h1></html>"))
    desk = RecordingDesk()
    crawl(desk, NewsSource(BAD, web.url("/bad")))
    assert b"Moved" in desk.bodies[desk.feeds[0].look.page_sha256 or ""]


@pytest.mark.parametrize("notice", ["Access denied", "Welcome to our site", "Please accept cookies"])
def test_a_notice_in_the_place_of_a_story_leaves_its_headline_to_speak(web: WebServer, notice: str) -> None:
    newsroom = Newsroom(web)
    path = newsroom.publish(OFSTED, 1000001)
    web.serve(path, Answer(f"<!doctype html><html><body><h1>{notice}</h1><p>Hello.</p></body></html>"))
    desk = RecordingDesk()
    assert crawl(desk, newsroom.source) == "finished"
    (found,) = desk.articles
    assert (found.title, found.in_scope) == (OFSTED, True)
