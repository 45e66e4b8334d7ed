"""A newer reading of the same bytes takes the old one's place and is no news; people name publications."""

from datetime import date

import pytest

from state import Outcome, Reading, StateError
from tests.state.conftest import House
from tests.state.takes import DAY, LEEDS, START, WAKEFIELD, Crawl, document, entry, letter, no_document

LATER = START + 9 * DAY


def settle_two(house: House) -> list:  # type: ignore[type-arg]
    found = [entry("1", published_on=date(2019, 6, 14)), entry("2", visited_on=date(2019, 10, 9))]
    house.settle(Crawl().page(WAKEFIELD, found[0]))
    house.settle(Crawl(at=START + DAY).page(WAKEFIELD, *found))
    return found


def read_anew(house: House, version_id: int, text: str, step: str | None = "read again") -> None:
    reading = Reading(letter=letter(text, reader_version=3), text_sha256="b" * 64)
    house.store.replace_reading(version_id, reading, reader_version=3, step=step, now=LATER)


def test_what_an_older_reader_read_is_found_newest_first_until_it_is_read_again(house: House) -> None:
    settle_two(house)
    newest, older = house.store.versions_to_read(2)
    assert house.store.load_reading(newest).publication == "80451/2"
    assert house.store.versions_to_read(1) == []
    assert house.store.versions_to_read(None, ["80451/1"]) == [older]
    read_anew(house, newest, "other words")
    assert house.store.versions_to_read(3) == [older]
    unreadable = Reading(unreadable="the file is encrypted")
    house.store.replace_reading(older, unreadable, reader_version=3, step=None, now=LATER)
    assert house.store.versions_to_read(3) == []
    assert house.store.publications()[1].unreadable == "the file is encrypted"


def test_reading_again_makes_no_event_now_or_later(house: House) -> None:
    found = settle_two(house)
    before = house.store.deliveries()
    for version_id in house.store.versions_to_read(2):
        read_anew(house, version_id, "quite other words")
    assert house.store.deliveries() == before
    settled = house.settle(Crawl(at=LATER).page(WAKEFIELD, *found))
    assert (settled.events, settled.deliveries, settled.recorded) == ((), 0, 0)
    assert house.store.deliveries() == before


def test_a_revision_is_still_news_after_reading_again(house: House) -> None:
    first = settle_two(house)[0]
    read_anew(house, house.store.versions_to_read(2)[0], "text of 2")
    revised = entry("2", document("2", text="really revised", at=LATER), visited_on=date(2019, 10, 9))
    settled = house.settle(Crawl(at=LATER).page(WAKEFIELD, first, revised))
    assert [event.name for event in settled.events] == ["publication.revised"]


def test_a_new_reading_can_be_searched_and_is_explained(house: House) -> None:
    settle_two(house)
    newest = house.store.versions_to_read(2)[0]
    read_anew(house, newest, "an armadillo", "read again by reader 3 (before: 1); differs in pace; no news")
    assert house.store.trail("80451/2")[-1].step.startswith("read again by reader 3")
    assert house.store.load_reading(newest).reading.letter == letter("an armadillo", reader_version=3)


@pytest.mark.parametrize(
    "words",
    [
        "80451/2",
        "2",
        "https://reports.test/file/2",
        "https://reports.test/file/2#page=3",
        "wakefield 2019-11-01",
        "Wakefield Council 2019-10-09",
        "https://reports.test/provider/44/80452",
    ],
)
def test_a_publication_is_named_in_many_ways(house: House, words: str) -> None:
    settle_two(house)
    house.settle(Crawl(at=START + DAY).page(LEEDS, entry("7", urn=LEEDS)))
    expected = "80452/7" if "80452" in words else "80451/2"
    assert house.store.get_publication(words) == expected


def test_a_name_that_means_several_lists_them_and_one_that_means_none_says_how(house: House) -> None:
    settle_two(house)
    several = (
        r'"wakefield" may mean 2 publications, name one: 80451/2 \(Wakefield, monitoring visit, 2019-11-'
    )
    with pytest.raises(StateError, match=several):
        house.store.get_publication("wakefield")
    for words in ("80451/9", "atlantis", "wakefield 2001-01-01", "https://x", "", "%"):
        with pytest.raises(StateError, match="there is no publication"):
            house.store.get_publication(words)


def test_what_never_came_is_not_to_be_read_again(house: House) -> None:
    missing = entry("3", no_document("3", Outcome.TRANSIENT, "timed out"))
    house.settle(Crawl().page(WAKEFIELD, missing))
    assert house.store.versions_to_read(None) == []


def test_an_older_version_read_anew_changes_nothing_that_is_shown(house: House) -> None:
    first = settle_two(house)[0]
    older = house.store.versions_to_read(2)[0]
    revised = entry("2", document("2", text="really revised", at=LATER), visited_on=date(2019, 10, 9))
    house.settle(Crawl(at=LATER).page(WAKEFIELD, first, revised))
    before = house.store.publications()
    unreadable = Reading(unreadable="the file is encrypted")
    house.store.replace_reading(older, unreadable, reader_version=3, step="read again", now=LATER)
    assert house.store.publications() == before
