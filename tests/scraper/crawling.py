"""Real crawls for tests: the house's settings, a recording desk, the asyncio loop of the test.

desk = RecordingDesk(known={...})
reason = run_crawl(desk, web.url(), rhythm="poll")
assert [look.outcome for look in desk.looks] == [...]
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from scraper import settings as house_rules
from scraper.desk import seat
from scraper.sources import NewsSource
from scraper.spiders.ofsted import OfstedSpider
from state import (
    ArticleFound,
    AuthoritySighting,
    FeedLook,
    Framework,
    Kind,
    KnownAuthority,
    KnownFeed,
    Letter,
    NoticeFound,
    Opening,
    Outcome,
    PageLook,
    PublicationFound,
    Reading,
    Validators,
)

NOW = datetime(2019, 11, 4, 9, 0, tzinfo=UTC)
LETTER = Letter(kind=Kind.MONITORING_VISIT, title="A letter", authority=None, framework=Framework.ILACS)


@dataclass
class RecordingDesk:
    """Remembers what a crawl reported; answers from plain values."""

    known_authorities: Mapping[str, KnownAuthority] = field(default_factory=dict)
    validators: dict[str, Validators] = field(default_factory=dict)
    robots: dict[str, str] = field(default_factory=dict)
    looks: list[PageLook] = field(default_factory=list)
    authorities: list[AuthoritySighting] = field(default_factory=list)
    found: list[PublicationFound] = field(default_factory=list)
    articles: list[ArticleFound] = field(default_factory=list)
    feeds: list[FeedLook] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    news: Sequence[NewsSource] = ()
    notices: list[NoticeFound] = field(default_factory=list)
    notices_known: frozenset[str] = frozenset()
    feeds_known: Mapping[str, KnownFeed] = field(default_factory=dict)
    opened: Mapping[str, str] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    spent: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    questions: list[list[str]] = field(default_factory=list)  # whom the crawl asked about, each time
    foreseen: set[str] = field(default_factory=set)
    reading: Reading = field(default_factory=lambda: Reading(unreadable="a test reads nothing"))

    def now(self) -> datetime:
        return NOW

    async def find_known(self, urns: Collection[str]) -> Mapping[str, KnownAuthority]:
        self.questions.append(list(urns))
        return {urn: known for urn, known in self.known_authorities.items() if urn in urns}

    async def find_recent(self, since: date, until: date) -> Sequence[KnownAuthority]:
        known = self.known_authorities.values()
        return [each for each in known if each.latest_report_on and since <= each.latest_report_on <= until]

    async def find_waiting(self) -> Sequence[KnownAuthority]:
        return [each for each in self.known_authorities.values() if each.awaiting or each.recheck]

    async def foresee(self, urls: Collection[str]) -> None:
        self.foreseen.update(urls)

    async def find_validators(self, url: str) -> Validators | None:
        return self.validators.get(url)

    async def news_sources(self) -> Sequence[NewsSource]:
        return self.news

    async def known_feeds(self) -> Mapping[str, KnownFeed]:
        return self.feeds_known

    async def find_openings(self, identities: Collection[str]) -> Mapping[str, str]:
        return {name: mark for name, mark in self.opened.items() if name in identities}

    async def find_notices(self, paths: Collection[str]) -> frozenset[str]:
        return self.notices_known & frozenset(paths)

    async def find_robots(self, host: str) -> str | None:
        return self.robots.get(host)

    async def keep_robots(self, host: str, text: str) -> None:
        self.robots[host] = text

    async def keep(self, body: bytes, url: str, headers: Mapping[str, str]) -> str:
        sha256 = hashlib.sha256(body).hexdigest()
        self.bodies[sha256] = body
        return sha256

    async def read(self, sha256: str) -> Reading:
        assert sha256 in self.bodies
        return self.reading

    def spend(self, host: str, budget: int) -> bool:
        if self.spent[host] >= budget:
            return False
        self.spent[host] += 1
        return True

    def note_received(self, host: str, number: int) -> None:
        self.received[host] += number

    def note_look(self, look: PageLook) -> None:
        self.looks.append(look)

    def note_authority(self, sighting: AuthoritySighting) -> None:
        self.authorities.append(sighting)

    def note_feed(self, look: FeedLook) -> None:
        self.feeds.append(look)
        self.note_look(look.look)

    def note_opening(self, opening: Opening) -> None:
        self.openings.append(opening)

    def note_notice(self, found: NoticeFound) -> None:
        self.notices.append(found)

    def note_article(self, found: ArticleFound) -> None:
        self.articles.append(found)

    def note_found(self, found: PublicationFound) -> None:
        self.found.append(found)

    def get_look(self, url: str) -> PageLook:
        """The one look at an address."""
        [look] = [look for look in self.looks if look.url == url]
        return look

    def outcomes(self, page: str) -> list[Outcome]:
        """How the looks at pages of a kind came out."""
        return [look.outcome for look in self.looks if look.page == page]

    def get_found(self, file_id: str) -> PublicationFound:
        """The last word on a publication."""
        return [found for found in self.found if found.sighting.file_id == file_id][-1]

    def settle(self) -> "RecordingDesk":
        """A desk for the next crawl that has settled what this one brought.

        As in the state: a search's claims count once the pages were read, and so do its validators.
        """
        good = [look for look in self.looks if look.outcome in (Outcome.OK, Outcome.NOT_MODIFIED)]
        is_whole = len(good) == len(self.looks)
        read = {look.urn for look in good if look.page == "provider"}
        validators = {
            look.url: look.validators for look in good if look.validators and (is_whole or look.urn)
        }
        known = {
            row.urn: KnownAuthority(
                urn=row.urn,
                name=row.name,
                latest_report_on=row.latest_report_on if row.urn in read else self._known_date(row.urn),
                file_ids=self._known_ids(row.urn)
                | {found.sighting.file_id for found in self.found if found.sighting.urn == row.urn},
            )
            for row in self.authorities
        }
        return RecordingDesk(
            {**self.known_authorities, **known}, {**self.validators, **validators}, self.robots
        )

    def _known_date(self, urn: str) -> date | None:
        known = self.known_authorities.get(urn)
        return known.latest_report_on if known else None

    def _known_ids(self, urn: str) -> frozenset[str]:
        known = self.known_authorities.get(urn)
        return known.file_ids if known else frozenset()


def crawl_settings(reports_url: str, **overlay: object) -> Settings:
    """The house's settings for a site on loopback, without pauses."""
    settings = Settings()
    settings.setmodule(house_rules)
    host = reports_url.partition("://")[2]
    settings.update(
        {
            "TWISTED_REACTOR_ENABLED": False,
            "USER_AGENT": "Letterwatch/test (+https://example.org/letterwatch)",
            "DOWNLOAD_DELAY": 0,
            "LETTERWATCH_BACKOFF": 0,
            "LETTERWATCH_REPORTS_URL": reports_url,
            "LETTERWATCH_FILES_HOSTS": [host],
            **overlay,
        },
        priority="cmdline",
    )
    return settings


def run_crawl(
    desk: RecordingDesk,
    reports_url: str,
    overlay: Mapping[str, object] | None = None,
    spider: type[Spider] = OfstedSpider,
    **arguments: str,
) -> str:
    """Runs a spider, Ofsted's if none is named, to its end and returns why it ended ("finished")."""

    async def crawl() -> str:
        runner = AsyncCrawlerRunner(crawl_settings(reports_url, **(overlay or {})))
        crawler = runner.create_crawler(spider)
        seat(crawler, desk)
        await runner.crawl(crawler, **arguments)
        return str(crawler.stats.get_value("finish_reason"))

    return asyncio.run(crawl())
