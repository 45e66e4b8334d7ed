"""News settled: one story of many titles, told once a letter, amended, linked late; quiet where it is old."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from scraper.coverage import judge_article, link_article
from scraper.pages.article import Article
from state import (
    DeliveryState,
    Event,
    EventName,
    FeedLook,
    Outcome,
    PageLook,
    Rhythm,
    Routing,
    Settlement,
    Store,
    Take,
    Validators,
)
from state.settling.posting import REPORTS, Draft, hold_flood
from tests.scraper.coverage.stories import SEED
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    HOUR,
    START,
    WAKEFIELD,
    Crawl,
    compare,
    document,
    entry,
    letter,
    route_to_newsdesk,
)

PAPER, POST = "Wakefield Express", "Yorkshire Post"
TEXT = (
    "Children are now regularly seen by their social workers, and more recent social work practice is "
    "leading to improved outcomes for some through better focused interventions. Work with children is now "
    "routinely recorded."
)
BEFORE = START - 30 * DAY
LETTER = entry("1", document("1", text=letter(TEXT)))
OLD = entry("0", published_on=date(2019, 6, 14))


@pytest.fixture
def store(house: House) -> Store:
    """A state that knows its paper and Wakefield's page since a month."""
    settle_letters(house.store, OLD, at=BEFORE)
    settle_news(house.store, at=BEFORE)
    return house.store


def settle_letters(store: Store, *found: object, at: datetime = START, route=route_to_newsdesk) -> Settlement:  # type: ignore[no-untyped-def]
    crawl = Crawl(at=at).page(WAKEFIELD, *found)  # type: ignore[arg-type]
    return store.settle(crawl.take(), now=at, route=route, compare=compare, flood=20, link=link_article)


def settle_news(
    store: Store,
    *articles: Article,
    at: datetime = START,
    sources: Sequence[str] = (PAPER, POST),
    unreached: Sequence[str] = (),
    flood: int = 20,
    route=route_to_newsdesk,  # type: ignore[no-untyped-def]
) -> Settlement:
    take = Take("news", Rhythm.POLL, at)
    for source in (*sources, *unreached):
        held = None if source in unreached else Validators('"1"', None, "0" * 64, 1)
        outcome = Outcome.OK if held else Outcome.TRANSIENT
        rows = 25 if held else None
        page = PageLook(f"https://{source[:4]}.example/rss", "feed", outcome, at, rows=rows, validators=held)
        take.feeds.append(FeedLook(source, page, at))
        take.looks.append(page)
    take.articles = [judge_article(article, article.publisher) for article in articles]
    return store.settle(take, now=at, route=route, compare=compare, flood=flood, link=link_article)


def article(publisher: str = PAPER, at: datetime = START, **facts: object) -> Article:
    own = {"publisher": publisher, "published_at": at, "identity": f"{publisher}/1"}
    facts = own | {"url": f"https://{publisher[:4]}.example/1"} | facts
    return replace(SEED, **facts)  # type: ignore[arg-type]


def coverage_of(settlement: Settlement) -> list[Event]:
    return [event for event in settlement.events if event.name is EventName.COVERAGE_NEW]


def test_a_story_about_a_letter_is_told_once(store: Store) -> None:
    settle_letters(store, OLD, LETTER)
    [event] = coverage_of(settle_news(store, article(), at=START + HOUR))

    assert event.publication is not None
    assert event.publication.file_id == "1"
    assert event.article is not None
    assert event.article.publisher == PAPER
    assert event.coverage is not None
    assert [passage.text for passage in event.coverage.passages] == [
        TEXT[: TEXT.index(".")],
        "Work with children is now routinely recorded",
    ]
    assert coverage_of(settle_news(store, article(), at=START + 2 * HOUR)) == []


def test_further_titles_amend_what_was_told(store: Store) -> None:
    settle_letters(store, OLD, LETTER)
    [first] = coverage_of(settle_news(store, article(), at=START + HOUR))
    second = article(
        POST, START + 20 * HOUR, title="Ofsted praises progress at Wakefield children's services"
    )

    [amending] = coverage_of(settle_news(store, second, at=START + 21 * HOUR))

    assert amending.coverage is not None
    assert amending.coverage.amends == first.key
    assert [one.publisher for one in amending.coverage.articles] == [PAPER, POST]
    unsent = store.outbox.claim_due("test", START + DAY, 10, timedelta(minutes=1))
    told = {delivery.event.key: delivery.event for delivery in unsent}
    assert told[first.key].coverage is not None
    assert len(told[first.key].coverage.articles) == 2  # type: ignore[union-attr]
    [story] = store.coverage(f"{WAKEFIELD}/1")
    assert [one.publisher for one in story.articles] == [PAPER, POST]


def test_a_letter_that_comes_after_its_story_is_linked_when_it_comes(store: Store) -> None:
    assert coverage_of(settle_news(store, article(), at=START)) == []

    events = settle_letters(store, OLD, LETTER, at=START + HOUR).events

    assert [event.name for event in events] == [EventName.PUBLICATION_NEW, EventName.COVERAGE_NEW]
    deliveries = store.outbox.claim_due("test", START + DAY, 10, timedelta(minutes=1))
    assert [one.event.name for one in deliveries] == [EventName.PUBLICATION_NEW, EventName.COVERAGE_NEW]
    assert settle_letters(store, OLD, LETTER, at=START + 2 * HOUR).events == ()
    assert coverage_of(settle_news(store, article(), at=START + 3 * HOUR)) == []


