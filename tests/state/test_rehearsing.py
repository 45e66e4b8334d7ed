"""The past told again: what a baseline kept quiet about, beside what was really told."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from state import Event, EventName, Grade, Kind, Outcome, PublicationFound
from state.storage.database import parse_url
from state.storage.schema import metadata
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    START,
    WAKEFIELD,
    Crawl,
    compare,
    document,
    entry,
    inspection,
    letter,
    no_document,
    sighting,
)

LONG_AGO = date(2000, 1, 1)


def report(file_id: str, published_on: date, visited_to_on: date, grade: str) -> PublicationFound:
    read = inspection(f"Report {file_id}.", visited_to_on, overall_effectiveness=grade)
    return entry(file_id, document(file_id, text=read), kind=Kind.INSPECTION, published_on=published_on)


def visit(file_id: str, published_on: date, visited_from_on: date, text: str = "") -> PublicationFound:
    read = letter(
        text or f"Visit {file_id}.", visited_from_on=visited_from_on, visited_to_on=visited_from_on + DAY
    )
    return entry(file_id, document(file_id, text=read), published_on=published_on)


INADEQUATE = report("1", date(2018, 7, 17), date(2018, 6, 15), "inadequate")
SECOND = visit("2", date(2019, 6, 14), date(2019, 5, 14))
THIRD = visit("3", date(2019, 7, 1), date(2019, 6, 9))
GOOD = report("4", date(2019, 10, 7), date(2019, 9, 20), "good")


def rehearse(house: House, since: date = LONG_AGO) -> list[Event]:
    return house.store.rehearse(since, compare=compare)


def test_a_baseline_is_told_as_it_would_have_been_then(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, GOOD, THIRD, SECOND, INADEQUATE))

    first, second, third, good, grades = rehearse(house)

    assert [event.key for event in (first, second, third, good, grades)] == [
        "publication.new/80451/1",
        "publication.new/80451/2",
        "publication.new/80451/3",
        "publication.new/80451/4",
        "grade.changed/80451/4",
    ]
    assert third.letter is not None
    assert third.publication is not None
    assert third.publication.region == "Yorkshire and the Humber"
    assert second.previous is None
    assert third.previous is not None
    assert third.previous.published_on == date(2019, 6, 14)
    assert third.standing is not None
    assert third.standing.inadequate
    assert [(change.before, change.after) for change in grades.grade_changes] == [
        (Grade.INADEQUATE, Grade.GOOD)
    ]


def test_a_page_knows_the_day_so_noon_stands_for_it(house: House) -> None:
    today = entry("9", published_on=START.date())
    house.settle(Crawl().page(WAKEFIELD, INADEQUATE, today, entry("10", published_on=date(2019, 1, 4))))

    assert [event.at for event in rehearse(house)] == [
        datetime(2018, 7, 17, 11, tzinfo=UTC),  # noon in London's summer
        datetime(2019, 1, 4, 12, tzinfo=UTC),
        START,  # listed before noon
    ]


def test_only_what_is_dated_since_that_day_counts(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, INADEQUATE, SECOND, THIRD, entry("9", published_on=None)))

    keys = [event.key for event in rehearse(house, since=date(2019, 6, 14))]

    assert keys == ["publication.new/80451/2", "publication.new/80451/3"]
    assert rehearse(house, since=date(2019, 7, 2)) == []


def test_a_report_not_yet_published_changes_no_standing(house: House) -> None:
    late = report("5", date(2019, 10, 30), date(2019, 6, 1), "good")
    house.settle(Crawl().page(WAKEFIELD, late, THIRD, INADEQUATE))

    (event,) = (event for event in rehearse(house) if event.key.endswith("/3"))

    assert event.standing is not None
    assert event.standing.inadequate


def test_a_letter_put_in_place_of_another_is_a_reissue(house: House) -> None:
    again = visit("6", date(2019, 7, 9), date(2019, 6, 9), "Corrected.")
    house.settle(Crawl().page(WAKEFIELD, again, THIRD))

    _, event = rehearse(house)

    assert event.name is EventName.PUBLICATION_REISSUED
    assert event.replaces is not None
    assert event.replaces.file_id == "3"
    assert [change.after for change in event.sentence_changes] == ["Corrected."]


def test_a_document_that_never_came_is_told_without_it(house: House) -> None:
    lost = entry("7", no_document("7", Outcome.TRANSIENT, "timed out"), published_on=date(2019, 8, 1))
    house.settle(Crawl().page(WAKEFIELD, lost))

    (event,) = rehearse(house)

    assert (event.letter, event.unreadable) == (None, "timed out")


def test_what_was_told_is_told_again_word_for_word(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, THIRD))
    new = entry("8", document("8", at=START + DAY))
    told = house.settle(Crawl(at=START + DAY).page(WAKEFIELD, THIRD, new)).events
    amended = entry("8", document("8", text="Amended.", at=START + 2 * DAY))
    told += house.settle(Crawl(at=START + 2 * DAY).page(WAKEFIELD, THIRD, amended)).events

    assert [event.name for event in told] == [EventName.PUBLICATION_NEW, EventName.PUBLICATION_REVISED]
    assert rehearse(house)[1:] == list(told)
    assert rehearse(house, since=(START + 2 * DAY).date()) == [told[1]]


def test_what_was_withdrawn_later_was_there_before(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, SECOND, THIRD))
    for days in (1, 2, 3):
        crawl = Crawl(at=START + days * DAY).page(WAKEFIELD, THIRD)
        house.settle(crawl.ask(sighting("2"), no_document("2", Outcome.GONE, "answered 404")))

    second, third, withdrawn = rehearse(house)

    assert [event.name.value for event in (second, withdrawn)] == ["publication.new", "publication.withdrawn"]
    assert third.previous is not None
    assert third.previous.published_on == date(2019, 6, 14)


def rows(url: str) -> dict[str, int]:
    engine = sa.create_engine(parse_url(url))
    with engine.connect() as connection:
        counts = {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return counts


def test_rehearsing_writes_nothing(house: House, url: str) -> None:
    house.settle(Crawl().page(WAKEFIELD, GOOD, THIRD, SECOND, INADEQUATE))
    before = rows(url)

    assert len(rehearse(house)) == 5

    assert rows(url) == before
    assert before["publications"] == 4
    assert (before["events"], before["outbox"]) == (0, 0)
