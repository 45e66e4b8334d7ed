"""What is no longer listed: absence is never news, withdrawal is proved."""

import pytest

from state import EventName, Outcome
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, START, WAKEFIELD, Crawl, document, entry, no_document, sighting

GONE = no_document("2", Outcome.GONE, "answered 404")


@pytest.fixture
def shrunk(house: House) -> House:
    """A page that lists two publications, and one from the next look on."""
    house.settle(Crawl().page(WAKEFIELD, entry("1"), entry("2")))
    return house


def look(house: House, hours: int, *, gone: bool = False) -> list[str]:
    crawl = Crawl(at=START + hours * HOUR).page(WAKEFIELD, entry("1"))
    if gone:
        crawl.ask(sighting("2"), GONE)
    return list(house.settle(crawl).event_keys)


def test_withdrawn_needs_looks_a_day_and_a_document_that_is_gone(shrunk: House) -> None:
    assert [look(shrunk, hours) for hours in (1, 2, 3, 4, 30)] == [[]] * 5
    assert shrunk.store.known([WAKEFIELD], now=START + 31 * HOUR)[WAKEFIELD].recheck[-1].file_id == "2"

    keys = look(shrunk, 31, gone=True)

    assert [key.partition("/")[0] for key in keys] == ["publication.withdrawn"]
    assert look(shrunk, 32, gone=True) == []
    assert {row.id: row.status for row in shrunk.store.publications()}["80451/2"] == "withdrawn"


@pytest.mark.parametrize("hours", [(1, 2, 3), (1, 40)])
def test_too_few_looks_or_too_short_a_time_withdraw_nothing(shrunk: House, hours: tuple[int, ...]) -> None:
    assert [look(shrunk, hour, gone=True) for hour in hours] == [[]] * len(hours)


def test_a_page_that_failed_is_no_look(shrunk: House) -> None:
    for hour in range(1, 40):
        failed = Crawl(at=START + hour * HOUR).look(WAKEFIELD, Outcome.TRANSIENT, "timed out")
        events = shrunk.settle(failed.ask(sighting("2"), GONE)).events
        assert [event.name for event in events if event.publication] == []


def test_what_comes_back_is_restored(shrunk: House) -> None:
    for hours in (1, 20, 30):
        look(shrunk, hours, gone=True)

    back = Crawl(at=START + 3 * DAY).page(WAKEFIELD, entry("1"), entry("2"))
    (event,) = shrunk.settle(back).events

    assert event.name is EventName.PUBLICATION_RESTORED
    assert event.letter is not None
    assert shrunk.settle(back).events == ()


def test_what_was_only_missing_comes_back_quietly(shrunk: House) -> None:
    look(shrunk, 1)
    assert shrunk.settle(Crawl(at=START + DAY).page(WAKEFIELD, entry("1"), entry("2"))).events == ()


def test_what_was_replaced_is_withdrawn_without_a_word(house: House) -> None:
    old = entry("2", visited_on=START.date())
    new = entry("3", document("3", text="Corrected."), visited_on=START.date())
    house.settle(Crawl().page(WAKEFIELD, entry("1"), old))
    house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, entry("1"), new))

    for hours in (20, 30, 40):
        crawl = Crawl(at=START + hours * HOUR).page(WAKEFIELD, entry("1"), new).ask(sighting("2"), GONE)
        assert house.settle(crawl).events == ()

    assert {row.id: row.status for row in house.store.publications()}["80451/2"] == "withdrawn"
    both = Crawl(at=START + 3 * DAY).page(WAKEFIELD, entry("1"), old, new)
    assert house.settle(both).events == ()
