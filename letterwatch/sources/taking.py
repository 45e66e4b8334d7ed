"""What would be taken from a page or feed now: fetched once within limits, read, and kept nowhere."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from protego import Protego

from letterwatch.config import Config, ConfigError
from letterwatch.reading.documents import find_rules
from letterwatch.reading.exchange import OpenRules
from letterwatch.reading.fetching import FetchError, fetch_document
from letterwatch.sources.press import PressRegister
from letterwatch.watching.crawl import user_agent
from scraper.pages import (
    Feed,
    PageBroken,
    find_urn,
    parse_feed,
    parse_listing,
    parse_provider_page,
    parse_search_page,
)
from scraper.pages.relevance import may_matter
from state import suggest

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry of a page or feed; `opened`: whether a round of news would look into it."""

    title: str  #: its title
    url: str  #: its address
    published: datetime | date | None = None  #: when, as the page says
    opened: bool | None = None  #: whether a round of news would look into it


@dataclass(frozen=True, slots=True)
class Preview:
    """A page or feed as it reads now."""

    url: str  #: what was fetched
    kind: str  #: what it turned out to be
    items: tuple[Taken, ...]  #: what it lists
    flaw: str | None = None  #: what is wrong with it, where something is


def preview(name_or_url: str, config: Config) -> Preview:
    """Fetches and reads; raises ConfigError, FetchError or PageBroken with one line."""
    url = _find_address(name_or_url, config)
    agent = user_agent(config)
    rules = find_rules(config)
    _ask_robots(url, rules, agent)
    return read_preview(fetch_document(url, rules, agent), url)


def read_preview(body: bytes, url: str) -> Preview:
    """Reads whatever a body is: an authority's page, the search, a feed, a page that lists stories."""
    if find_urn(url):
        page = parse_provider_page(body, url)
        entries = tuple(Taken(entry.title, entry.url, entry.published_on) for entry in page.entries)
        return Preview(url, f"authority's page of {page.name}", entries)
    if urlsplit(url).path.endswith("/search") and b"results-count" in body:
        rows = parse_search_page(body, url).rows
        return Preview(
            url, "Ofsted's search", tuple(Taken(row.name, row.page_url, row.latest_report_on) for row in rows)
        )
    try:
        return _show_feed(parse_feed(body, url), url)
    except PageBroken as no_feed:
        if "web page" not in no_feed.cause:
            raise
        return _show_feed(parse_listing(body, url), url)


def _show_feed(feed: Feed, url: str) -> Preview:
    items = tuple(Taken(item.title, item.url, item.published_at, may_matter(item)) for item in feed.items)
    return Preview(url, feed.kind.value, items[:MOST_SHOWN], feed.flaw)


def _find_address(name: str, config: Config) -> str:
    if name.startswith(("http://", "https://")):
        return name
    own = (entry.address for entry in config.news if entry.name.casefold() == name.casefold())
    registered = PressRegister.load().find(name)
    found = next(filter(None, own), None) or (registered.url if registered else None)
    if found is None:
        names = (*(entry.name for entry in config.news), *PressRegister.load().names())
        raise ConfigError(
            f'no source is called "{name}"{suggest(name, names)}; give a name of [[news]] or the register, '
            "or an address that begins with https://"
        )
    return found


def _ask_robots(url: str, rules: OpenRules, agent: str) -> None:
    """Raises FetchError where a host's robots.txt forbids the page; a host without one forbids nothing."""
    parts = urlsplit(url)
    try:
        text = fetch_document(f"{parts.scheme}://{parts.netloc}/robots.txt", rules, agent)
    except FetchError:
        return
    if not Protego.parse(text[:500_000].decode("utf-8", errors="replace")).can_fetch(url, "Letterwatch"):
        raise FetchError(f"{url}: the robots.txt of {parts.netloc} forbids the page")
