"""News: feeds and pages that list stories, then those of their stories that may matter."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.exceptions import CloseSpider

from scraper.coverage import judge_article
from scraper.fetches import Expected
from scraper.looks import Arrival, Target, make_look, make_take
from scraper.pages import (
    ARTICLES_VERSION,
    FEEDS_VERSION,
    LISTINGS_VERSION,
    Article,
    Feed,
    FeedItem,
    FeedKind,
    parse_article,
    parse_feed,
    parse_listing,
)
from scraper.pages.identities import is_paper, is_same_family
from scraper.pages.relevance import select
from scraper.sources import NewsSource
from scraper.spiders.looking import WORTH_KEEPING, LookingSpider
from scraper.spiders.scope import ScopeError, choose_sources
from state import (
    COUNCILS,
    ArticleFound,
    ArticleLabel,
    FeedLook,
    Kind,
    KnownFeed,
    Opening,
    Outcome,
    PublicationFound,
    PublicationSighting,
    Register,
    Rhythm,
)

OLDEST = timedelta(days=45)  # of a story that is opened: no letter is reported later
LONGEST_REST = timedelta(hours=25)  # of a feed; a longer one was set before the clock was set back
MOST_STORIES = 40  # opened of one feed in one crawl; the rest with the next
MOST_PAPERS = 4  # opened of one story
PAPERS_VERSION = 1  # bytes are archived as they are
_FINAL = (Outcome.OK, Outcome.BLOCKED, Outcome.GONE, Outcome.BROKEN, Outcome.SOFT_ERROR)

Output = Request | ArticleFound | PublicationFound


class NewsSpider(LookingSpider):
    """`-a source="Wakefield Express"`, `-a authority=wakefield`; without any, every source that is due."""

    name = "news"
    custom_settings = {  # noqa: RUF012  Scrapy's own way; nobody changes it
        "CONCURRENT_REQUESTS": 16,  # many hosts, each at its own pace; still one request at a time to each
        "DOWNLOAD_MAXSIZE": 5_000_000,
        "DOWNLOAD_TIMEOUT": 20,
        "LETTERWATCH_PATIENCE": 20.0,
        "RETRY_TIMES": 1,
    }

    def __init__(
        self, source: str = "", authority: str = "", rhythm: str = Rhythm.SWEEP.value, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._wish = (source, authority)
        self._rhythm = Rhythm(rhythm)
        self._known: Mapping[str, KnownFeed] = {}
        self._register = Register.load()

    @property
    def rhythm(self) -> Rhythm:
        """How the round is to be judged: what somebody chose says nothing of the whole."""
        return Rhythm.CHOSEN if any(self._wish) else self._rhythm

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: every chosen feed that is not being left alone."""
        try:
            chosen = choose_sources(await self.desk.news_sources(), *self._wish)
        except ScopeError as error:
            self.logger.error("%s", error)
            raise CloseSpider(str(error)) from error
        self._known = await self.desk.known_feeds()
        now = self.desk.now()
        for source in chosen:
            if any(self._wish) or not self._rests(source, now):
                yield self._ask_feed(source)

    def _rests(self, source: NewsSource, now: datetime) -> bool:
        """True while a feed that refused or broke is left alone; a clock set back ends it."""
        known = self._known.get(source.name)
        if known is None or known.rests_until is None:
            return False
        return timedelta(0) < known.rests_until - now <= LONGEST_REST

    # Feeds

    def _ask_feed(self, source: NewsSource) -> Request:
        expected, version = (
            (Expected.LISTING, LISTINGS_VERSION) if source.is_page else (Expected.FEED, FEEDS_VERSION)
        )
        return self.ask(
            self._on_feed,
            Target("feed", source.url),
            expected,
            version,
            conditional=not any(self._wish),
            host_rules=source.rules,
            source=source,
        )

    async def _on_feed(self, arrival: Arrival, source: NewsSource) -> AsyncIterator[Output]:
        """Notes what a feed lists and asks for the stories that may matter and are not known."""
        feed, arrival = self.read_page(arrival, parse_listing if source.is_page else parse_feed)
        if feed is None:
            kept = None
            if arrival.body and arrival.judgement.outcome in WORTH_KEEPING:
                kept = await self.desk.keep(arrival.body, source.url, arrival.headers)
            look = make_look(arrival, validators=arrival.find_validators(), page_sha256=kept)
            self.desk.note_feed(FeedLook(source.name, look))
            return
        wanted = await self._find_wanted(feed, source)
        self.desk.note_feed(self._describe(feed, source, arrival, len(wanted)))
        for request in self._open(wanted[:MOST_STORIES], source):
            yield request

    def _describe(self, feed: Feed, source: NewsSource, arrival: Arrival, wanted: int) -> FeedLook:
        """A feed's look; a story from the future says nothing of how fresh the feed is."""
        tomorrow = self.desk.now() + timedelta(days=1)
        dates = [item.published_at for item in feed.items if item.published_at]
        return FeedLook(
            source.name,
            make_look(arrival, rows=len(feed.items), validators=arrival.find_validators()),
            newest_at=max((at for at in dates if at <= tomorrow), default=None),
            may_be_empty=feed.kind is FeedKind.SITEMAP,
            flaw=feed.flaw,
            wanted=wanted,
        )

    async def _find_wanted(self, feed: Feed, source: NewsSource) -> list[FeedItem]:
        """Stories that may matter, are not too old, and were not opened as they are listed now."""
        oldest = self.desk.now() - OLDEST
        recent = [item for item in feed.items if item.published_at is None or item.published_at >= oldest]
        items = select(recent, self._names(source))
        opened = await self.desk.find_openings([item.identity for item in items]) if items else {}
        return [item for item in items if opened.get(item.identity) != item.mark]

    def _names(self, source: NewsSource) -> set[str]:
        """What the authorities that a source serves are called."""
        served = [self._register.get(urn) for urn in source.urns]
        return {name.lower() for authority in served for name in (authority.name, *authority.trusts)}

    # Stories

    def _open(self, items: list[FeedItem], source: NewsSource) -> Iterator[Request]:
        for item in items:
            yield self.ask(
                self._on_story,
                Target("article", item.url),
                Expected.ARTICLE,
                ARTICLES_VERSION,
                host_rules=source.rules,
                source=source,
                item=item,
            )

    async def _on_story(self, arrival: Arrival, source: NewsSource, item: FeedItem) -> AsyncIterator[Output]:
        """Judges a story by its page, or by its headline where the page is not to be had."""
        parse = partial(parse_article, publisher=source.name, council=source.council)
        article, arrival = await asyncio.to_thread(self.read_page, arrival, parse)
        self.desk.note_look(make_look(arrival))
        if arrival.judgement.outcome not in _FINAL:
            return  # out of reach for now: the feed is read again, and the story tried again
        if article is None or _is_another(article, item):
            article = _make_from_headline(item, source)
        if article.published_at is None:
            article = replace(article, published_at=item.published_at)
        self.desk.note_opening(Opening(item.identity, item.mark, source.name))
        found = await asyncio.to_thread(
            judge_article, article, source.name, register=self._register, served=source.urns
        )
        yield found
        if found.council and (found.in_scope or found.label is ArticleLabel.OTHER_OFSTED):
            for request in self._ask_papers(article, found, source):
                yield request

    # Councils' papers: Ofsted does not publish the letter of a first visit

    def _ask_papers(self, article: Article, found: ArticleFound, source: NewsSource) -> Iterator[Request]:
        """The documents that a council's page about Ofsted links to, from its own site."""
        links = [link for link in article.links if is_paper(link) and is_same_family(link, article.url)]
        for link in links[:MOST_PAPERS]:
            yield self.ask(
                self._on_paper,
                Target("paper", link),
                Expected.DOCUMENT,
                PAPERS_VERSION,
                host_rules=source.rules,
                found=found,
            )

    async def _on_paper(self, arrival: Arrival, found: ArticleFound) -> AsyncIterator[PublicationFound]:
        """Archives a paper; whether it is a letter shows when it is read."""
        self.desk.note_look(make_look(arrival))
        if arrival.judgement.outcome is not Outcome.OK:
            return
        sha256 = await self.desk.keep(arrival.body, arrival.target.url, arrival.headers)
        sighting = PublicationSighting(
            urn=found.urns[0] if len(found.urns) == 1 else "",
            authority="",
            file_id=f"{COUNCILS}{sha256[:16]}",
            kind=Kind.MONITORING_VISIT,
            title="",
            url=arrival.target.url,
            page_url=found.url,
            visited_on=None,
            published_on=None,
        )
        yield PublicationFound(sighting, make_take(arrival, sha256))


def _is_another(article: Article, item: FeedItem) -> bool:
    """A page of little text whose headline has no word of the listed one: a notice in the story's place."""
    listed = _words(item.title)
    return article.partial and bool(listed) and listed.isdisjoint(_words(article.title))


def _words(title: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", title.lower()))


def _make_from_headline(item: FeedItem, source: NewsSource) -> Article:
    """What is known of a story whose page refuses us or is no story's."""
    return Article(
        url=item.url,
        identity=item.identity,
        title=item.title,
        publisher=source.name,
        published_at=item.published_at,
        standfirst=item.summary or None,
        partial=True,
        council=source.council,
    )
