"""Rounds of news feeds: each feed judged by its own history, left alone when it refuses, told once."""

from datetime import datetime, timedelta

import pytest

from state import (
    Event,
    FeedLook,
    Opening,
    Outcome,
    PageLook,
    Rhythm,
    Settlement,
    Store,
    Take,
    Validators,
    Verdict,
)
from state.records.takes import spool_looks
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, START, compare, route_to_newsdesk

PAPER, POST = "Wakefield Express", "Yorkshire Post"


@pytest.fixture
def store(house: House) -> Store:
    return house.store


def url_of(source: str) -> str:
    return f"https://{source.lower().replace(' ', '-')}.example/rss"


def look(
    source: str = PAPER,
    outcome: Outcome = Outcome.OK,
    *,
    items: int = 25,
    at: datetime = START,
    cause: str | None = None,
    newest_at: datetime | None = START,
    **facts: object,
) -> FeedLook:
    held = Validators('"1"', None, "0" * 64, 1) if outcome in (Outcome.OK, Outcome.NOT_MODIFIED) else None
    rows = items if outcome is Outcome.OK else None
    page = PageLook(url_of(source), "feed", outcome, at, cause=cause, rows=rows, validators=held)
    return FeedLook(source, page, newest_at if outcome is Outcome.OK else None, **facts)  # type: ignore[arg-type]


def settle(
    store: Store, *feeds: FeedLook, at: datetime = START, openings: tuple[Opening, ...] = (), **facts: object
) -> Settlement:
    take = Take("news", Rhythm.POLL, at, feeds=list(feeds), openings=list(openings))
    take.looks = spool_looks(feed.look for feed in feeds)
    for name, value in facts.items():
        setattr(take, name, value)
    return store.settle(take, now=at, route=route_to_newsdesk, compare=compare, flood=20)


def names(settlement: Settlement) -> list[str]:
    return [event.name.value for event in settlement.events]


def sources_told(settlement: Settlement) -> list[tuple[str, str | None]]:
    told: list[Event] = list(settlement.events)
    return [(event.source.name, event.source.cause) for event in told if event.source]


def test_every_feed_is_a_source_with_a_verdict_of_its_own(store: Store) -> None:
    settle(store, look(), look(POST, Outcome.BLOCKED, cause="the server answered 403 (Forbidden)"))
    rows = {row.name: row for row in store.sources()}
    assert rows[PAPER].verdict is Verdict.OK
    assert rows[POST].verdict is Verdict.BLOCKED
    assert rows[POST].cause == f"{url_of(POST)} the server answered 403 (Forbidden)"
    assert rows["news"].verdict is Verdict.DEGRADED


@pytest.mark.parametrize(
    ("outcome", "rest"),
    [
        (Outcome.BLOCKED, DAY),
        (Outcome.GONE, DAY),
        (Outcome.BROKEN, HOUR),
        (Outcome.TRANSIENT, HOUR),
    ],
)
def test_a_feed_that_fails_is_left_alone_longer_and_longer_up_to_a_day(
    store: Store, outcome: Outcome, rest: timedelta
) -> None:
    at = START
    for _ in range(8):
        settle(store, look(outcome=outcome, cause="no"), at=at)
        rests_until = store.known_feeds()[PAPER].rests_until
        assert rests_until == at + rest
        at, rest = at + rest, min(rest * 2, DAY)
    settle(store, look(at=at), at=at)
    assert store.known_feeds()[PAPER].rests_until is None


def test_a_feed_that_breaks_and_recovers_is_told_once_each(store: Store) -> None:
    settle(store, look(), look(POST))
    broken = settle(store, look(outcome=Outcome.BROKEN, cause="no feed"), look(POST), at=START + HOUR)
    assert names(broken) == ["source.broken"]
    assert sources_told(broken) == [(PAPER, f"{url_of(PAPER)} no feed")]
    again = settle(store, look(outcome=Outcome.BROKEN, cause="no feed"), look(POST), at=START + 2 * HOUR)
    assert names(again) == []
    mended = settle(store, look(), look(POST), at=START + 5 * HOUR)
    assert names(mended) == ["source.recovered"]


