"""Ofsted's reports site: search pages, then authorities' pages, then the documents that are new there."""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from scrapy import Request
from scrapy.exceptions import CloseSpider

from scraper.addresses import HostRules
from scraper.fetches import Expected, Judgement
from scraper.looks import Arrival, Target, make_look, make_take
from scraper.middlewares.hosts import get_host_rules
from scraper.pages import (
    PAGES_VERSION,
    ProviderPage,
    SearchPage,
    parse_provider_page,
    parse_search_page,
    provider_url,
    search_url,
)
from scraper.spiders.looking import LookingSpider, break_arrival
from scraper.spiders.remembering import Remembered
from scraper.spiders.scope import Scope, ScopeError, parse_scope
from state import AuthoritySighting, KnownAuthority, Outcome, PublicationFound, PublicationSighting, Rhythm

MOST_SEARCH_PAGES = 1_500  # of a hundred rows: more than Ofsted inspects
RECENT = timedelta(days=2)  # a second report of the same day leaves the search's date as it was
DOCUMENT_VERSION = 1  # bytes are archived as they are: a new reader needs no new fetch
DOCUMENT_FIRST = 10  # Scrapy priority: an alert waits for its document, not for the rest of the sweep

Output = Request | PublicationFound
_read_search = Remembered(parse_search_page, most=4)  # a sweep reads the list of all, changed or not


