"""Feeds that are none, hide something, or are half broken: one clear line each."""

import json
import tracemalloc

import pytest

from scraper.pages import FeedKind, PageBroken, parse_feed, parse_listing

URL = "https://www.ashmereexpress.example/rss"
ITEM = "<item><title>Ofsted letter out today</title><link>/news/a-1234567</link><pubDate>{}</pubDate></item>"


def rss(*items: str, head: str = '<?xml version="1.0"?>') -> bytes:
    return f'{head}<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'.encode()


def bomb() -> bytes:
    """A billion laughs."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>'
    return rss("<item><title>&l11;</title><link>/a-1234567</link></item>", head=head)


OUTSIDE = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>'
NO_PAGE = "the server sent a web page instead of a feed"
MANY = "a sitemap of sitemaps; name the one that lists the news"
CAUSES = {
    "web page": (b"<!doctype html><html><body>No</body></html>", NO_PAGE),
    "text": (b"not a feed at all", "the server sent something else than a feed"),
    "nothing": (b"", "the server sent something else than a feed"),
    "binary": (b"\x00\x01\x02" * 50, "the server sent something else than a feed"),
    "entity bomb": (bomb(), "the feed declares entities of its own, which no honest feed does"),
    "outside entity": (OUTSIDE, "the feed declares entities of its own, which no honest feed does"),
    "too large": (rss().ljust(3_000_001), "the feed has 3,000,001 bytes, more than 3,000,000"),
    "truncated": (rss(ITEM.format(""))[:60], "the feed ends before its end"),
    "broken JSON": (b'{"version": "https://jsonfeed.org/version/1", ', "the feed is no valid JSON"),
    "deep JSON": (b'{"a":' * 100_000, "the feed is no valid JSON"),
    "other JSON": (b'{"error": "no"}', "the server sent JSON that is no JSON Feed"),
    "sitemap index": (b"<sitemapindex></sitemapindex>", MANY),
}  # fmt: skip


@pytest.mark.parametrize("name", CAUSES)
def test_what_is_no_feed_says_so_in_one_line(name: str) -> None:
    body, cause = CAUSES[name]
    tracemalloc.start()
    with pytest.raises(PageBroken) as broken:
        parse_feed(body, URL)
    assert broken.value.cause == cause
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        b"<rssk>&#x99999999;",
        b"<rssd>&#xD800;",
        b'<?xml encoding="\xc0"?><rss></rss>',
    ],
)
def test_what_the_library_trips_over_is_one_line(body: bytes) -> None:
    """Each ended in an exception of feedparser's own once, found by `make fuzz`."""
    with pytest.raises(PageBroken, match="the feed cannot be read"):
        parse_feed(body, URL)


def test_a_feed_that_breaks_off_gives_what_it_has_and_says_so() -> None:
    body = rss(ITEM.format("Fri, 20 Nov 2026 17:02:00 +0000"), ITEM)[:-60]
    feed = parse_feed(body, URL)
    assert feed.flaw == "the feed ends before its end"
    assert [item.identity for item in feed.items] == ["ashmereexpress.example/1234567"]


def test_a_stray_ampersand_is_forgiven_and_named() -> None:
    feed = parse_feed(rss(ITEM.format("").replace("letter", "letter & more")), URL)
    assert feed.flaw == "the feed is not well-formed XML, line 1"
    assert feed.items[0].title == "Ofsted letter & more out today"


@pytest.mark.parametrize("date", ["", "soon", "Thu, 99 Xyz 2026 99:99:99 GMT", "0000-00-00", "9" * 400])
def test_a_wrong_date_is_no_date_and_the_story_stays(date: str) -> None:
    [item] = parse_feed(rss(ITEM.format(date)), URL).items
    assert item.published_at is None
    assert item.url == "https://www.ashmereexpress.example/news/a-1234567"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "http://[::1", "data:,x"])
def test_an_item_that_leads_nowhere_is_none(link: str) -> None:
    body = rss(f"<item><title>Click here now please</title><link>{link}</link></item>")
    assert not [item for item in parse_feed(body, URL).items if not item.url.startswith("https://www.ash")]


def test_a_stated_charset_that_is_wrong_is_read_all_the_same() -> None:
    head = '<?xml version="1.0" encoding="us-ascii"?>'
    feed = parse_feed(rss(ITEM.format("").replace("letter", "“letter”"), head=head), URL)
    assert feed.items[0].title == "Ofsted “letter” out today"
    latin = rss(ITEM.format("").replace("letter", "café"), head='<?xml version="1.0" encoding="utf-8"?>')
    assert "caf" in parse_feed(latin.decode().encode("latin-1"), URL).items[0].title


def test_titles_lose_markup_and_marks_of_direction() -> None:
    title = "&lt;b&gt;Ofsted&lt;/b&gt; &amp;amp; the \u202ecouncil"
    item = f"<item><title>{title}</title><link>/a-1234567</link></item>"
    assert parse_feed(rss(item), URL).items[0].title == "Ofsted & the council"


def test_a_feed_of_many_items_is_cut() -> None:
    items = [{"url": f"https://x.example/{n}", "title": f"Title {n}"} for n in range(3000)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    feed = parse_feed(body, "https://x.example/feed.json")
    assert (feed.kind, len(feed.items)) == (FeedKind.JSON, 1000)


def test_a_mark_changes_with_the_entry_and_with_nothing_else() -> None:
    one, same = (parse_feed(rss(ITEM.format("1 Nov 2026")), URL).items[0] for _ in range(2))
    other = parse_feed(rss(ITEM.format("2 Nov 2026")), URL).items[0]
    assert one.mark == same.mark != other.mark


def test_a_page_without_stories_is_no_listing() -> None:
    page = b"<html><body><nav><a href='/a'>A long enough link here</a></nav><p>Nothing</p></body></html>"
    with pytest.raises(PageBroken, match="lists no story"):
        parse_listing(page, URL)
