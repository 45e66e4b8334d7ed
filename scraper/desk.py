"""What a crawl needs from outside: the desk it reports to.

Spiders, middlewares and pipelines know only this protocol. The app seats a desk over the state
(`letterwatch/watching/desk.py`); tests seat a plain object.

What is asked of the state is awaited. Where the state stays away, a question raises CloseSpider: no
middleware or spider may take that for the fault of the page it was asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from scraper.sources import NewsSource
from state import (
    ArticleFound,
    AuthoritySighting,
    FeedLook,
    KnownAuthority,
    KnownFeed,
    NoticeFound,
    Opening,
    PageLook,
    PublicationFound,
    Reading,
    Validators,
)


class Desk(Protocol):
    """Answers a crawl's questions from the state and takes what it brings home."""

    def now(self) -> datetime:
        """The time, aware, UTC; rehearsals shift it."""

    async def find_known(self, urns: Collection[str]) -> Mapping[str, KnownAuthority]:
        """What is known of some authorities, by URN; of a crawl's own findings nothing is known yet."""

    async def find_recent(self, since: date, until: date) -> Sequence[KnownAuthority]:
        """The known authorities whose newest report is of these days."""

    async def find_waiting(self) -> Sequence[KnownAuthority]:
        """The known authorities with documents that are to be asked for again."""

    async def foresee(self, urls: Collection[str]) -> None:
        """Is told which addresses are asked next, to have their validators at hand."""

    async def find_validators(self, url: str) -> Validators | None:
        """Validators of the last settled good look at a URL."""

    async def news_sources(self) -> Sequence[NewsSource]:
        """The news sources that are to be looked at, in their order."""

    async def known_feeds(self) -> Mapping[str, KnownFeed]:
        """What is remembered of every news feed, by its source's name."""

    async def find_openings(self, identities: Collection[str]) -> Mapping[str, str]:
        """The marks of those stories that were opened before, by identity."""

    async def find_notices(self, paths: Collection[str]) -> frozenset[str]:
        """Those of some of the government's notices that are known, by path."""

    async def find_robots(self, host: str) -> str | None:
        """The robots.txt of a host if it was fetched within the last day."""

    async def keep_robots(self, host: str, text: str) -> None:
        """Remembers a host's robots.txt for a day."""

    async def keep(self, body: bytes, url: str, headers: Mapping[str, str]) -> str:
        """Puts bytes into the archive and returns their SHA-256."""

    async def read(self, sha256: str) -> Reading:
        """Reads an archived document in a limited process of its own.

        What it raises says nothing of the document, which is asked for again: the crawl ends there.
        """

    def spend(self, host: str, budget: int) -> bool:
        """Counts a request to a host; False, and nothing counted, where the day's budget is used up."""

    async def take_moment(self, host: str, interval: float) -> float:
        """Takes a host's next free moment over all workers; how many seconds it lies ahead."""

    def note_received(self, host: str, number: int) -> None:
        """Counts the bytes of an answer."""

    def note_look(self, look: PageLook) -> None:
        """Takes the judged outcome of one fetch."""

    def note_authority(self, sighting: AuthoritySighting) -> None:
        """Takes a row of the search pages."""

    def note_found(self, found: PublicationFound) -> None:
        """Takes a publication, with its document where that was fetched."""

    def note_feed(self, look: FeedLook) -> None:
        """Takes a look at a news feed."""

    def note_opening(self, opening: Opening) -> None:
        """Takes a story as opened: not again, unless its entry in the feed changes."""

    def note_notice(self, found: NoticeFound) -> None:
        """Takes an announcement of the government's."""

    def note_article(self, found: ArticleFound) -> None:
        """Takes a news story as it was judged; its text stays behind."""


_desks: WeakKeyDictionary[Crawler, Desk] = WeakKeyDictionary()


def seat(crawler: Crawler, desk: Desk) -> None:
    """Gives a crawl its desk; to be called before the crawl's first request."""
    _desks[crawler] = desk


def get_desk(crawler: Crawler) -> Desk:
    """The desk of a crawl; raises KeyError where nobody seated one."""
    return _desks[crawler]
