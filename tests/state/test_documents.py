"""What a publication's document does to its news: late, unreadable, revised, reissued."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from state import DocumentTake, EventName, Grade, GradeChange, Kind, Outcome, Reading
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    HOUR,
    START,
    WAKEFIELD,
    Crawl,
    digest,
    document,
    entry,
    inspection,
    letter,
    no_document,
    sighting,
)

HTML = DocumentTake(
    url="https://reports.test/file/2",
    outcome=Outcome.SOFT_ERROR,
    at=START,
    cause="an HTML page instead of a PDF",
    sha256=digest("<html>"),
    size=6,
)


@pytest.fixture
def watched(house: House) -> House:
    """Wakefield's page after its baseline."""
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    return house


def names(house: House, crawl: Crawl) -> list[str]:
    return [event.name.value for event in house.settle(crawl).events]


def test_a_document_that_comes_late_is_announced_when_it_comes(watched: House) -> None:
    missing = no_document("2", Outcome.TRANSIENT, "timed out")
    first = watched.settle(Crawl(at=START + HOUR).page(WAKEFIELD, entry("1"), entry("2", missing)))
    assert first.events == ()
    assert "1 document not obtained" in first.in_words()
    (awaiting,) = watched.store.known([WAKEFIELD], now=START + 2 * HOUR)[WAKEFIELD].awaiting
    assert awaiting.file_id == "2"

    late = Crawl(at=START + 2 * HOUR).look(WAKEFIELD, Outcome.NOT_MODIFIED).ask(awaiting, document("2"))

    assert names(watched, late) == ["publication.new"]
    assert watched.store.known([WAKEFIELD], now=START + 3 * HOUR)[WAKEFIELD].awaiting == ()


def test_after_three_runs_it_is_announced_without_and_revised_when_it_comes(watched: House) -> None:
    told = []
    for hour in range(1, 6):
        crawl = Crawl(at=START + hour * HOUR).page(WAKEFIELD, entry("1"), entry("2", HTML))
        told.append(watched.settle(crawl).events)

    assert [len(events) for events in told] == [0, 0, 1, 0, 0]
    assert told[2][0].name is EventName.PUBLICATION_NEW
    assert told[2][0].unreadable == "an HTML page instead of a PDF"
    row = next(row for row in watched.store.publications() if row.file_id == "2")
    assert (row.status, row.unreadable) == ("awaiting document", "an HTML page instead of a PDF")

    late = Crawl(at=START + DAY).look(WAKEFIELD, Outcome.NOT_MODIFIED).ask(sighting("2"), document("2"))
    (event,) = watched.settle(late).events

    assert event.name is EventName.PUBLICATION_REVISED
    assert event.first_text
    assert event.letter is not None
    assert event.unreadable is None


def test_a_document_that_never_comes_is_tried_less_and_less(watched: House) -> None:
    watched.settle(Crawl(at=START).page(WAKEFIELD, entry("1"), entry("2", HTML)))
    tried = 0
    for hour in range(1, 24 * 30):
        now = START + hour * HOUR
        if watched.store.known([WAKEFIELD], now=now)[WAKEFIELD].awaiting:
            tried += 1
            quiet = Crawl(at=now).look(WAKEFIELD, Outcome.NOT_MODIFIED)
            watched.settle(quiet.ask(sighting("2"), HTML))

    assert 30 < tried < 60


def test_what_a_baseline_lacks_is_fetched_and_stays_quiet(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("2", HTML)))
    for hour in range(1, 5):
        assert names(house, Crawl(at=START + hour * HOUR).page(WAKEFIELD, entry("2", HTML))) == []

    assert names(house, Crawl(at=START + DAY).page(WAKEFIELD, entry("2"))) == []
    (row,) = house.store.publications()
    assert row.sha256 is not None


def test_an_unreadable_document_is_announced_at_once(watched: House) -> None:
    scan = replace(document("2"), reading=Reading(unreadable="encrypted"))

    settlement = watched.settle(Crawl(at=START + HOUR).page(WAKEFIELD, entry("1"), entry("2", scan)))

    (event,) = settlement.events
    assert (event.name, event.unreadable, event.letter) == (EventName.PUBLICATION_NEW, "encrypted", None)


