"""Settling runs: baseline, news, silence."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from state import EventName, Outcome, PublicationFound, Rhythm, Verdict
from state.records.filed import Filed
from state.records.takes import spool_found
from state.settling.diff import Pages, find_changes
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    HOUR,
    LEEDS,
    SITE,
    START,
    WAKEFIELD,
    Crawl,
    document,
    entry,
    page_url,
    sighting,
)


def test_a_first_look_is_recorded_and_not_announced(house: House) -> None:
    settlement = house.settle(Crawl().page(WAKEFIELD, entry("1"), entry("2")))

    assert settlement.verdict.verdict is Verdict.OK
    assert settlement.recorded == 2
    assert settlement.events == ()
    assert {row.id for row in house.store.publications()} == {"80451/1", "80451/2"}
    assert house.store.known([WAKEFIELD], now=START)[WAKEFIELD].file_ids == {"1", "2"}


def test_a_later_entry_is_announced_once_whatever_its_date(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    crawl = Crawl(at=START + HOUR).page(WAKEFIELD, entry("1"), entry("2", published_on=date(2015, 1, 1)))

    first, again = house.settle(crawl), house.settle(crawl)

    assert [event.name for event in first.events] == [EventName.PUBLICATION_NEW]
    assert first.deliveries == 1
    assert again.events == ()
    assert len(house.store.deliveries()) == 1


def test_announce_since_tells_what_is_recent_on_a_first_look(house: House) -> None:
    crawl = Crawl().page(WAKEFIELD, entry("1", published_on=date(2019, 6, 14)), entry("2"))

    settlement = house.settle(crawl, since=date(2019, 11, 1))

    assert settlement.event_keys == ("publication.new/80451/2",)


def test_a_page_first_seen_after_the_baseline_tells_what_came_since(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    late = Crawl(at=START + DAY).page(WAKEFIELD, entry("1"))
    late.page(LEEDS, entry("7", urn=LEEDS, published_on=date(2019, 10, 31)), entry("8", urn=LEEDS))

    settlement = house.settle(late)

    assert settlement.event_keys == ("publication.new/80452/8",)
    assert settlement.recorded == 2


def test_a_void_first_sweep_makes_no_baseline(house: House) -> None:
    crawl = Crawl().look(WAKEFIELD, Outcome.BROKEN, "no timeline").look(LEEDS, Outcome.BROKEN, "no timeline")
    house.settle(crawl)
    source = house.store.find_source("ofsted")
    assert source is not None
    assert source.baseline_on is None

    settlement = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, entry("1")))

    assert [event.name for event in settlement.events] == [EventName.SOURCE_RECOVERED]


def test_what_came_to_a_page_that_failed_in_the_first_sweep_is_told(house: House) -> None:
    others = entry("7", urn=LEEDS)
    house.settle(Crawl().look(WAKEFIELD, Outcome.BROKEN, "no timeline").page(LEEDS, others))

    old, new = entry("1", published_on=date(2019, 6, 14)), entry("2", published_on=(START + DAY).date())
    settlement = house.settle(Crawl(at=START + DAY).page(WAKEFIELD, old, new).page(LEEDS, others))

    assert [event.key for event in settlement.events if event.publication] == ["publication.new/80451/2"]


def test_one_failed_page_neither_slows_the_watch_nor_is_forgotten_by_polls(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")).page(LEEDS, entry("7", urn=LEEDS)))
    failed = Crawl(at=START + DAY).look(WAKEFIELD, Outcome.BROKEN, "no timeline")
    assert house.settle(failed.page(LEEDS, entry("7", urn=LEEDS))).events[0].name is EventName.SOURCE_BROKEN
    source = house.store.find_source("ofsted")
    assert source is not None
    assert (source.failures, source.swept_at) == (0, START + DAY)

    elsewhere = Crawl(at=START + DAY + HOUR, rhythm=Rhythm.POLL).page(LEEDS, entry("7", urn=LEEDS))
    assert house.settle(elsewhere).events == ()
    quiet = Crawl(at=START + DAY + HOUR, rhythm=Rhythm.POLL).look("", Outcome.NOT_MODIFIED, page="search")
    unchanged = house.settle(quiet)
    assert unchanged.in_words().startswith("ok: no page had changed, 0 recorded")
    source = house.store.find_source("ofsted")
    assert source is not None
    assert (source.verdict, source.since_at) == (Verdict.BROKEN, START + DAY)
    assert "no timeline" in (source.cause or "")

    there = Crawl(at=START + DAY + 2 * HOUR, rhythm=Rhythm.POLL).page(WAKEFIELD, entry("1"))
    assert [event.name for event in house.settle(there).events] == [EventName.SOURCE_RECOVERED]


def test_a_page_not_modified_still_lists_what_it_listed(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    for hour in range(1, 6):
        quiet = Crawl(at=START + hour * HOUR).look(WAKEFIELD, Outcome.NOT_MODIFIED)
        assert house.settle(quiet).events == ()

    (row,) = house.store.publications()
    assert row.status == "listed"


def test_validators_are_kept_with_what_was_settled_from_the_body(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    kept = house.store.find_validators(page_url(WAKEFIELD))
    assert kept is not None

    crawl = Crawl(at=START + HOUR).look(LEEDS, Outcome.BLOCKED, "answered 403 Forbidden (blocked)")
    crawl.look("80453", Outcome.BLOCKED, "answered 403 Forbidden (blocked)")
    house.settle(crawl.page(WAKEFIELD, entry("1"), entry("2")))

    assert house.store.find_validators(page_url(WAKEFIELD)) == kept
    assert len(house.store.publications()) == 1


def test_validators_wait_where_entries_did_not_come_home(house: House) -> None:
    entries = [entry("1"), entry("2", published_on=date(2019, 6, 14))]
    take = Crawl().page(WAKEFIELD, *entries).take()
    take.found = spool_found(entries[:1])

    house.settle_take(take)

    assert house.store.find_validators(page_url(WAKEFIELD)) is None
    assert house.store.find_validators(f"{SITE}/search") is None
    later = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, *entries))
    assert later.events == ()  # the page had no complete look before: still its baseline
    assert house.store.find_validators(f"{SITE}/search") is not None


def test_a_search_ahead_of_the_page_is_asked_again(house: House) -> None:
    house.settle(
        Crawl(claimed_on=date(2019, 6, 14)).page(WAKEFIELD, entry("1", published_on=date(2019, 6, 14)))
    )
    lagging = Crawl(at=START, rhythm=Rhythm.POLL).page(WAKEFIELD, entry("1", published_on=date(2019, 6, 14)))

    house.settle(lagging)
    assert house.store.known([WAKEFIELD], now=START)[WAKEFIELD].latest_report_on == date(2019, 6, 14)

    lagging.at = START + 3 * DAY
    house.settle(lagging)
    assert house.store.known([WAKEFIELD], now=START)[WAKEFIELD].latest_report_on == date(2019, 11, 1)


def test_a_flood_is_held_and_told_once(house: House) -> None:
    house.flood = 3
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    crawl = Crawl(at=START + HOUR).page(WAKEFIELD, *(entry(str(number)) for number in range(1, 6)))

    settlement = house.settle(crawl)

    assert settlement.event_keys[-1].startswith("flood.held/flood-2/")
    states = sorted(row.state for row in house.store.deliveries())
    assert states == ["held"] * 4 + ["pending"]
    assert house.store.outbox.release("flood-2", crawl.at) == 4
    assert {row.state for row in house.store.deliveries()} == {"pending"}


def test_a_source_is_reported_on_change_only(house: House) -> None:
    names = []
    for hour, outcome in enumerate(
        [Outcome.BLOCKED, Outcome.BLOCKED, Outcome.TRANSIENT, Outcome.OK, Outcome.OK, Outcome.BLOCKED]
    ):
        crawl = Crawl(at=START + hour * HOUR)
        if outcome is Outcome.OK:
            crawl.page(WAKEFIELD, entry("1"))
        else:
            crawl.look("", outcome, f"{SITE}/search answered 403 Forbidden (blocked)", page="search")
        names.append([event.name.value for event in house.settle(crawl).events])

    assert names == [["source.blocked"], [], ["source.broken"], ["source.recovered"], [], ["source.blocked"]]
    source = house.store.find_source("ofsted")
    assert source is not None
    assert (source.verdict, source.failures, source.since_at) == (Verdict.BLOCKED, 1, START + 5 * HOUR)


def test_chosen_pages_say_nothing_of_the_source(house: House) -> None:
    house.settle(Crawl().look("", Outcome.BLOCKED, "answered 403 Forbidden", page="search"))

    chosen = Crawl(at=START + HOUR, rhythm=Rhythm.CHOSEN).page(WAKEFIELD, entry("1"))

    assert house.settle(chosen).verdict.verdict is Verdict.OK
    source = house.store.find_source("ofsted")
    assert source is not None
    assert (source.verdict, source.last_look_at) == (Verdict.BLOCKED, START)
    assert len(house.store.publications()) == 1


LISTINGS = st.lists(st.sets(st.sampled_from(["1", "2", "3", "4"])), min_size=1, max_size=5)


@settings(max_examples=100, deadline=None)
@given(listings=LISTINGS)
def test_the_same_take_twice_makes_no_event(listings: list[set[str]]) -> None:
    known: dict[tuple[str, str], Filed] = {}
    here = frozenset({WAKEFIELD})
    for number, ids in enumerate(listings):
        found = [entry(file_id) for file_id in sorted(ids)]
        pages = Pages(read=here, complete=here, unchanged=frozenset(), first=frozenset() if number else here)
        for attempt in ("first", "second"):
            changes = find_changes(found, known, pages, announce_from=None, now=START + number * HOUR)
            news = {change.after.sighting.file_id for change in changes if change.event}
            unknown = ids - {file_id for _, file_id in known}
            assert news == (unknown if number and attempt == "first" else set())
            known |= {change.after.sighting.key: change.after for change in changes}


def test_a_publication_that_came_twice_in_a_run_is_one(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    without = PublicationFound(sighting("2"), None)
    crawl = Crawl(at=START + HOUR).ask(sighting("2"), document("2")).page(WAKEFIELD, entry("1"), without)

    settlement = house.settle(crawl)

    assert settlement.event_keys == ("publication.new/80451/2",)
    (event,) = settlement.events
    assert event.letter is not None
