"""What a crawl is told of what is known: of those alone whom it asks about."""

from datetime import date

from state import Outcome
from tests.state.conftest import House
from tests.state.takes import DAY, LEEDS, START, WAKEFIELD, Crawl, entry, no_document

LATER = START + 2 * DAY


def fill(house: House) -> None:
    """Wakefield has all its documents, a recent one among them; one of Leeds never came."""
    old = date(2019, 5, 1)
    crawl = Crawl().page(WAKEFIELD, entry("1"), entry("2", published_on=old))
    missing = no_document("9", Outcome.TRANSIENT, "timed out")
    house.settle(crawl.page(LEEDS, entry("9", missing, urn=LEEDS, published_on=old)))


def test_only_what_was_asked_for_is_told(house: House) -> None:
    fill(house)
    known = house.store.known([LEEDS, "99999"], now=LATER)
    assert list(known) == [LEEDS]
    assert known[LEEDS].file_ids == {"9"}
    assert [entry.file_id for entry in known[LEEDS].awaiting] == ["9"]
    assert house.store.known([], now=LATER) == {}
    both = house.store.known([WAKEFIELD, LEEDS], now=LATER)
    assert [entry.file_id for entry in both[WAKEFIELD].recheck] == ["1"]
    assert both[LEEDS] == known[LEEDS]


def test_who_waits_is_found_without_the_others(house: House) -> None:
    fill(house)
    house.settle(Crawl(at=LATER).page("80453", entry("7", urn="80453", published_on=date(2019, 1, 1))))
    waiting = house.store.waiting(now=LATER)
    assert [known.urn for known in waiting] == [WAKEFIELD, LEEDS]
    assert dict(house.store.known([WAKEFIELD, LEEDS], now=LATER)) == {known.urn: known for known in waiting}


def test_the_newest_reports_are_found_by_their_days(house: House) -> None:
    fill(house)
    found = house.store.known_of(date(2019, 10, 30), date(2019, 11, 3), now=LATER)
    assert [known.urn for known in found] == [WAKEFIELD], "the page of Leeds shows no such report yet"
    assert house.store.known_of(date(2019, 11, 2), date(2019, 11, 3), now=LATER) == ()
