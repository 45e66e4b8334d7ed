"""The desk a crawl reports to: answers from the state, bytes into the archive, letters to the reader."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from letterwatch.clock import Clock
from scraper.letters import LetterReader
from scraper.sources import NewsSource
from state import (
    Archive,
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
    Spent,
    StateError,
    Store,
    Take,
    Validators,
)

Answer = TypeVar("Answer")


@dataclass
class StateDesk:
    """Implements `scraper.desk.Desk`; disk and PDF work happen in threads, off the loop."""

    clock: Clock
    store: Store
    archive: Archive
    reader: LetterReader
    take: Take
    notice: Callable[[PageLook], None] = lambda _look: None
    news: Callable[[], Sequence[NewsSource]] = tuple
    pauses: Sequence[float] = (0.5, 1.0, 2.0, 4.0)  # seconds before a state that is away is asked again
    failure: StateError | None = None
    _validators: dict[str, Validators | None] = field(default_factory=dict)
    _spent_before: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._spent_before = self.store.spent(self.clock.now().date())

    def _load_validators(self, urls: Collection[str]) -> None:
        """Asks the state for the validators of all addresses in one question."""
        self._validators |= dict.fromkeys(urls) | dict(self.store.validators_of(urls))

    async def _ask(self, question: Callable[[], Answer]) -> Answer:
        """The state's answer, off the loop; where the state is away for a moment, once it is back.

        Where it stays away, the crawl ends and nothing of it is settled: `failure` says why, and nothing more
        is asked.
        """
        for pause in (*self.pauses, None):
            if self.failure is not None:
                break
            try:
                return await asyncio.to_thread(question)
            except StateError as error:
                if pause is None:
                    self.failure = self.failure or error
                else:
                    await asyncio.sleep(pause)
        raise CloseSpider(str(self.failure)) from self.failure

    def close(self, crawler: Crawler, cause: str | None = None) -> None:
        """Notes when and why the crawl ended, where it was not because all was seen."""
        self.take.finished_at = self.now()
        reason = crawler.stats.get_value("finish_reason")
        self.take.stopped = None if reason == "finished" else str(cause or reason or "interrupted")

    def now(self) -> datetime:
        """The clock's present, which a rehearsal shifts."""
        return self.clock.now()

    async def find_known(self, urns: Collection[str]) -> Mapping[str, KnownAuthority]:
        """What is known of some authorities, by URN; of a crawl's own findings nothing is known yet."""
        return await self._ask(partial(self.store.known, urns, now=self.clock.now()))

    async def find_recent(self, since: date, until: date) -> Sequence[KnownAuthority]:
        """The known authorities whose newest report is of these days."""
        return await self._ask(partial(self.store.known_of, since, until, now=self.clock.now()))

    async def find_waiting(self) -> Sequence[KnownAuthority]:
        """The known authorities with documents that are to be asked for again."""
        return await self._ask(partial(self.store.waiting, now=self.clock.now()))

    async def foresee(self, urls: Collection[str]) -> None:
        """Is told which addresses are asked next, to have their validators at hand."""
        await self._ask(partial(self._load_validators, urls))

    async def find_validators(self, url: str) -> Validators | None:
        """Validators of the last settled good look at a URL; they are let go of once asked for."""
        if url not in self._validators:  # not foreseen, or asked for again
            await self._ask(partial(self._load_validators, [url]))
        return self._validators.pop(url, None)

    async def news_sources(self) -> Sequence[NewsSource]:
        """The news sources that the configuration, the register and the state come to."""
        return await self._ask(self._load_news)

    def _load_news(self) -> Sequence[NewsSource]:
        sources = self.news()
        self._load_validators([source.url for source in sources])
        return sources

    async def known_feeds(self) -> Mapping[str, KnownFeed]:
        """What is remembered of every news feed, by its source's name."""
        return await self._ask(self.store.known_feeds)

    async def find_openings(self, identities: Collection[str]) -> Mapping[str, str]:
        """The marks of those stories that were opened before, by identity."""
        return await self._ask(partial(self.store.find_openings, identities))

    async def find_notices(self, paths: Collection[str]) -> frozenset[str]:
        """Those of some of the government's notices that are known, by path."""
        return await self._ask(partial(self.store.find_notices, paths))

    async def find_robots(self, host: str) -> str | None:
        """A host's robots.txt if it was fetched within the last day."""
        return await self._ask(partial(self.store.find_robots, host, now=self.clock.now()))

    async def keep_robots(self, host: str, text: str) -> None:
        """Remembers a host's robots.txt for a day."""
        await self._ask(partial(self.store.keep_robots, host, text, now=self.clock.now()))

    async def keep(self, body: bytes, url: str, headers: Mapping[str, str]) -> str:
        """Puts bytes into the archive and returns their SHA-256."""
        return await asyncio.to_thread(self.archive.put, body, url=url, headers=headers, at=self.clock.now())

    async def read(self, sha256: str) -> Reading:
        """Reads an archived document in a limited process of its own."""
        body = await asyncio.to_thread(self.archive.get, sha256)
        return await asyncio.to_thread(self.reader.read, body)

    def spend(self, host: str, budget: int) -> bool:
        """Counts a request to a host; False, and nothing counted, where the day's budget is used up."""
        spent = self.take.spent.setdefault(host, Spent())
        if self._spent_before.get(host, 0) + spent.requests >= budget:
            return False
        spent.requests += 1
        return True

    async def take_moment(self, host: str, interval: float) -> float:
        """Takes a host's next free moment over all workers; how many seconds it lies ahead."""
        return await self._ask(partial(self.store.reserve_moment, host, interval))

    def note_received(self, host: str, number: int) -> None:
        """Counts the bytes of an answer."""
        self.take.spent.setdefault(host, Spent()).bytes += number

    def note_look(self, look: PageLook) -> None:
        """Takes the judged outcome of one fetch."""
        self.take.looks.append(look)
        self.notice(look)

    def note_authority(self, sighting: AuthoritySighting) -> None:
        """Takes a row of the search pages."""
        self.take.authorities.append(sighting)

    def note_found(self, found: PublicationFound) -> None:
        """Takes a publication, with its document where that was fetched."""
        self.take.found.append(found)

    def note_feed(self, look: FeedLook) -> None:
        """Takes a look at a news feed; its fetch is noted as any other."""
        self.take.feeds.append(look)
        self.note_look(look.look)

    def note_opening(self, opening: Opening) -> None:
        """Takes a story as opened: not again, unless its entry in the feed changes."""
        self.take.openings.append(opening)

    def note_notice(self, found: NoticeFound) -> None:
        """Takes an announcement of the government's."""
        self.take.notices.append(found)

    def note_article(self, found: ArticleFound) -> None:
        """Takes a news story as it was judged; its text stays behind."""
        self.take.articles.append(found)
