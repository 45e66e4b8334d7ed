"""What the doctor asks of a state, on both databases."""

from tests.state.conftest import House
from tests.state.takes import WAKEFIELD, Crawl, entry


def test_a_whole_database_has_no_damage(house: House) -> None:
    assert house.store.find_damage() is None
    assert "***" in house.store.place or house.store.place.startswith("sqlite")


def test_a_sample_is_of_documents_that_are_on_file(house: House) -> None:
    assert house.store.sample_documents(5) == []
    house.settle(Crawl().page(WAKEFIELD, entry("1"), entry("2")))
    assert len(house.store.sample_documents(5)) == 2
    assert len(house.store.sample_documents(1)) == 1