def test_a_feed_that_fails_alone_is_told_as_its_own_trouble(store: Store) -> None:
    settle(store, look())
    gone = settle(store, look(outcome=Outcome.GONE, cause="gone"), at=START + HOUR)
    assert gone.verdict.verdict is Verdict.BROKEN
    assert sources_told(gone) == [(PAPER, f"{url_of(PAPER)} gone")]
    assert [incident.source for incident in store.incidents()] == [PAPER]
    assert names(settle(store, look(), at=START + DAY)) == ["source.recovered"]


def test_all_feeds_failing_alike_is_told_once_as_the_rounds_trouble(store: Store) -> None:
    def fail(source: str, at: datetime) -> FeedLook:
        return look(source, Outcome.BROKEN, cause="no feed", at=at)

    settle(store, look(), look(POST))
    first = settle(store, fail(PAPER, START), fail(POST, START), at=START + HOUR)
    assert [name for name, _ in sources_told(first)] == ["news"]
    at = START + 2 * HOUR
    assert sources_told(settle(store, fail(PAPER, at), fail(POST, at), at=at)) == []
    at = START + DAY + HOUR
    assert [name for name, _ in sources_told(settle(store, fail(PAPER, at), fail(POST, at), at=at))] == [
        "news"
    ]
    at = START + DAY + 2 * HOUR  # one alone is asked, and fails: still the incident of all
    assert sources_told(settle(store, fail(POST, at), at=at)) == []
    at = START + DAY + 3 * HOUR
    partly = settle(store, look(at=at), fail(POST, at), at=at)
    assert [(event.name.value, event.source.name) for event in partly.events if event.source] == [
        ("source.recovered", "news"),
        ("source.broken", POST),
    ]
    at = START + DAY + 4 * HOUR
    mended = settle(store, look(at=at), look(POST, at=at), at=at)
    assert [(event.name.value, event.source.name) for event in mended.events if event.source] == [
        ("source.recovered", POST)
    ]
    assert store.incidents(open_only=True) == []


def test_a_feed_that_is_asked_for_by_name_tells_of_itself(store: Store) -> None:
    settle(store, look(), look(POST))
    asked = [look(outcome=Outcome.GONE, cause="gone"), look(POST, Outcome.GONE, cause="gone")]
    chosen = settle(store, *asked, at=START + HOUR, rhythm=Rhythm.CHOSEN)
    assert [name for name, _ in sources_told(chosen)] == [PAPER, POST]


def test_a_feed_that_had_items_and_lists_none_is_broken(store: Store) -> None:
    settle(store, look())
    settlement = settle(store, look(items=0, newest_at=None), at=START + HOUR)
    assert settlement.feeds[PAPER].cause == f"{url_of(PAPER)} lists nothing, 25 at the last good look"
    assert settlement.feeds[PAPER].verdict is Verdict.BROKEN


def test_a_sitemap_of_the_last_two_days_may_be_empty(store: Store) -> None:
    settlement = settle(store, look(items=0, newest_at=None, may_be_empty=True))
    assert settlement.feeds[PAPER].verdict is Verdict.OK


def test_a_feed_without_a_new_story_for_a_month_is_stale_and_no_failure(store: Store) -> None:
    settle(store, look())
    late = START + 31 * DAY
    settlement = settle(store, look(outcome=Outcome.NOT_MODIFIED, at=late), at=late)
    assert settlement.feeds[PAPER].verdict is Verdict.STALE
    assert settlement.feeds[PAPER].cause == "the newest story is 31 days old"
    assert settlement.verdict.verdict is Verdict.OK


def test_a_stale_feed_is_read_again_for_our_clock_may_have_run_ahead(store: Store) -> None:
    settle(store, look(at=START + 366 * DAY), at=START + 366 * DAY)
    assert store.find_validators(url_of(PAPER)) is None
    settle(store, look(at=START + HOUR), at=START + HOUR)
    assert store.find_validators(url_of(PAPER)) is not None


