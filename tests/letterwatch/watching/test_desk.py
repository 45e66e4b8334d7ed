"""The desk asks the state once for many pages, and holds on to nothing for longer than it is needed."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from scrapy.exceptions import CloseSpider

from letterwatch.clock import Clock
from letterwatch.watching.desk import StateDesk
from scraper.letters import LetterReader
from state import Archive, Rhythm, StateError, Store, Take
from tests.state.conftest import House
from tests.state.takes import START, Crawl, entry, page_url

URNS = ("80451", "80452", "80453")


class CountingStore(Store):
    """A store that notes for how many addresses it was asked each time."""

    asked: list[int]
    away = 0  # times

    def validators_of(self, urls):  # type: ignore[no-untyped-def]
        if self.away:
            self.away -= 1
            raise StateError("away")
        self.asked.append(len(urls))
        return super().validators_of(urls)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StateDesk]:
    """A desk over a state that has settled a sweep of three pages."""
    store = CountingStore.open(f"sqlite:///{tmp_path}/state.db", rehearsal=False)
    assert isinstance(store, CountingStore)
    store.asked = []
    crawl = Crawl()
    for number, urn in enumerate(URNS):
        crawl.page(urn, entry(str(number), urn=urn))
    House(store).settle(crawl)
    take = Take("ofsted", Rhythm.SWEEP, started_at=START)
    with LetterReader() as reader:
        yield StateDesk(Clock(), store, Archive(str(tmp_path / "archive")), reader, take)
    store.close()


def test_what_was_foreseen_is_asked_of_the_state_in_one_question(desk: StateDesk) -> None:
    urls = [page_url(urn) for urn in URNS]
    asyncio.run(desk.foresee([*urls, "https://reports.test/new"]))
    held = [asyncio.run(desk.find_validators(url)) for url in urls]
    assert [each and each.etag for each in held] == [f'"{urn}"' for urn in URNS]
    assert asyncio.run(desk.find_validators("https://reports.test/new")) is None
    assert desk.store.asked == [4]  # type: ignore[attr-defined]


def test_what_was_used_is_let_go_of_and_asked_for_again_by_a_retry(desk: StateDesk) -> None:
    url = page_url(URNS[0])
    asyncio.run(desk.foresee([url]))
    first, again = (asyncio.run(desk.find_validators(url)) for _ in range(2))
    assert first is not None
    assert first == again
    assert desk.store.asked == [1, 1]  # type: ignore[attr-defined]


def test_a_state_that_is_away_for_a_moment_is_asked_again(desk: StateDesk) -> None:
    desk.pauses = (0.0, 0.0)
    desk.store.away = 2  # type: ignore[attr-defined]
    asyncio.run(desk.foresee([page_url(URNS[0])]))
    assert asyncio.run(desk.find_validators(page_url(URNS[0]))) is not None
    assert desk.failure is None


def test_a_state_that_stays_away_ends_the_crawl_and_says_why(desk: StateDesk) -> None:
    desk.pauses = (0.0, 0.0)
    desk.store.away = 3  # type: ignore[attr-defined]
    with pytest.raises(CloseSpider):
        asyncio.run(desk.foresee([page_url(URNS[0])]))
    assert str(desk.failure) == "away"


QUESTIONS: tuple[Callable[[StateDesk], Awaitable[object]], ...] = (
    lambda desk: desk.find_known(URNS),
    lambda desk: desk.find_recent(START.date(), START.date()),
    lambda desk: desk.find_waiting(),
    lambda desk: desk.foresee([page_url(URNS[0])]),
    lambda desk: desk.find_validators(page_url(URNS[0])),
    lambda desk: desk.news_sources(),
    lambda desk: desk.known_feeds(),
    lambda desk: desk.find_openings(["a/1"]),
    lambda desk: desk.find_notices(["/a"]),
    lambda desk: desk.find_robots("reports.test"),
    lambda desk: desk.keep_robots("reports.test", ""),
    lambda desk: desk.take_moment("reports.test", 1.0),
)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_once_the_state_stayed_away_no_question_is_asked_any_more(
    desk: StateDesk, ask: Callable[[StateDesk], Awaitable[object]]
) -> None:
    async def ask_in_vain() -> None:
        await ask(desk)

    desk.failure = StateError("away")
    with pytest.raises(CloseSpider) as ended:
        asyncio.run(ask_in_vain())
    assert ended.value.reason == "away"
    assert desk.store.asked == []  # type: ignore[attr-defined]


def test_known_are_those_who_were_asked_for(desk: StateDesk) -> None:
    known = asyncio.run(desk.find_known(URNS[:2]))
    assert sorted(known) == list(URNS[:2])
