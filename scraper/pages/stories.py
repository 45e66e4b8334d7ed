"""A story's page to an Article: JSON-LD, then meta, then what is visible."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from scraper.pages.article import Article
from scraper.pages.identities import canonicalise, find_identity, host_family, is_same_family
from scraper.pages.linked_data import find_story, read_names, read_text
from scraper.pages.markup import PageBroken, get_attribute, get_text, parse_markup
from scraper.pages.moments import find_moment
from scraper.pages.prose import clean_paragraphs, count_words, flatten, split_lines
from scraper.pages.urls import join_url

ARTICLES_VERSION = 1
"""Raised whenever the same page gives another Article."""
PARTIAL_BELOW = 150  # words of body
_BODY_AT_LEAST = 0.6  # of the extracted length, for articleBody to be taken as the text
_DOCUMENT = re.compile(r"\.pdf$|/documents/s\d+/|/v\d+/file/\d+$", re.IGNORECASE)
_PUBLISHER_BEHIND = re.compile(r"\s[|–-]\s[^|–]{2,40}$")
_LONGEST_TITLE, _LONGEST_STANDFIRST, _MOST_LINKS = 300, 600, 100
_DATES = (
    "article:published_time",
    "datePublished",
    "date",
    "pubdate",
    "dc.date.issued",
    "DC.date",
    "parsely-pub-date",
)
_VISIBLE_DATES = ", ".join(
    ("time", *(f"[class*={word}]" for word in ("date", "Date", "timestamp", "published", "byline", "meta")))
)
_BYLINES = "[rel=author], [itemprop=author], [class*=byline] a, [class*=author-name], [class*=byline]"
_STANDFIRSTS = "[class*=standfirst], [class*=Standfirst], [class*=sub-heading], [class*=article-intro]"


def parse_article(body: bytes, url: str, *, publisher: str = "", council: bool = False) -> Article:
    """Reads a story's page; raises PageBroken for what is no such page.

    `publisher` is what the source is called, for pages that do not name theirs. `council` says that the
    source is a council's; a page on a council's own host is one without being told.
    """
    soup = parse_markup(body)
    story = find_story(soup)
    title = _find_title(soup, story)
    if not title:
        raise PageBroken("the page has no headline")
    address = _find_address(soup, url)
    paragraphs = tuple(line for line in _find_paragraphs(soup, story) if line != title)
    return Article(
        url=address,
        identity=find_identity(address),
        title=title,
        publisher=_find_publisher(soup, story) or publisher or host_family(url),
        published_at=_find_published(soup, story),
        standfirst=_find_standfirst(soup, story),
        author=_find_author(soup, story),
        paragraphs=paragraphs,
        links=_find_links(soup, url, paragraphs),
        partial=count_words(paragraphs) < PARTIAL_BELOW,
        council=council or is_council_host(url),
    )


def find_own_address(body: bytes) -> str | None:
    """The address that a saved page gives as its own; None where it gives none."""
    soup = parse_markup(body)
    link = soup.find("link", rel="canonical")
    for named in (get_attribute(link, "href") if isinstance(link, Tag) else "", _meta(soup, "og:url")):
        if named.startswith(("http://", "https://")) and urlsplit(named).hostname:
            return named
    return None


def is_council_host(url: str) -> bool:
    """True for a council's own site: under gov.uk, and not the government's."""
    host = urlsplit(url).hostname or ""
    return host.endswith(".gov.uk") and host not in ("www.gov.uk", "assets.publishing.service.gov.uk")


def _find_title(soup: BeautifulSoup, story: Mapping[str, Any]) -> str:
    """The headline; a page's title often ends in the publisher's name, a heading never does."""
    heading = soup.select_one("article h1, main h1, h1")
    subject = soup.select_one("h2.mgSubTitleTxt")  # ModernGov: the heading says what sort of page it is
    visible = " - ".join(get_text(tag) for tag in (heading, subject) if tag)
    named = _meta(soup, "og:title", "twitter:title") or (get_text(soup.title) if soup.title else "")
    found = read_text(story.get("headline")) or visible or _PUBLISHER_BEHIND.sub("", named)
    return _one_line(found, _LONGEST_TITLE)


def _find_address(soup: BeautifulSoup, url: str) -> str:
    """The canonical address, where the page names one of its own publisher's."""
    link = soup.find("link", rel="canonical")
    for named in (get_attribute(link, "href") if isinstance(link, Tag) else "", _meta(soup, "og:url")):
        joined = join_url(url, named)
        is_web = bool(named) and joined.startswith(("http://", "https://"))
        if is_web and is_same_family(joined, url) and urlsplit(joined).path.strip("/"):
            return canonicalise(joined)
    return canonicalise(url)


