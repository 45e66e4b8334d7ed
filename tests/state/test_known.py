"""What a crawl is told of what is known: of those alone whom it asks about."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from state import Outcome, Store
from state.settling.known import keep_robots
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, LEEDS, START, WAKEFIELD, Crawl, entry, no_document

MINUTE = timedelta(minutes=1)
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


def test_two_that_ask_a_host_for_the_first_time_at_once_both_remember_its_robots(postgres_url: str) -> None:
    with (
        closing(Store.open(postgres_url, rehearsal=False)) as one,
        closing(Store.open(postgres_url, rehearsal=False)) as other,
        ThreadPoolExecutor() as pool,
    ):
        with one._database.writing() as connection:
            keep_robots(connection, "paper.test", "first", START)
            second = pool.submit(other.keep_robots, "paper.test", "second", now=START)
            while not is_waiting(postgres_url):
                assert not second.done()
        second.result(timeout=60)
        assert one.find_robots("paper.test", now=START) == "second"


def test_a_robots_txt_is_replaced_by_the_next(house: House) -> None:
    for text in ("first", "second"):
        house.store.keep_robots("paper.test", text, now=START)
    assert house.store.find_robots("paper.test", now=START) == "second"


def is_waiting(url: str) -> bool:
    """True where a session waits for another's transaction to end."""
    engine = sa.create_engine(url)
    waiting = "datname = current_database() AND wait_event_type = 'Lock'"
    with engine.connect() as connection:
        found = connection.scalar(sa.text(f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}"))
    engine.dispose()
    return bool(found)


def test_a_page_that_is_read_again_puts_no_try_off(house: House) -> None:
    missing = no_document("9", Outcome.TRANSIENT, "timed out")
    house.settle(Crawl(at=START).page(LEEDS, entry("1", urn=LEEDS)))
    house.settle(
        Crawl(at=START + 2 * HOUR).page(LEEDS, entry("1", urn=LEEDS), entry("9", missing, urn=LEEDS))
    )
    tried_at = START + 6 * HOUR
    house.settle(Crawl(at=tried_at).page(LEEDS, entry("9", missing, urn=LEEDS)))
    for minutes in range(10, 60, 10):  # its page differs at every poll
        at = tried_at + minutes * MINUTE
        house.settle(Crawl(at=at).page(LEEDS, replace(entry("9", urn=LEEDS), document=None)))
        assert house.store.waiting(now=at) == ()
    (known,) = house.store.waiting(now=tried_at + HOUR)
    assert [each.file_id for each in known.awaiting] == ["9"]
