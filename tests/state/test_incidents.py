"""Incidents: opened, changed, told daily while they last, closed."""

from datetime import datetime, timedelta

from state import EventName, Outcome, PageLook, Rhythm, RunVerdict, Verdict
from state.settling.incidents import follow_incident
from state.storage.database import Database, parse_url
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, SITE, START, WAKEFIELD, Crawl, entry

KEPT = "ab" * 32


def fail(
    house: House, after: timedelta, outcome: Outcome, cause: str = "no timeline"
) -> list[tuple[str, int]]:
    """A run whose search failed; the events of its source with the day they tell of."""
    at = START + after
    crawl = Crawl(at=at)
    crawl.looks.append(PageLook(f"{SITE}/search", "search", outcome, at, cause=cause, page_sha256=KEPT))
    return told(house, crawl)


def succeed(house: House, after: timedelta) -> list[tuple[str, int]]:
    return told(house, four_pages(START + after).page("80600", entry("1", urn="80600")))


def four_pages(at: datetime) -> Crawl:
    """Three pages that are well; the fourth is the caller's."""
    crawl = Crawl(at=at).page(WAKEFIELD, entry("1"))
    for urn in ("80500", "80501"):
        crawl.page(urn, entry("1", urn=urn))
    return crawl


def told(house: House, crawl: Crawl) -> list[tuple[str, int]]:
    events = house.settle(crawl).events
    return [(event.name.value, event.source.day) for event in events if event.source]


def test_it_is_told_once_then_daily_and_when_it_ends(house: House) -> None:
    assert succeed(house, 0 * HOUR) == []
    assert fail(house, 1 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]
    assert [fail(house, hours * HOUR, Outcome.BROKEN) for hours in (2, 10, 23)] == [[], [], []]
    assert fail(house, 25 * HOUR, Outcome.BROKEN) == [("source.broken", 2)]
    assert fail(house, 26 * HOUR, Outcome.BROKEN) == []
    assert fail(house, 50 * HOUR, Outcome.BROKEN) == [("source.broken", 3)]
    (incident,) = house.store.incidents(open_only=True)
    assert (incident.opened_at, incident.verdict) == (START + HOUR, Verdict.BROKEN)

    assert succeed(house, 51 * HOUR) == [("source.recovered", 3)]
    assert house.store.incidents(open_only=True) == []
    (incident,) = house.store.incidents()
    assert incident.closed_at == START + 51 * HOUR
    assert succeed(house, 52 * HOUR) == []


def test_the_page_that_broke_is_named_and_kept(house: House) -> None:
    fail(house, 0 * HOUR, Outcome.BROKEN)
    (incident,) = house.store.incidents()
    assert (incident.page_url, incident.page_sha256, incident.run_id) == (f"{SITE}/search", KEPT, 1)


def test_another_verdict_is_told_anew(house: House) -> None:
    assert fail(house, 0 * HOUR, Outcome.BLOCKED) == [("source.blocked", 1)]
    assert fail(house, 1 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]
    assert fail(house, 2 * HOUR, Outcome.BROKEN) == []
    (incident,) = house.store.incidents()
    assert (incident.opened_at, incident.changed_at) == (START, START + HOUR)


def miss(house: House, after: timedelta) -> list[tuple[str, int]]:
    return told(house, four_pages(START + after).look("80600", Outcome.TRANSIENT, "timed out"))


def test_a_page_not_reached_is_news_after_a_day_and_its_return_only_then(house: House) -> None:
    assert [miss(house, hours * HOUR) for hours in (0, 1, 23)] == [[], [], []]
    assert succeed(house, 23.5 * HOUR) == []
    assert [miss(house, DAY + hours * HOUR) for hours in (0, 23)] == [[], []]
    assert miss(house, 2 * DAY) == [("source.degraded", 2)]
    assert miss(house, 2 * DAY + HOUR) == []
    assert succeed(house, 2 * DAY + 2 * HOUR) == [("source.recovered", 2)]


def test_what_failed_and_is_read_in_part_has_recovered(house: House) -> None:
    fail(house, 0 * HOUR, Outcome.BROKEN)
    assert miss(house, 1 * HOUR) == [("source.recovered", 1)]
    (incident,) = house.store.incidents(open_only=True)
    assert incident.verdict is Verdict.DEGRADED


def test_a_look_that_we_cut_short_neither_begins_nor_ends_anything(house: House) -> None:
    succeed(house, 0 * HOUR)
    assert cut_short(house, 1 * HOUR) == []
    source = house.store.find_source("ofsted")
    assert source is not None
    assert (source.verdict, source.failures) == (Verdict.OK, 0)
    assert (source.last_good_at, source.last_look_at) == (START, START + HOUR)
    assert fail(house, 2 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]
    assert cut_short(house, 3 * HOUR) == [], "it has not recovered"
    assert cut_short(house, 3 * HOUR, Rhythm.POLL) == []
    (incident,) = house.store.incidents(open_only=True)
    assert incident.verdict is Verdict.BROKEN
    assert fail(house, 26 * HOUR, Outcome.BROKEN) == [("source.broken", 2)]


def cut_short(house: House, after: timedelta, rhythm: Rhythm = Rhythm.SWEEP) -> list[tuple[str, int]]:
    """A run that was stopped while its search was out of reach."""
    at = START + after
    crawl = Crawl(at=at, rhythm=rhythm).look("", Outcome.TRANSIENT, "timed out", "search")
    take = crawl.take()
    take.stopped = "deadline"
    events = house.settle_take(take, now=at).events
    return [(event.name.value, event.source.day) for event in events if event.source]


def test_a_clock_set_back_silences_nothing(house: House) -> None:
    fail(house, 365 * DAY, Outcome.BROKEN)
    assert fail(house, 0 * DAY, Outcome.BROKEN) == [("source.broken", 1)]
    assert fail(house, 25 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]


def test_a_stale_source_is_told_of_as_stale(url: str, house: House) -> None:
    database = Database(parse_url(url))
    stale = RunVerdict(Verdict.STALE, "newest entry 61 days old", {})
    with database.writing() as connection:
        first = follow_incident(connection, "Wakefield Express", stale, now=START)
        again = follow_incident(connection, "Wakefield Express", stale, now=START + HOUR)
    database.close()
    assert first is not None
    assert (first.name, first.source and first.source.verdict) == (EventName.SOURCE_STALE, Verdict.STALE)
    assert again is None


def test_the_incident_of_a_source_that_nobody_watches_is_ended_in_silence(house: House) -> None:
    fail(house, 0 * HOUR, Outcome.BROKEN)
    assert house.store.close_unwatched({"ofsted", "news"}, START + HOUR) == []
    assert house.store.close_unwatched({"news"}, START + HOUR) == ["ofsted"]
    assert house.store.incidents(open_only=True) == []
    assert house.store.close_unwatched({"news"}, START + HOUR) == []
    assert fail(house, 2 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]


def test_a_clock_set_back_a_little_tells_nothing_twice(house: House) -> None:
    assert fail(house, 2 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]
    assert fail(house, HOUR + HOUR / 60, Outcome.BROKEN) == []
    assert fail(house, 0 * HOUR, Outcome.BROKEN) == [("source.broken", 1)]
