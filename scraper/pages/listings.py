"""Pages that list stories where a publisher has no feed: headlines with links, and the dates beside them."""

import re
from collections.abc import Iterator
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from scraper.pages.feeds import Feed, FeedItem, FeedKind, make_item
from scraper.pages.identities import canonicalise, host_family, is_same_family
from scraper.pages.markup import PageBroken, get_attribute, get_text, parse_markup
from scraper.pages.moments import find_moment
from scraper.pages.urls import join_url

LISTINGS_VERSION = 1
"""Raised whenever the same page gives other items."""
_FEWEST_WORDS = 4  # of a headline; menus have fewer
_MOST = 200
_HEADINGS = re.compile(r"^h[1-5]$")
_CARD = re.compile(
    r"\b(?:article|card|news|story|teaser|promo|listing|result|item|post|release)", re.IGNORECASE
)
_NOT_A_STORY = re.compile(
    r"/(?:tag|tags|topic|topics|author|authors|category|account|login|subscribe|newsletters?|privacy|cookies?"
    r"|contact|about|terms|jobs|advertise|search)(?:/|$)",
    re.IGNORECASE,
)


def parse_listing(body: bytes, url: str) -> Feed:
    """Reads the stories a page lists; raises PageBroken where it lists none."""
    soup = parse_markup(body)
    title = get_text(soup.title) if soup.title else ""
    items: dict[str, FeedItem] = {}
    for item in _find_stories(soup, url):
        items.setdefault(item.identity, item)
        if len(items) == _MOST:
            break
    if not items:
        raise PageBroken("the page lists no story")
    return Feed(FeedKind.PAGE, title, tuple(items.values()))


def _find_stories(soup: BeautifulSoup, url: str) -> Iterator[FeedItem]:
    """Links with a headline's length that stand in a heading, or in something called a card or a story."""
    own = canonicalise(url)
    for furniture in soup.select("nav, header nav, footer, aside, form, script, style"):
        furniture.decompose()
    for link in soup.select("a[href]"):
        address = join_url(url, get_attribute(link, "href"))
        if not address.startswith(("http://", "https://")) or not is_same_family(address, url):
            continue
        headline, place = _find_headline(link), _find_place(link)
        if place is None or len(headline.split()) < _FEWEST_WORDS or _NOT_A_STORY.search(address):
            continue
        item = make_item(address, headline, _find_teaser(place, headline), _find_date(place))
        if item is not None and item.url != own and item.identity != host_family(url) + "/":
            yield item


def _find_headline(link: Tag) -> str:
    """The link's heading where a whole card is the link, else its text."""
    heading = link.find(_HEADINGS)
    return get_text(heading) if isinstance(heading, Tag) else get_text(link)


def _find_place(link: Tag) -> Tag | None:
    """What holds a story's headline, teaser and date; None for a link anywhere else."""
    if link.find(_HEADINGS) is not None:
        parent = link.parent
        return parent if isinstance(parent, Tag) and _is_card(parent) else link
    for around in list(link.parents)[:5]:
        if around.name in ("article", "li", "tr", "dt", "dd") or _is_card(around):
            return around
        if _HEADINGS.match(around.name):
            return around.parent
    return None


def _is_card(tag: Tag) -> bool:
    return tag.name == "article" or any(
        _CARD.search(name) for name in tag.get_attribute_list("class") if name
    )


def _find_teaser(place: Tag, headline: str) -> str:
    text = next((get_text(tag) for tag in place.find_all("p", limit=3) if len(get_text(tag)) > 40), "")
    return "" if text == headline else text


def _find_date(place: Tag) -> datetime | None:
    stamp = place.find("time")
    texts = [get_attribute(stamp, "datetime"), get_text(stamp)] if isinstance(stamp, Tag) else []
    return next(filter(None, map(find_moment, (*texts, place.get_text(" ")))), None)
