"""Visits known before their letters: noted, told once, listed, and closed by the letter."""

from datetime import date, datetime, timedelta

import pytest

from state import ArticleFound, ArticleLabel, AwaitedVisit, EventName, Kind, Take
from state.records.filed import Filed
from state.records.takes import PublicationFound
from state.records.vocabulary import Rhythm
from state.settling.visits import Delay, expect_letter, find_cadence, measure_delay
from tests.state.conftest import House
from tests.state.takes import DAY, START, WAKEFIELD, Crawl, document, entry, inspection, letter, sighting

VISITED = date(2019, 10, 10)


def filed(day: date, delay: int, kind: Kind = Kind.MONITORING_VISIT) -> Filed:
    seen = sighting("1", kind=kind, visited_on=day, published_on=day + timedelta(days=delay))
    return Filed(sighting=seen, first_seen_at=START, quiet=True)


@pytest.mark.parametrize(
    ("delays", "expected"),
    [
        ([20, 21, 22, 23, 24, 25, 26, 60], Delay(24, 8)),
        ([20, 21, 22, 23, 24, 25, 26], Delay(23, 0)),
        ([20] * 8 + [-3, 900], Delay(20, 8)),
    ],
)
def test_delays_are_measured_where_there_are_enough(delays: list[int], expected: Delay) -> None:
    shelf = [filed(date(2019, 8, 1), delay) for delay in delays]
    assert measure_delay(shelf, Kind.MONITORING_VISIT, date(2019, 11, 1)) == expected


@pytest.mark.parametrize(("year", "days"), [(2018, 23), (2019, 23), (2020, 40), (2021, 32), (2026, 32)])
def test_without_enough_letters_the_measured_medians_hold(year: int, days: int) -> None:
    assert measure_delay([], Kind.MONITORING_VISIT, date(year, 5, 1)) == Delay(days, 0)


def test_no_letter_is_expected_at_a_weekend() -> None:
    assert expect_letter(date(2019, 10, 10), Delay(23, 0)) == date(2019, 11, 4)  # a Monday, not the Saturday
    assert expect_letter(date(2019, 10, 9), Delay(23, 0)) == date(2019, 11, 1)


def watched() -> list[PublicationFound]:
    """An authority found inadequate in June 2018 and visited twice since."""
    judged = inspection("Inadequate.", date(2018, 6, 15), overall_effectiveness="inadequate")
    report = document("10", text=judged)
    visits = [
        entry(
            file_id,
            document(file_id, text=letter(file_id, visited_from_on=day, visited_to_on=day)),
            published_on=day + timedelta(days=23),
            visited_on=day,
        )
        for file_id, day in (("11", date(2019, 2, 5)), ("12", date(2019, 6, 5)))
    ]
    return [
        entry(
            "10", report, kind=Kind.INSPECTION, published_on=date(2018, 7, 17), visited_on=date(2018, 6, 15)
        ),
        *visits,
    ]


def test_an_authority_under_watch_is_due_by_its_own_cadence(house: House) -> None:
    settlement = house.settle(Crawl().page(WAKEFIELD, *watched()))
    assert settlement.events == ()
    (row,) = house.store.expected()
    assert (row.authority, row.basis, row.visited_from_on) == ("Wakefield", "cadence", None)
    assert row.expected_on == date(2019, 10, 28)  # 120 days after 5 June, and 23 more
    assert row.why == "letters followed 23 days after the visit in the median of past years"


def test_too_few_visits_or_no_inadequate_judgement_make_no_cadence() -> None:
    assert find_cadence([filed(date(2019, 2, 5), 23), filed(date(2019, 6, 5), 23)]) is None


def report(at: datetime, *, dated: bool = True, **days: date) -> Take:
    awaited = AwaitedVisit(urn=WAKEFIELD, kind=Kind.MONITORING_VISIT, **days)
    article = ArticleFound(
        url="https://paper.test/1",
        identity=f"paper/{at:%d}",
        title="Inspectors have visited",
        publisher="The Paper",
        source="The Paper",
        label=ArticleLabel.OTHER_OFSTED,
        in_scope=False,
        published_at=at if dated else None,
        awaits=awaited,
    )
    take = Take(source="news", rhythm=Rhythm.SWEEP, started_at=at, finished_at=at)
    take.articles.append(article)
    return take


def test_a_reported_visit_is_told_once_and_closed_by_its_letter(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, *watched()))
    house.settle_take(report(START - 20 * DAY, visited_from_on=VISITED, visited_to_on=VISITED), now=START)
    assert [row.basis for row in house.store.expected()] == ["reported"]  # old: noted, and not told

    letter_out = entry(
        "13",
        document("13", text=letter("13", visited_from_on=VISITED - DAY, visited_to_on=VISITED)),
        published_on=date(2019, 11, 2),
        visited_on=VISITED,
    )
    house.settle(Crawl(at=START + DAY).page(WAKEFIELD, *watched(), letter_out))
    assert [row.basis for row in house.store.expected()] == ["cadence"]


def test_a_fresh_report_is_an_event_with_its_source_and_its_day(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, *watched()))
    take = report(START, visited_from_on=VISITED, visited_to_on=VISITED)
    (event,) = [each for each in house.settle_take(take, now=START).events if each.expected]
    assert event.name is EventName.VISIT_EXPECTED
    assert event.article is not None
    assert event.publication is not None
    assert event.expected is not None
    assert (event.publication.authority, event.publication.visited_to_on) == ("Wakefield", VISITED)
    assert (event.expected.expected_on, event.expected.delay_letters) == (date(2019, 11, 4), 0)
    again = house.settle_take(report(START + DAY), now=START + DAY).events
    assert [each for each in again if each.expected] == []


def expected_events(house: House, *days: int) -> list[int]:
    """The days after START, of those on which a sweep looks, on which a visit is told."""
    sweeps = {day: house.settle(Crawl(at=START + day * DAY).page(WAKEFIELD, *watched())) for day in days}
    return [day for day, settlement in sweeps.items() for event in settlement.events if event.expected]


def test_two_visits_reported_at_different_times_are_told_once_each(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, *watched()))
    (first,) = [each for each in house.settle_take(report(START), now=START).events if each.expected]
    later = START + 50 * DAY
    (second,) = [each for each in house.settle_take(report(later), now=later).events if each.expected]
    assert first.key != second.key
    assert expected_events(house, 51, 52, 53, 58) == []
    assert [row.noted_at for row in house.store.expected()] == [START, later]


def test_a_visit_reported_anew_after_long_is_known_by_its_days(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, *watched()))
    for day in (0, 50):
        at = START + day * DAY
        events = house.settle_take(report(at, visited_from_on=VISITED), now=at).events
        assert len([event for event in events if event.expected]) == (day == 0)


def test_a_report_without_a_day_is_told_once(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, *watched()))
    events = house.settle_take(report(START, dated=False), now=START).events
    assert len([event for event in events if event.expected]) == 1
    assert expected_events(house, 1, 30, 46, 59) == []
    (row,) = house.store.expected()
    assert row.noted_at == START


def test_what_waits_in_vain_is_given_up(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, *watched()))
    house.settle_take(report(START), now=START)
    assert [(row.basis, row.expected_on) for row in house.store.expected()] == [("reported", None)]
    house.settle(Crawl(at=START + 150 * DAY).page(WAKEFIELD, *watched()))
    assert [row.basis for row in house.store.expected()] == []
