"""GOV.UK: what Ofsted and the Department for Education announce. Never a letter, always context."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from scraper.fetches import Expected
from scraper.looks import Arrival, Target, make_look
from scraper.pages import FEEDS_VERSION, parse_feed
from scraper.pages.govuk import (
    GOVUK_VERSION,
    NoticeItem,
    from_feed,
    judge_notice,
    parse_content,
    parse_search,
)
from scraper.sources import NewsSource
from scraper.spiders.looking import LookingSpider
from state import NoticeFound, NoticeKind, Outcome, Register, Rhythm

PUBLISHERS = {"ofsted": "Ofsted", "department-for-education": "Department for Education"}
_OF_ONE_AUTHORITY = (NoticeKind.DIRECTION, NoticeKind.COMMISSIONER, NoticeKind.IMPROVEMENT_NOTICE)


class GovUkSpider(LookingSpider):
    """No argument. Two questions to the search; the feed where that fails; a page's text where no authority
    is named.
    """

    name = "govuk"

    def __init__(self, rhythm: str = Rhythm.SWEEP.value, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rhythm = Rhythm(rhythm)
        self._register = Register.load()
        self._told: set[str] = set()

    @property
    def _site(self) -> str:
        return str(self.settings["LETTERWATCH_GOVUK_URL"])

    async def start(self) -> AsyncIterator[Any]:
        """The newest announcements of each publisher."""
        for organisation in PUBLISHERS:
            query = {
                "filter_organisations": organisation,
                "order": "-public_timestamp",
                "count": 50,
                "fields": "title,link,description,public_timestamp",
            }
            url = f"{self._site}/api/search.json?{urlencode(query)}"
            yield self._ask("search", url, self._on_search, Expected.FEED, organisation=organisation)

    def _ask(self, page: str, url: str, callback: Any, expected: Expected, **kwargs: Any) -> Request:
        rules = NewsSource(self.name, self._site).rules
        version = FEEDS_VERSION if page == "atom" else GOVUK_VERSION
        target = Target(page, url)
        is_list = page != "content"
        return self.ask(callback, target, expected, version, conditional=is_list, host_rules=rules, **kwargs)

    async def _on_search(self, arrival: Arrival, organisation: str) -> AsyncIterator[Any]:
        """Notes the announcements about our subject; where the search fails, its feed is asked."""
        items, arrival = self.read_page(arrival, parse_search)
        if items is None:
            await self.note_failed(arrival)
            if arrival.judgement.outcome is not Outcome.NOT_MODIFIED:
                query = urlencode({"organisations[]": organisation})
                url = f"{self._site}/search/news-and-communications.atom?{query}"
                yield self._ask("atom", url, self._on_feed, Expected.FEED, organisation=organisation)
            return
        self.desk.note_look(make_look(arrival, rows=len(items), validators=arrival.find_validators()))
        for request in await self._take(items, organisation):
            yield request

    async def _on_feed(self, arrival: Arrival, organisation: str) -> AsyncIterator[Any]:
        feed, arrival = self.read_page(arrival, parse_feed)
        if feed is None:
            await self.note_failed(arrival)
            return
        self.desk.note_look(make_look(arrival, rows=len(feed.items), validators=arrival.find_validators()))
        for request in await self._take(from_feed(feed), organisation):
            yield request

    async def _take(self, items: tuple[NoticeItem, ...], organisation: str) -> list[Request]:
        """Notes what says whom it is about; of the rest, returns what must be read to know."""
        kinds = {item.path: judge_notice(item) for item in items}
        wanted = [item for item in items if kinds[item.path] and item.path not in self._told]
        known = await self.desk.find_notices([item.path for item in wanted])
        requests: list[Request] = []
        for item in wanted:
            kind = kinds[item.path]
            if kind is None or item.path in known:
                continue
            self._told.add(item.path)
            found = self._make(item, kind, organisation)
            if found.urns or kind not in _OF_ONE_AUTHORITY:
                self.desk.note_notice(found)
            else:
                url = f"{self._site}/api/content{item.path}"
                requests.append(self._ask("content", url, self._on_content, Expected.FEED, found=found))
        return requests

    async def _on_content(self, arrival: Arrival, found: NoticeFound) -> AsyncIterator[Any]:
        """Looks for the authority in the text; a notice whose text cannot be had is told without."""
        text, arrival = self.read_page(arrival, parse_content)
        self.desk.note_look(make_look(arrival))
        self.desk.note_notice(found.with_urns(self._find_urns(text or "")))
        more: tuple[Request, ...] = ()
        for request in more:  # an asynchronous generator, as every callback is
            yield request

    def _make(self, item: NoticeItem, kind: NoticeKind, organisation: str) -> NoticeFound:
        return NoticeFound(
            path=item.path,
            url=f"{self._site}{item.path}",
            title=item.title,
            summary=item.summary,
            publisher=PUBLISHERS[organisation],
            kind=kind,
            urns=self._find_urns(item.title) or self._find_urns(item.summary),
            published_at=item.published_at or self.desk.now(),
        )

    def _find_urns(self, text: str) -> tuple[str, ...]:
        """The one authority a text names; none where it names several, as a list of them does."""
        found = self._register.find_in(text[:20_000])
        return (found.urn,) if found and found.urn else ()