def _find_publisher(soup: BeautifulSoup, story: Mapping[str, Any]) -> str:
    return _one_line(
        read_names(story.get("publisher")) or _meta(soup, "og:site_name", "application-name"), 100
    )


def _find_published(soup: BeautifulSoup, story: Mapping[str, Any]) -> datetime | None:
    """JSON-LD, meta, marked-up times, then the first visible text that is a date."""
    for text in _dates(soup, story):
        moment = find_moment(text)
        if moment is not None:
            return moment
    return None


def _dates(soup: BeautifulSoup, story: Mapping[str, Any]) -> Iterator[str]:
    yield read_text(story.get("datePublished"))
    yield from (_meta(soup, name) for name in _DATES)
    yield from (get_attribute(tag, "datetime") for tag in soup.select("time[datetime]", limit=5))
    yield from (get_text(tag) for tag in soup.select(_VISIBLE_DATES, limit=10))
    body = soup.find("article") or soup.find("main") or soup.body
    if isinstance(body, Tag):
        yield " ".join(body.get_text(" ")[:5000].split())[:500]


def _find_standfirst(soup: BeautifulSoup, story: Mapping[str, Any]) -> str | None:
    visible = soup.select_one(_STANDFIRSTS)
    found = (
        read_text(story.get("description"))
        or _meta(soup, "og:description", "description")
        or (get_text(visible) if visible else "")
    )
    return _one_line(found, _LONGEST_STANDFIRST) or None


def _find_author(soup: BeautifulSoup, story: Mapping[str, Any]) -> str | None:
    visible = soup.select_one(_BYLINES)
    meta = _meta(soup, "author", "parsely-author")
    found = read_names(story.get("author")) or meta or (get_text(visible) if visible else "")
    return re.sub(r"^by:?\s+", "", _one_line(found, 100), flags=re.IGNORECASE) or None


def _find_paragraphs(soup: BeautifulSoup, story: Mapping[str, Any]) -> tuple[str, ...]:
    """`articleBody` where it has most of the text; of equally long texts, the one that has paragraphs."""
    told = clean_paragraphs(split_lines(unescape(story["articleBody"]) if _has_body(story) else ""))
    seen = clean_paragraphs(split_lines(_extract(soup)))
    told_words, seen_words = count_words(told), count_words(seen)
    if told_words < _BODY_AT_LEAST * seen_words or not told:
        return seen
    if len(told) == 1 and len(seen) > 1 and seen_words >= 0.8 * told_words:
        return seen
    return tuple(flatten(re.sub(r"<[^>]{0,500}>", " ", paragraph)) for paragraph in told)


def _extract(soup: BeautifulSoup) -> str:
    """The main text of a page; empty where it has none."""
    import trafilatura  # noqa: PLC0415  # costs 0.2 s and 10 MB, needed only where a story is opened

    return trafilatura.extract(str(soup), include_comments=False, include_tables=False) or ""


def _has_body(story: Mapping[str, Any]) -> bool:
    return isinstance(story.get("articleBody"), str)


def _find_links(soup: BeautifulSoup, url: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Where the text's own paragraphs lead, and documents wherever they hang; not menus and teasers."""
    text = set(paragraphs)
    links: dict[str, None] = {}
    for anchor in soup.select("a[href]"):
        joined = join_url(url, get_attribute(anchor, "href"))
        if len(links) < _MOST_LINKS and joined.startswith(("http://", "https://")):
            is_paper = _DOCUMENT.search(urlsplit(joined).path) is not None
            if is_paper or _is_in_text(anchor, text):
                links[joined] = None
    return tuple(links)


def _is_in_text(anchor: Tag, text: set[str]) -> bool:
    """True where the link's own paragraph, or what it is part of, is one of the text's."""
    block = anchor.find_parent(["p", "li", "blockquote", "td"])
    own = clean_paragraphs([block.get_text(" "), block.get_text()]) if block is not None else ()
    return any(line in text or any(len(line) > 40 and line in other for other in text) for line in own)


def _meta(soup: BeautifulSoup, *names: str) -> str:
    for name in names:
        for kind in ("property", "name", "itemprop"):
            tag = soup.find("meta", attrs={kind: name})
            content = get_attribute(tag, "content") if isinstance(tag, Tag) else ""
            if content:
                return content
    return ""


def _one_line(text: str, longest: int) -> str:
    return flatten(text)[:longest].strip()
