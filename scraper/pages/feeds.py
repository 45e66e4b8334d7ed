"""Feeds to items: RSS, Atom, JSON Feed and news sitemaps, told apart by what they are."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from scraper.pages.identities import canonicalise, find_identity
from scraper.pages.markup import PageBroken
from scraper.pages.moments import find_moment
from scraper.pages.prose import flatten
from scraper.pages.urls import join_url

FEEDS_VERSION = 1
"""Raised whenever the same feed gives other items."""
MAX_FEED = 3_000_000  # bytes; real feeds have about 44,000
MOST_ITEMS = 1_000  # a news sitemap has at most as many
_LONGEST_TITLE, _LONGEST_SUMMARY = 300, 1_000
_TAG = re.compile(r"<[^>]{0,2000}>")
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_ENDS = (b"</rss>", b"</feed>", b"</rdf:rdf>", b"</urlset>", b"/>")


class FeedKind(StrEnum):
    """What a source's stories are listed in."""

    RSS = "RSS"
    ATOM = "Atom"
    JSON = "JSON Feed"
    SITEMAP = "news sitemap"
    PAGE = "listing page"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A story as a feed lists it; `identity` is the publisher's, whatever the address says."""

    url: str
    identity: str
    title: str
    summary: str = ""
    published_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Changes whenever the entry does."""
        text = "\n".join((self.title, self.summary, str(self.published_at)))
        return sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read; `flaw` says what is wrong with one that could be read all the same."""

    kind: FeedKind
    title: str
    items: tuple[FeedItem, ...]
    flaw: str | None = None

    @property
    def newest_at(self) -> datetime | None:
        """The time of the newest item that has one."""
        return max((item.published_at for item in self.items if item.published_at), default=None)


def parse_feed(body: bytes, url: str) -> Feed:
    """Reads a feed of whatever kind; raises PageBroken where it is none, or where it hides something."""
    if len(body) > MAX_FEED:
        raise PageBroken(f"the feed has {len(body):,} bytes, more than {MAX_FEED:,}")
    start = body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _parse_json(body, url)
    if b"<!entity" in body[:100_000].lower():
        raise PageBroken("the feed declares entities of its own, which no honest feed does")
    head = start.lower()
    if b"<urlset" in head:
        return _parse_sitemap(body, url)
    if b"<sitemapindex" in head:
        raise PageBroken("a sitemap of sitemaps; name the one that lists the news")
    if b"<rss" not in head and b"<feed" not in head and b"<rdf:rdf" not in head:
        is_page = re.search(rb"<(!doctype html|html|head|body)\b", head) is not None
        raise PageBroken(
            "the server sent a web page instead of a feed"
            if is_page
            else "the server sent something else than a feed"
        )
    return _parse_xml(body, url)


def _parse_xml(body: bytes, url: str) -> Feed:
    """RSS and Atom by feedparser, which forgives much; what it forgave is the feed's flaw."""
    try:
        parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser lets out whatever its codecs and entities raise
        raise PageBroken(f"the feed cannot be read ({type(error).__name__})") from error
    flaw = _find_flaw(parsed, body)
    items = _gather(parsed.entries, lambda entry: _read_entry(entry, url))
    if flaw and not items:
        raise PageBroken(flaw)
    kind = FeedKind.ATOM if str(parsed.version).startswith("atom") else FeedKind.RSS
    return Feed(kind, _plain(parsed.feed.get("title"), _LONGEST_TITLE), items, flaw)


def _find_flaw(parsed: feedparser.FeedParserDict, body: bytes) -> str | None:
    """None for a well-formed feed and for one that only states a wrong charset."""
    if not parsed.bozo or isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        return None
    if not body.rstrip().lower().endswith(_ENDS):
        return "the feed ends before its end"
    line = getattr(parsed.bozo_exception, "getLineNumber", lambda: None)()
    return f"the feed is not well-formed XML{f', line {line}' if line else ''}"