class OfstedSpider(LookingSpider):
    """`-a authority=wakefield,leeds`, `-a since=2019-10-01`, `-a rhythm=poll`; a sweep without any."""

    name = "ofsted"

    def __init__(
        self, authority: str = "", since: str = "", rhythm: str = Rhythm.SWEEP.value, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._wish = (authority, since, rhythm)
        self._scope = Scope()
        self._rules = HostRules(frozenset())
        self._listed: set[str] = set()
        self._search_asked: set[str] = set()
        self._pages_asked: set[str] = set()

    @property
    def rhythm(self) -> Rhythm:
        """How the run is to be judged: what somebody limited is no sweep."""
        authority, since, rhythm = self._wish
        if authority or since:
            return Rhythm.CHOSEN
        return Rhythm.POLL if rhythm == Rhythm.POLL else Rhythm.SWEEP

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: the search, or the pages of chosen authorities."""
        try:
            self._scope = parse_scope(*self._wish)
        except ScopeError as error:
            self.logger.error("%s", error)
            raise CloseSpider(str(error)) from error
        self._rules = get_host_rules(self.crawler)
        known = await self.desk.find_known(self._scope.urns) if self._scope.urns else {}
        for urn in self._scope.urns:
            yield self._ask_page(urn, self._page_url(urn), known.get(urn))
        if not self._scope.urns:
            yield self._ask_search(
                search_url(self._reports_url, newest_first=self._scope.is_poll, since=self._scope.since)
            )

    @property
    def _reports_url(self) -> str:
        return str(self.settings["LETTERWATCH_REPORTS_URL"])

    def _page_url(self, urn: str) -> str:
        return provider_url(self._reports_url, urn)

    # The search

    def _ask_search(self, url: str) -> Request:
        self._search_asked.add(url)
        target = Target("search", url)
        conditional = self._scope.is_poll  # a sweep needs the rows, changed or not
        return self.ask(self._on_search, target, Expected.SEARCH, PAGES_VERSION, conditional=conditional)

    async def _on_search(self, arrival: Arrival) -> AsyncIterator[Output]:
        """Notes the rows and asks for the pages that are worth a look."""
        page, arrival = self.read_page(arrival, _read_search)
        if page is None:
            await self.note_failed(arrival)
            if arrival.judgement.outcome is Outcome.NOT_MODIFIED:
                for known in await self._find_recent():
                    yield self._ask_page(known.urn, self._page_url(known.urn), known)
                for output in await self._end_search():
                    yield output
            return
        before = len(self._listed)
        self._listed.update(row.urn for row in page.rows)
        next_url = None if self._scope.is_poll and page.is_newest_first else page.next_url
        objection = self._find_objection(page, next_url, new=len(self._listed) - before)
        if objection:
            await self.note_failed(break_arrival(arrival, objection))
            return
        look = make_look(
            arrival, rows=len(page.rows), expected_rows=page.total, validators=arrival.find_validators()
        )
        self.desk.note_look(look)
        for request in await self._ask_pages(page.rows):
            yield request
        if next_url:
            yield self._ask_search(next_url)
        else:
            for output in await self._end_search():
                yield output

    def _find_objection(self, page: SearchPage, next_url: str | None, *, new: int) -> str | None:
        """What is wrong with the search as a whole.

        `next_url` is where this crawl will go on, `new` how many authorities no page before has listed.
        """
        if page.total == 0 and self._scope.since is None:
            return "the search lists no authority at all"
        is_lost = next_url in self._search_asked or not new or len(self._search_asked) >= MOST_SEARCH_PAGES
        if next_url and is_lost:
            return "the search pages lead in circles"
        if page.next_url is None and len(self._listed) != page.total:
            return f"the search counts {page.total} authorities and lists {len(self._listed)}"
        return None

    async def _ask_pages(self, rows: Sequence[AuthoritySighting]) -> list[Request]:
        """Notes a page of rows, and asks for the authorities' pages that are wanted of them.

        What is known of them is asked for here and ends with their requests, so that a sweep over many
        pages holds no more of it than a sweep over few.
        """
        known = await self.desk.find_known([row.urn for row in rows])
        for row in rows:
            self.desk.note_authority(row)
        wanted = [row for row in rows if self._is_wanted(row, known.get(row.urn))]
        documents = [
            entry.url for row in wanted if row.urn in known for entry in self._to_recheck(known[row.urn])
        ]
        await self.desk.foresee([*(row.page_url for row in wanted), *documents])
        return [self._ask_page(row.urn, row.page_url, known.get(row.urn)) for row in wanted]

    def _is_wanted(self, row: AuthoritySighting, known: KnownAuthority | None) -> bool:
        """In a poll, only authorities that are unknown, have another date than known, or a recent one."""
        if not self._scope.is_poll or known is None:
            return True
        return row.latest_report_on != known.latest_report_on or self._is_recent(row.latest_report_on)

    def _is_recent(self, day: date | None) -> bool:
        return day is not None and abs(self.desk.now().date() - day) <= RECENT

    async def _find_recent(self) -> Sequence[KnownAuthority]:
        """Those whose pages a poll looks at although the search is unchanged."""
        today = self.desk.now().date()
        return await self.desk.find_recent(today - RECENT, today + RECENT)

    async def _end_search(self) -> list[Output]:
        """What known authorities without a page in this run still wait for."""
        waiting = () if self._scope.is_chosen else await self.desk.find_waiting()
        unasked = [known for known in waiting if known.urn not in self._pages_asked]
        return [output for known in unasked for output in self._ask_remembered(known)]

    # Authorities' pages

    def _ask_page(self, urn: str, url: str, known: KnownAuthority | None) -> Request:
        self._pages_asked.add(urn)
        target = Target("provider", url, urn)
        conditional = not self._scope.is_chosen
        return self.ask(
            self._on_provider, target, Expected.PROVIDER, PAGES_VERSION, conditional=conditional, known=known
        )

    async def _on_provider(self, arrival: Arrival, known: KnownAuthority | None) -> AsyncIterator[Output]:
        """Notes the page's entries and asks for the documents that are missing."""
        page, arrival = self.read_page(arrival, parse_provider_page)
        urn = arrival.target.urn
        if page is not None and page.urn != urn:
            arrival = break_arrival(arrival, f"the page is that of {page.urn}, not of {urn}")
            page = None
        if page is None:
            await self.note_failed(arrival)
            outputs = self._ask_remembered(known)
        else:
            validators = None if self._scope.since else arrival.find_validators()
            self.desk.note_look(make_look(arrival, rows=len(page.entries), validators=validators))
            outputs = self._follow_entries(page, known)
        for output in outputs:
            yield output

    def _follow_entries(self, page: ProviderPage, known: KnownAuthority | None) -> Iterator[Output]:
        """Every entry is noted at once, so that a crawl that is stopped has still seen it."""
        file_ids = known.file_ids if known else frozenset()
        awaiting = {entry.file_id for entry in known.awaiting} if known else set()
        recheck = {entry.file_id for entry in self._to_recheck(known)} if known else set()
        for entry in page.entries:
            is_new = entry.file_id not in file_ids
            if is_new and not self._scope.includes(entry.published_on):
                continue
            if is_new or entry.file_id in awaiting | recheck:
                self.desk.note_found(PublicationFound(entry))
                yield from self._ask_document(entry, conditional=entry.file_id in recheck - awaiting)
            else:
                yield PublicationFound(entry)
        yield from self._ask_remembered(known, listed={entry.file_id for entry in page.entries})

    def _ask_remembered(
        self, known: KnownAuthority | None, *, listed: Collection[str] = ()
    ) -> Iterator[Output]:
        """The documents to be asked for that no page lists in this run."""
        if known is None:
            return
        awaiting = [entry for entry in known.awaiting if entry.file_id not in listed]
        for entry in awaiting:
            yield from self._ask_document(entry, listed=False)
        for entry in self._to_recheck(known):
            if entry.file_id not in listed and entry not in awaiting:
                yield from self._ask_document(entry, conditional=True, listed=False)

    def _to_recheck(self, known: KnownAuthority) -> tuple[PublicationSighting, ...]:
        """A poll leaves old documents to the next sweep."""
        return () if self._scope.is_poll else known.recheck

    # Documents

    def _ask_document(
        self, entry: PublicationSighting, *, conditional: bool = False, listed: bool = True
    ) -> Iterator[Output]:
        """The request for a document; an address that may not be asked ends here, as broken."""
        target = Target("document", entry.url, entry.urn)
        found = PublicationFound(entry, listed=listed)
        objection = self._rules.find_objection(entry.url)
        if objection is None:
            yield self.ask(
                self._on_document,
                target,
                Expected.DOCUMENT,
                DOCUMENT_VERSION,
                conditional=conditional,
                priority=DOCUMENT_FIRST,
                found=found,
            )
            return
        arrival = Arrival(target, Judgement(Outcome.BROKEN, objection), self.desk.now())
        self.desk.note_look(make_look(arrival))
        yield replace(found, document=make_take(arrival, None))

    async def _on_document(self, arrival: Arrival, found: PublicationFound) -> AsyncIterator[Output]:
        """Archives the bytes here, where they are; the item carries their hash."""
        sha256 = None
        if arrival.body and arrival.judgement.outcome in (Outcome.OK, Outcome.SOFT_ERROR):
            sha256 = await self.desk.keep(arrival.body, arrival.target.url, arrival.headers)
        self.desk.note_look(make_look(arrival, validators=arrival.find_validators()))
        yield replace(found, document=make_take(arrival, sha256))