def test_a_slow_server_is_given_three_tries(store: Store) -> None:
    settle(store, look())
    verdicts = []
    for hours in (1, 3, 7):
        at = START + hours * HOUR
        settled = settle(store, look(outcome=Outcome.TRANSIENT, cause="the server took too long"), at=at)
        verdicts.append(settled.feeds[PAPER].verdict)
        shown = next(source for source in store.sources() if source.name == PAPER)
        assert (shown.verdict, shown.cause) == (verdicts[-1].value, settled.feeds[PAPER].cause)
    assert verdicts == [Verdict.DEGRADED, Verdict.DEGRADED, Verdict.BROKEN]
    assert [(each.source, each.opened_at) for each in store.incidents()] == [(PAPER, START + HOUR)]


def test_our_own_network_down_says_nothing_of_any_feed(store: Store) -> None:
    papers = [f"Paper {number}" for number in range(5)]
    settle(store, *(look(paper) for paper in papers))
    before = store.known_feeds()
    down = settle(
        store,
        *(look(paper, Outcome.TRANSIENT, cause="no connection to the server") for paper in papers),
        at=START + HOUR,
    )
    assert down.verdict.verdict is Verdict.BROKEN
    assert "5 of 5 feeds out of reach" in (down.verdict.cause or "")
    assert [name for name, _ in sources_told(down)] == ["news"]
    assert store.known_feeds() == before


def test_a_quiet_look_is_one_statement_for_all_and_moves_the_last_look(store: Store) -> None:
    settle(store, look(), look(POST))
    later = START + HOUR
    quiet = [look(paper, Outcome.NOT_MODIFIED, at=later) for paper in (PAPER, POST)]
    settlement = settle(store, *quiet, at=later)
    assert names(settlement) == []
    assert {row.last_look_at for row in store.sources()} == {later}
    assert {row.last_good_at for row in store.sources()} == {later}


def test_an_opened_story_is_remembered_with_its_mark_until_it_is_pruned(store: Store) -> None:
    settle(store, look(), openings=(Opening("a/1", "m1", PAPER), Opening("a/2", "m1", PAPER)))
    settle(store, look(at=START + DAY), at=START + DAY, openings=(Opening("a/2", "m2", PAPER),))
    assert store.find_openings(["a/1", "a/2", "a/3"]) == {"a/1": "m1", "a/2": "m2"}
    late = START + 91 * DAY
    settle(store, look(at=late), at=late, openings=(Opening("a/4", "m1", PAPER),))
    assert store.find_openings(["a/1", "a/2", "a/4"]) == {"a/1": "m1", "a/2": "m2", "a/4": "m1"}


def test_a_feed_whose_stories_were_not_all_opened_is_read_again(store: Store) -> None:
    settle(store, look(wanted=2), openings=(Opening("a/1", "m", PAPER),))
    assert store.find_validators(url_of(PAPER)) is None
    settle(store, look(wanted=1, at=START + HOUR), at=START + HOUR, openings=(Opening("a/2", "m", PAPER),))
    assert store.find_validators(url_of(PAPER)) is not None


def test_a_feed_that_lists_nothing_is_asked_for_whole_next_time(store: Store) -> None:
    settle(store, look(items=0, newest_at=None))
    assert store.find_validators(url_of(PAPER)) is None


def test_a_round_that_was_stopped_is_degraded(store: Store) -> None:
    assert settle(store, look(), stopped="shutdown").verdict.verdict is Verdict.DEGRADED


def test_a_dead_feed_is_told_of_weekly_and_never_as_the_round_s_own_trouble(store: Store) -> None:
    told = []
    for day in range(16):
        at = START + day * DAY
        dead = look(POST, Outcome.GONE, at=at, cause="the server answered 410 (Gone)")
        told += [
            (day, name) for name, _ in sources_told(settle(store, look(at=at, newest_at=at), dead, at=at))
        ]
    assert told == [(0, POST), (7, POST), (14, POST)]
    assert [incident.source for incident in store.incidents()] == [POST]


def test_each_source_shows_the_day_of_its_own_newest(store: Store) -> None:
    settle(store, look(newest_at=START - 2 * DAY), look(POST, newest_at=None))
    newest = {row.name: row.newest_on for row in store.sources()}
    assert newest == {PAPER: (START - 2 * DAY).date(), POST: None, "news": (START - 2 * DAY).date()}