def test_a_crawl_that_was_stopped_counts_no_try(watched: House) -> None:
    for hour in range(1, 6):
        take = Crawl(at=START + hour * HOUR).page(WAKEFIELD, entry("1"), entry("2")).take()
        take.found._held[-1] = replace(take.found._held[-1], document=None)
        take.stopped = "shutdown"
        assert watched.settle_take(take).events == ()


def test_other_bytes_with_the_same_text_are_evidence_and_no_news(watched: House) -> None:
    crawl = Crawl(at=START + HOUR).page(WAKEFIELD, entry("1", document("1", stamp="printed again")))

    assert names(watched, crawl) == []
    (row,) = watched.store.publications()
    assert row.versions == 2


def test_other_text_is_a_revision_with_its_sentences(watched: House) -> None:
    crawl = Crawl(at=START + HOUR).page(WAKEFIELD, entry("1", document("1", text="Other words.")))

    (event,) = watched.settle(crawl).events

    assert event.name is EventName.PUBLICATION_REVISED
    assert not event.first_text
    (change,) = event.sentence_changes
    assert (change.before, change.after) == ("text of 1", "Other words.")
    assert watched.settle(crawl).events == ()


def test_a_newer_reader_alone_revises_nothing(watched: House) -> None:
    read = letter("text of 1", reader_version=2)
    again = document("1", text=read, stamp="printed again")
    reading = Reading(letter=read, text_sha256=digest("normalised in another way"))

    crawl = Crawl(at=START + HOUR).page(WAKEFIELD, entry("1", replace(again, reading=reading)))

    assert names(watched, crawl) == []
    assert "no news: another reader version" in watched.store.trail("80451/1")[-1].step


def test_a_document_revised_too_often_is_held(watched: House) -> None:
    told = []
    for day in range(1, 7):
        revised = document("1", text=f"Words of day {day}.")
        told.append(names(watched, Crawl(at=START + day * DAY).page(WAKEFIELD, entry("1", revised))))

    assert told[3] == ["publication.revised", "flood.held"]
    assert told[4] == ["publication.revised"]
    assert sum(row.state == "held" for row in watched.store.deliveries()) == 3
    assert watched.store.outbox.release("revised-80451-1", START) == 3


@pytest.mark.parametrize(
    ("visited_on", "kind", "name"),
    [
        (date(2019, 10, 9), Kind.MONITORING_VISIT, "publication.reissued"),
        (date(2019, 10, 10), Kind.MONITORING_VISIT, "publication.new"),
        (date(2019, 10, 9), Kind.FOCUSED_VISIT, "publication.new"),
        (None, Kind.MONITORING_VISIT, "publication.new"),
    ],
)
def test_a_new_id_for_the_same_visit_is_a_reissue(
    house: House, visited_on: date | None, kind: Kind, name: str
) -> None:
    old = entry("1", visited_on=date(2019, 10, 9))
    house.settle(Crawl().page(WAKEFIELD, old))
    taken = document("2", text=letter("Corrected words.", kind))
    new = entry("2", taken, kind=kind, visited_on=visited_on)

    (event,) = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, old, new)).events

    assert event.name == name
    assert (event.replaces.file_id if event.replaces else None) == ("1" if "reissued" in name else None)
    assert bool(event.sentence_changes) is ("reissued" in name)


@pytest.mark.parametrize(
    ("visited_from_on", "name"),
    [(date(2019, 10, 9), "publication.reissued"), (date(2019, 10, 8), "publication.new")],
)
def test_letters_know_their_visit_better_than_the_page(
    house: House, visited_from_on: date, name: str
) -> None:
    last_on = date(2019, 10, 10)
    first = letter("As it was.", visited_from_on=date(2019, 10, 9), visited_to_on=last_on)
    other = letter("Corrected words.", visited_from_on=visited_from_on, visited_to_on=last_on)
    old = entry("1", document("1", text=first), visited_on=last_on)
    new = entry("2", document("2", text=other), visited_on=last_on)
    house.settle(Crawl().page(WAKEFIELD, old))

    (event,) = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, old, new)).events

    assert event.name == name


