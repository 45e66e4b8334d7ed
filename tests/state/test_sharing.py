"""Several processes on one PostgreSQL: who lives, who holds what, and a room for an engine of its own."""

from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa

from state import LockTakenError, StateError, Store, find_room, furnish_room, process_owner
from state.storage.presence import SILENT_AFTER
from tests.state.test_store import run_sql

AWAY = "elsewhere/1/1.00"


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    with closing(Store.open(postgres_url, rehearsal=False)) as opened:
        yield opened


def silence(url: str, owner: str, seconds: float) -> None:
    run_sql(url, f"UPDATE workers SET seen_at = seen_at - {seconds} WHERE owner = '{owner}'")


def test_a_worker_is_seen_with_what_it_looks_at_until_it_ends(store: Store) -> None:
    with store.share("worker"):
        with store.lock("ofsted"):
            (worker,) = store.workers()
            assert (worker.name, worker.role, worker.alive) == (process_owner(), "worker", True)
            assert worker.looking_at == ("ofsted",)
            assert store.find_held() == {"ofsted"}
        with pytest.raises(LockTakenError, match=r"a fleet is watching already \(worker "):
            store.refuse_fleet()
    assert store.workers() == []
    store.refuse_fleet()


def test_a_daemon_that_watches_by_itself_lets_no_fleet_in(store: Store) -> None:
    with store.lock("daemon"), pytest.raises(LockTakenError), store.share("clock"):
        pass
    assert store.workers() == []


def test_who_is_silent_is_no_longer_alive_and_then_forgotten(postgres_url: str, store: Store) -> None:
    store.note_presence("worker")
    silence(postgres_url, process_owner(), SILENT_AFTER + 1)
    assert [worker.alive for worker in store.workers()] == [False]
    store.refuse_fleet()
    run_sql(postgres_url, f"UPDATE workers SET owner = '{AWAY}'")
    silence(postgres_url, AWAY, 3600)
    store.note_presence("worker")
    assert [worker.name for worker in store.workers()] == [process_owner()]


def test_on_sqlite_nobody_shares(sqlite_url: str) -> None:
    with closing(Store.open(sqlite_url, rehearsal=False)) as store:
        assert (store.workers(), store.find_held(), store.end_forsaken()) == ([], frozenset(), [])
    assert find_room(sqlite_url, "queue") is None


def test_a_room_is_furnished_once_and_brought_up_to_date(postgres_url: str, store: Store) -> None:
    def scripts(before: str | None) -> list[str]:
        return ["CREATE TABLE jobs (id int)"] if before is None else ["ALTER TABLE jobs ADD note text"]

    assert furnish_room(postgres_url, "queue", "1.0", scripts) is None
    assert furnish_room(postgres_url, "queue", "1.0", scripts) == "1.0"
    assert furnish_room(postgres_url, "queue", "1.1", scripts) == "1.0"
    with pytest.raises(StateError, match=r"the room queue of .* has the unknown version 1\.1; install"):
        furnish_room(postgres_url, "queue", "1.0", scripts)
    room = find_room(postgres_url, "queue")
    assert room is not None
    assert "search_path=queue" in str(room.arguments["options"])
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT id, note FROM queue.jobs")).all() == []
    engine.dispose()
