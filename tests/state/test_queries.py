"""The lists and the trail, as people and programs see them."""

from datetime import date

import pytest

from state import Kind, Outcome, PaceLabel, Rhythm, StateError, Verdict
from state.lists.totals import Totals
from state.records.letters import Pace
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    HOUR,
    LEEDS,
    SITE,
    START,
    WAKEFIELD,
    Crawl,
    digest,
    document,
    entry,
    inspection,
    letter,
    no_document,
)

PACE = Pace(label=PaceLabel.STEADY, quote="The local authority is making steady progress.", page=1)


@pytest.fixture
def told(house: House) -> House:
    """A letter announced in the third run; the second failed in part."""
    old = entry("1", published_on=date(2019, 6, 14))
    house.settle(Crawl().page(WAKEFIELD, old))
    late = entry("2", no_document("2", Outcome.TRANSIENT, "timed out"))
    partly = Crawl(at=START + HOUR).look(LEEDS, Outcome.TRANSIENT, "timed out")
    house.settle(partly.page(WAKEFIELD, old, late))
    first, last = date(2019, 10, 9), date(2019, 10, 10)
    read = letter("Steady.", pace=PACE, visited_from_on=first, visited_to_on=last, visit_number=3)
    taken = document("2", text=read, at=START + DAY)
    fully = Crawl(at=START + DAY).look(LEEDS, Outcome.NOT_MODIFIED)
    house.settle(fully.page(WAKEFIELD, old, entry("2", taken)))
    return house


def test_a_publication_shows_every_fact_of_its_letter(told: House) -> None:
    row, older = told.store.publications()

    assert (row.id, row.la_code, row.authority, row.kind) == (
        "80451/2",
        "384",
        "Wakefield",
        Kind.MONITORING_VISIT,
    )
    assert (row.visited_from_on, row.visited_to_on) == (date(2019, 10, 9), date(2019, 10, 10))
    assert (row.visit_number, row.pace, row.versions) == (3, PaceLabel.STEADY, 1)
    assert (row.first_seen_at, row.announced_at) == (START + HOUR, START + DAY)
    assert (older.id, older.announced_at) == ("80451/1", None)


def test_runs_show_their_figures_and_what_failed(told: House) -> None:
    last, middle, first = told.store.runs()

    assert [run.verdict for run in (last, middle, first)] == [Verdict.OK, Verdict.DEGRADED, Verdict.OK]
    assert (middle.figures["pages"], middle.figures["pages_failed"], last.events) == (2, 1, 1)
    failed = told.store.looks(middle.id)
    assert [(look.page, look.cause) for look in failed] == [
        ("provider", "timed out"),
        ("document", "timed out"),
    ]
    assert middle.cause == f"1 of 2 pages not reached, first {SITE}/provider/44/{LEEDS} timed out"


def test_a_source_shows_since_when_it_is_how_it_is(told: House) -> None:
    (source,) = told.store.sources()

    assert (source.verdict, source.since_at, source.last_look_at) == (Verdict.OK, START, START + DAY)
    assert (source.swept_at, source.baseline_on) == (START + DAY, START.date())
    assert source.newest_on == date(2019, 11, 1)
    assert told.store.find_source("news") is None


def test_the_trail_leads_from_sighting_to_delivery(told: House) -> None:
    (delivery,) = told.store.deliveries()
    outbox = told.store.outbox
    outbox.claim_due("host/1/1", START + DAY, 9, HOUR)
    outbox.record_attempt(delivery.id, START + DAY)
    outbox.record_parked(delivery.id, "answered 410 Gone", START + DAY)

    steps = [step.step for step in told.store.trail("80451/2")]

    runs = [place for place, step in enumerate(steps) if step.startswith("run ")]
    assert [steps.pop(place).partition(":")[0] for place in reversed(runs)] == [
        "run 3, a sweep of ofsted, judged ok",
        "run 2, a sweep of ofsted, judged degraded (1 of 2 pages not reached, first https",
    ]
    assert steps == [
        f"look at {SITE}/file/2 failed: timed out",
        "first seen on the authority's page",
        "no document at try 1: timed out",
        f"document 1: 7 bytes from {SITE}/file/2, kept as {digest('Steady.')}; "
        "read as monitoring_visit by reader 1",
        "document obtained, read",
        "publication.new",
        "event publication.new/80451/2: 1 delivery",
        f"subscription all over newsdesk: delivery {delivery.id}, due 2019-11-02 09:00",
        f"delivery {delivery.id}: parked: answered 410 Gone; "
        f"waits for `letterwatch deliveries retry {delivery.id}`",
    ]
    with pytest.raises(StateError, match="there is no publication 80451/9"):
        told.store.trail("80451/9")


def test_the_last_full_look_is_the_one_that_was_believed(house: House) -> None:
    assert house.store.find_sweep("ofsted") is None
    letters = entry("1", published_on=date(2019, 6, 14))
    believed = house.settle(Crawl().page(WAKEFIELD, letters))
    house.settle(Crawl(at=START + HOUR, rhythm=Rhythm.POLL).page(WAKEFIELD, letters))
    broken = Crawl(at=START + DAY).look(LEEDS, Outcome.BLOCKED).look(WAKEFIELD, Outcome.BLOCKED)
    assert house.settle(broken).verdict.verdict is Verdict.BLOCKED

    sweep = house.store.find_sweep("ofsted")
    assert sweep is not None
    assert (sweep.id, sweep.rhythm, sweep.figures["pages"]) == (believed.run_id, Rhythm.SWEEP, 1)


def test_one_run_is_found_by_its_number(told: House) -> None:
    last, *_ = told.store.runs()
    assert told.store.get_run(last.id) == last
    with pytest.raises(StateError, match="there is no run 99, or none any more; `letterwatch runs` lists"):
        told.store.get_run(99)


def test_what_is_missing_from_its_page_is_shown_as_missing(told: House) -> None:
    told.settle(Crawl(at=START + 2 * DAY).look(LEEDS, Outcome.NOT_MODIFIED).page(WAKEFIELD, entry("2")))
    assert {row.id: row.status for row in told.store.publications()}["80451/1"] == "missing"


def test_an_authority_is_under_watch_from_one_judgement_to_the_next(told: House) -> None:
    assert told.store.under_watch() == frozenset()
    old, new = entry("1", published_on=date(2019, 6, 14)), entry("2")
    found = [old, new]
    for number, (grade, watched) in enumerate({"inadequate": {WAKEFIELD}, "good": set()}.items()):
        judged = inspection("Judged.", date(2020, 1, 10 + number), overall_effectiveness=grade)
        report = document(f"1{number}", text=judged, stamp=grade)
        found.append(
            entry(f"1{number}", report, kind=Kind.INSPECTION, published_on=date(2020, 2, 10 + number))
        )
        crawl = Crawl(at=START + (100 + number) * DAY).look(LEEDS, Outcome.NOT_MODIFIED)
        told.settle(crawl.page(WAKEFIELD, *found))
        assert told.store.under_watch() == watched


def test_totals_are_counted_once_and_not_without_end(told: House) -> None:
    totals, counted = Totals(), []
    with told.store._database.reading() as connection:
        for wanted in (*range(501), 0, 500):
            assert totals.find(connection, wanted, lambda wanted=wanted: counted.append(wanted) or 7) == 7  # type: ignore[misc]
    assert counted == [*range(501), 500]