def test_what_is_old_when_a_feed_is_new_is_quiet(house: House) -> None:
    settle_letters(house.store, LETTER)
    assert settle_news(house.store, article(), at=START + HOUR).events == ()
    [story] = house.store.coverage(f"{WAKEFIELD}/1")
    assert [one.publisher for one in story.articles] == [PAPER]


@pytest.mark.parametrize(
    ("sources", "unreached"),
    [((PAPER,), ("Leeds Live", "Hull Mail", "York Press", "Bradford Post")), ((POST, "Hull Mail"), (PAPER,))],
    ids=["a void round", "a feed out of reach"],
)
def test_a_first_look_that_fails_does_not_make_the_next_one_news(
    house: House, sources: Sequence[str], unreached: Sequence[str]
) -> None:
    settle_letters(house.store, LETTER)
    old = article()
    told = [old] if PAPER in sources else []
    assert coverage_of(settle_news(house.store, *told, sources=sources, unreached=unreached)) == []
    assert coverage_of(settle_news(house.store, old, at=START + HOUR)) == []
    fresh = article(
        POST, START + 2 * HOUR, identity="2", title="Ofsted praises Wakefield children's services"
    )
    assert len(coverage_of(settle_news(house.store, fresh, at=START + 3 * HOUR))) == 1


def test_a_new_feed_s_story_about_a_letter_just_told_is_news(house: House) -> None:
    settle_letters(house.store, OLD, at=BEFORE)
    settle_letters(house.store, OLD, LETTER)
    assert len(coverage_of(settle_news(house.store, article(), at=START + HOUR))) == 1


def test_an_article_that_turns_up_long_after_its_day_is_quiet(house: House) -> None:
    settle_letters(house.store, LETTER)
    settle_news(house.store)
    assert coverage_of(settle_news(house.store, article(), at=START + 25 * DAY)) == []


def test_other_news_is_neither_told_nor_kept(store: Store) -> None:
    settle_letters(store, OLD, LETTER)
    school = article(title="Wakefield primary school put in special measures by Ofsted", paragraphs=())
    assert settle_news(store, school, at=START + HOUR).events == ()
    assert store.coverage() == []


def test_a_visit_told_of_in_advance_is_kept_for_those_who_expect_letters(store: Store) -> None:
    ahead = article(title="Ofsted to inspect Wakefield's children's services again next month", paragraphs=())
    assert coverage_of(settle_news(store, ahead, at=START + HOUR)) == []
    [row] = store.expected()
    assert row.source is not None
    assert (row.urn, row.source.publisher) == (WAKEFIELD, PAPER)


def test_a_flood_of_reports_is_held(store: Store) -> None:
    settle_letters(store, OLD, LETTER)
    titles = (
        "Ofsted report praises Wakefield children's services",
        "Wakefield: progress, says Ofsted report",
    )
    bare = [
        article(publisher, START + hours * HOUR, title=title, paragraphs=())
        for publisher, hours, title in ((PAPER, 1, titles[0]), (POST, 2, titles[1]))
    ]
    names = [event.name for event in settle_news(store, *bare, at=START + 3 * HOUR, flood=1).events]
    assert names == [EventName.COVERAGE_NEW, EventName.COVERAGE_NEW, EventName.FLOOD_HELD]
    assert store.outbox.count_open()["held"] == 2


def test_floods_of_two_sorts_in_one_round_are_two_holds() -> None:
    letters = [Draft(Event(key="l", name=EventName.PUBLICATION_NEW, at=START))]
    reports = [Draft(Event(key="r", name=EventName.COVERAGE_NEW, at=START))]
    _, first = hold_flood(letters, limit=0, run_id=7, now=START)
    _, second = hold_flood(reports, limit=0, run_id=7, now=START, what=REPORTS)
    assert first.event.key != second.event.key
    holds = [each.event.held.hold for each in (first, second) if each.event.held]
    assert holds == ["flood-7", "reports-7"]


def test_what_adds_to_a_held_report_is_held_with_it(store: Store) -> None:
    settle_letters(store, OLD, LETTER)
    settle_news(store, article(), at=START + HOUR, flood=0)
    title = "Ofsted praises progress at Wakefield children's services"
    settle_news(store, article(POST, START + 2 * HOUR, title=title), at=START + 3 * HOUR)
    held = [each for each in store.deliveries() if each.state is DeliveryState.HELD]
    assert len(held) == 2
    (hold,) = {each.hold for each in held}
    assert hold is not None
    assert store.outbox.release(hold, START + 4 * HOUR) == 2


def test_killed_in_the_middle_nothing_was_written(store: Store) -> None:
    settle_letters(store, OLD, LETTER)

    def die(_event: Event) -> list[Routing]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        settle_news(store, article(), at=START + HOUR, route=die)

    assert store.coverage() == []
    assert len(coverage_of(settle_news(store, article(), at=START + HOUR))) == 1
