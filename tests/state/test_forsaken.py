"""Turns whose holders are gone: ended at once where that is certain, never where they may live."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from state import LockTakenError, Store, process_owner
from state.storage.forsaken import MISSED_AFTER, is_cut_off
from state.storage.owners import name_session
from state.storage.turns import LEASE
from tests.state.conftest import House
from tests.state.holding import holding
from tests.state.takes import Crawl

ELSEWHERE = "elsewhere/1/1.00"
MISSED, FRESH = MISSED_AFTER + 0.5, 0.5  # seconds since the last renewal


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    """A state whose server runs for longer than a renewal takes to be missed."""
    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        engine = sa.create_engine(postgres_url)
        with engine.connect() as connection:
            up = sa.text("SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())")
            while connection.scalar(up) <= MISSED:
                threading.Event().wait(0.1)
        engine.dispose()
        yield store


@contextmanager
def session(url: str, name: str) -> Iterator[sa.Connection]:
    """A connection to PostgreSQL that bears a name."""
    engine = sa.create_engine(url, connect_args={"application_name": name})
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def hold(url: str, holder: str | None, silence: float) -> None:
    """Somebody has Ofsted's site, and renewed the lease so many seconds ago."""
    with session(url, "test") as connection:
        connection.execute(
            sa.text(
                "INSERT INTO turns (source, token, holder, until) VALUES "
                "('ofsted', 1, :holder, extract(epoch FROM clock_timestamp()) + :left)"
            ),
            {"holder": holder, "left": LEASE - silence},
        )


def seem(url: str, holder: str, silence: float) -> None:
    """Makes the turn under way look like that of another host which has not renewed it for so long."""
    with session(url, "test") as connection:
        connection.execute(
            sa.text(
                "UPDATE turns SET holder = :holder, until = extract(epoch FROM clock_timestamp()) + :left "
                "WHERE source = 'ofsted'"
            ),
            {"holder": holder, "left": LEASE - silence},
        )


def test_the_turn_of_a_process_that_was_killed_here_is_ended_at_once(postgres_url: str, store: Store) -> None:
    with holding(postgres_url) as child:
        assert store.end_forsaken() == []
        child.kill()
        child.wait()
        assert store.end_forsaken() == ["ofsted"]
    assert store.end_forsaken() == []
    assert store.find_held() == frozenset()


def test_the_turn_of_another_host_that_holds_no_connection_is_ended(postgres_url: str, store: Store) -> None:
    hold(postgres_url, ELSEWHERE, MISSED)
    with session(postgres_url, name_session(ELSEWHERE)) as connection:
        connection.execute(sa.text("SELECT 1"))
        assert store.end_forsaken() == [], "it holds a connection"
    assert store.end_forsaken() == ["ofsted"]


def test_one_that_renewed_its_lease_just_now_keeps_its_turn(postgres_url: str, store: Store) -> None:
    hold(postgres_url, ELSEWHERE, FRESH)
    assert store.end_forsaken() == []
    assert store.find_held() == {"ofsted"}


def test_connections_that_went_with_a_restart_of_the_server_are_not_missed() -> None:
    assert is_cut_off(1000.0, 1000.0 + MISSED, started_at=999.0)
    assert not is_cut_off(1000.0, 1000.0 + MISSED, started_at=1001.0)
    assert not is_cut_off(1000.0, 1000.0 + FRESH, started_at=999.0)


def test_where_connections_are_named_otherwise_a_missing_one_says_nothing(
    postgres_url: str, store: Store
) -> None:
    hold(postgres_url, ELSEWHERE, MISSED)
    named = f"{postgres_url}{'&' if '?' in postgres_url else '?'}application_name=ours"
    with closing(Store.open(named, rehearsal=False)) as other:
        assert other.end_forsaken() == []
    assert store.end_forsaken() == ["ofsted"]


def test_one_that_was_taken_for_gone_and_lives_has_no_turn_and_stands_in_nobodys_way(
    postgres_url: str, store: Store
) -> None:
    house = House(store)
    with store.lock("ofsted") as turn, closing(Store.open(postgres_url, rehearsal=False)) as rival:
        seem(postgres_url, ELSEWHERE, MISSED)
        assert rival.end_forsaken() == ["ofsted"]
        late = Crawl().take()
        late.turn = turn.token
        with pytest.raises(LockTakenError, match="took this process for gone"):
            turn.keep()
        with pytest.raises(LockTakenError, match="what this one brought is not written"):
            house.settle_take(late)
        with rival.lock("ofsted") as next_turn:
            assert (next_turn.token or 0) > (turn.token or 0)
            with pytest.raises(LockTakenError, match=r"pid \d+ on .* is crawling ofsted"):
                turn.keep()
    assert store.runs() == []
    with store.lock("ofsted"):
        pass


def test_a_lease_of_nobody_is_free(postgres_url: str, store: Store) -> None:
    """As a release before this one could leave it behind."""
    hold(postgres_url, None, FRESH)
    with store.lock("ofsted"):
        pass


def test_ones_own_turn_is_never_forsaken(postgres_url: str, store: Store) -> None:
    hold(postgres_url, process_owner(), MISSED)
    assert store.end_forsaken() == []


def test_a_sqlite_file_knows_no_leases(sqlite_url: str) -> None:
    house = House(Store.open(sqlite_url, rehearsal=False))
    with house.store.lock("ofsted"):
        assert house.store.end_forsaken() == []
    house.store.close()