def test_a_letter_that_names_no_visit_goes_by_the_page(house: House) -> None:
    dated = letter("As it was.", visited_from_on=date(2019, 10, 9), visited_to_on=date(2019, 10, 10))
    old = entry("1", document("1", text=dated), visited_on=date(2019, 10, 9))
    new = entry("2", document("2", text="Corrected words."), visited_on=date(2019, 10, 9))
    house.settle(Crawl().page(WAKEFIELD, old))

    (event,) = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, old, new)).events

    assert event.name == "publication.reissued"


def test_two_that_appear_together_do_not_replace_each_other(watched: House) -> None:
    pair = [entry(file_id, HTML, visited_on=date(2019, 10, 9)) for file_id in ("2", "3")]
    told = []
    for hour in range(1, 4):
        told += names(watched, Crawl(at=START + hour * HOUR).page(WAKEFIELD, entry("1"), *pair))

    assert told == ["publication.new", "publication.new"]


def test_grades_that_moved_are_told_beside_the_previous_ones(house: House) -> None:
    old = inspection("In 2018.", date(2018, 6, 15), overall_effectiveness="inadequate", in_care="not read")
    new = inspection(
        "In 2021.", date(2021, 11, 19), overall_effectiveness="good", in_care="good", care_leavers="good"
    )
    first = entry("1", document("1", text=old), kind=Kind.INSPECTION, published_on=date(2018, 7, 17))
    house.settle(Crawl().page(WAKEFIELD, first))
    second = entry("2", document("2", text=new), kind=Kind.INSPECTION, published_on=date(2022, 1, 5))

    settlement = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, first, second))

    published, changed = settlement.events
    assert (published.name, changed.name) == (EventName.PUBLICATION_NEW, EventName.GRADE_CHANGED)
    moved = GradeChange(judgement="overall_effectiveness", before=Grade.INADEQUATE, after=Grade.GOOD)
    assert published.grade_changes == changed.grade_changes == (moved,)
    assert settlement.deliveries == 1  # one subscription, one publication: told once
    assert published.standing is not None
    assert not published.standing.inadequate


def test_a_letter_knows_the_standing_and_the_previous_letter(house: House) -> None:
    judged = inspection("In 2018.", date(2018, 6, 15), overall_effectiveness="inadequate")
    report = entry("1", document("1", text=judged), kind=Kind.INSPECTION, published_on=date(2018, 7, 17))
    second = letter(
        "Too slow.", visited_from_on=date(2019, 5, 14), visited_to_on=date(2019, 5, 15), visit_number=2
    )
    earlier = entry("2", document("2", text=second), published_on=date(2019, 6, 14))
    house.settle(Crawl().page(WAKEFIELD, report, earlier))
    third = letter(
        "Steady.", visited_from_on=date(2019, 10, 9), visited_to_on=date(2019, 10, 10), visit_number=3
    )
    new = entry("3", document("3", text=third))

    (event,) = house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, report, earlier, new)).events

    assert event.standing is not None
    assert (event.standing.inadequate, event.standing.judged_on) == (True, date(2018, 7, 17))
    assert event.previous is not None
    assert (event.previous.visit_number, event.previous.published_on) == (2, date(2019, 6, 14))
    assert event.publication is not None
    assert event.publication.region == "Yorkshire and the Humber"
    assert event.publication.visited_to_on == date(2019, 10, 10)


def test_recent_documents_are_asked_for_again_daily(watched: House) -> None:
    def recheck(after: timedelta) -> tuple[object, ...]:
        return watched.store.known([WAKEFIELD], now=START + after)[WAKEFIELD].recheck

    assert recheck(timedelta(hours=23)) == ()
    assert recheck(DAY) == (sighting("1"),)
    unchanged = no_document("1", Outcome.NOT_MODIFIED, "304", at=START + DAY)
    watched.settle(Crawl(at=START + DAY).look(WAKEFIELD, Outcome.NOT_MODIFIED).ask(sighting("1"), unchanged))
    assert recheck(DAY + HOUR) == ()
    assert recheck(90 * DAY) == ()
