"""Settling runs: baseline, news, silence."""

from state import EventName, Verdict
from tests.state.conftest import House
from tests.state.takes import HOUR, START, WAKEFIELD, Crawl, entry


def test_a_first_look_is_recorded_and_not_announced(house: House) -> None:
    settlement = house.settle(Crawl().page(WAKEFIELD, entry("1"), entry("2")))

    assert settlement.verdict.verdict is Verdict.OK
    assert settlement.recorded == 2
    assert settlement.events == ()
    assert {row.id for row in house.store.publications()} == {"80451/1", "80451/2"}
    assert house.store.known("ofsted", now=START)[WAKEFIELD].file_ids == {"1", "2"}


def test_a_later_entry_is_announced_once(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    crawl = Crawl(at=START + HOUR).page(WAKEFIELD, entry("1"), entry("2"))

    first, again = house.settle(crawl), house.settle(crawl)

    assert [event.name for event in first.events] == [EventName.PUBLICATION_NEW]
    assert first.deliveries == 1
    assert again.events == ()
    assert len(house.store.deliveries()) == 1