def _read_entry(entry: feedparser.FeedParserDict, url: str) -> tuple[str, str, str, str]:
    """Address, title, summary and date as they stand."""
    links = entry.get("links", [])
    alternates = [link.get("href") for link in links if link.get("rel") == "alternate"]
    address = next((link for link in (*alternates, entry.get("link"), entry.get("id")) if link), "")
    date = next((entry[name] for name in ("published", "updated", "created") if name in entry), "")
    summary = entry.get("summary") or next((one.get("value") for one in entry.get("content", [])), "")
    return _join(url, str(address)), entry.get("title", ""), summary, date


def _parse_json(body: bytes, url: str) -> Feed:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        raise PageBroken("the feed is no valid JSON") from None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        raise PageBroken("the server sent JSON that is no JSON Feed")
    entries = feed.get("items")
    items = _gather(entries if isinstance(entries, list) else [], lambda entry: _read_json(entry, url))
    return Feed(FeedKind.JSON, _plain(feed.get("title"), _LONGEST_TITLE), items)


def _read_json(entry: Any, url: str) -> tuple[str, str, str, str]:
    if not isinstance(entry, Mapping):
        return "", "", "", ""
    texts = (entry.get(name) for name in ("summary", "content_text", "content_html"))
    dates = (entry.get(name) for name in ("date_published", "date_modified"))
    address = entry.get("url") or entry.get("external_url") or entry.get("id") or ""
    return (
        _join(url, str(address)),
        entry.get("title") or "",
        next((text for text in texts if text), ""),
        next((date for date in dates if date), ""),
    )


def _parse_sitemap(body: bytes, url: str) -> Feed:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(body, parser)
    if root is None:
        raise PageBroken("the sitemap is no XML")
    flaw = None if body.rstrip().lower().endswith(_ENDS) else "the feed ends before its end"
    items = _gather(root.iter(f"{_SITEMAP}url"), lambda entry: _read_place(entry, url))
    if flaw and not items:
        raise PageBroken(flaw)
    return Feed(FeedKind.SITEMAP, "", items, flaw)


def _read_place(place: Any, url: str) -> tuple[str, str, str, str]:
    """A sitemap's entry; one without a news title is not a story."""

    def text(*path: str) -> str:
        return (place.findtext("/".join(path)) or "").strip()

    date = text(f"{_NEWS}news", f"{_NEWS}publication_date") or text(f"{_SITEMAP}lastmod")
    title = text(f"{_NEWS}news", f"{_NEWS}title")
    return _join(url, text(f"{_SITEMAP}loc")), title, text(f"{_NEWS}news", f"{_NEWS}keywords"), date


def _join(url: str, address: str) -> str:
    """An item's address; empty where it has none, lest it lead back to the feed."""
    return join_url(url, address.strip()) if address.strip() else ""


def _gather(entries: Iterable[Any], read: Callable[[Any], tuple[str, str, str, str]]) -> tuple[FeedItem, ...]:
    """The stories of a feed, each once; an entry without title or web address is none."""
    items: dict[str, FeedItem] = {}
    for item in _make_items(entries, read):
        items.setdefault(item.identity, item)
        if len(items) == MOST_ITEMS:
            break
    return tuple(items.values())


def _make_items(
    entries: Iterable[Any], read: Callable[[Any], tuple[str, str, str, str]]
) -> Iterator[FeedItem]:
    for entry in entries:
        address, title, summary, date = read(entry)
        item = make_item(address, title, summary, find_moment(str(date)))
        if item is not None:
            yield item


def make_item(
    address: str, title: Any, summary: Any = "", published_at: datetime | None = None
) -> FeedItem | None:
    """A story as a list tells of it; None without a title, or where its address is no web address."""
    plain = _plain(title, _LONGEST_TITLE)
    if not plain or not address.startswith(("http://", "https://")) or len(address) > 2000:
        return None
    try:
        url, identity = canonicalise(address), find_identity(address)
    except ValueError:
        return None
    return FeedItem(url, identity, plain, _plain(summary, _LONGEST_SUMMARY), published_at)


def _plain(text: Any, longest: int) -> str:
    """A feed's text without markup, whether its entities were written once or twice."""
    if not isinstance(text, str):
        return ""
    return flatten(_TAG.sub(" ", unescape(_TAG.sub(" ", text[: longest * 20]))))[:longest]
