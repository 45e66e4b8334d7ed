"""What cannot be shared is refused in one line that names the key and the mend."""

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from letterwatch.config import ConfigError
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.stage import write_config
from letterwatch.fleet.room import ROOM, furnish_queue, has_queue, require_room
from state import LockTakenError, StateError, Store
from tests.letterwatch.conftest import Site, Workplace
from tests.letterwatch.fleet.conftest import share


@pytest.mark.sqlite("it is what a fleet refuses")
@pytest.mark.parametrize("words", [("worker",), ("run", "--engine", "procrastinate")])
def test_a_sqlite_state_is_not_shared(workplace: Workplace, words: tuple[str, ...]) -> None:
    done = workplace.run(*words)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("letterwatch: [state] url: ")
    assert "postgresql+psycopg://" in line


def test_a_missing_package_is_named(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letterwatch.fleet.room.find_spec", lambda _name: None)
    assert not has_queue(postgres_url)
    with pytest.raises(ConfigError, match=r"procrastinate is not installed; .*\[fleet\]"):
        require_room(postgres_url)


def test_a_daemon_and_a_fleet_refuse_each_others_state(tmp_path: Path, postgres_url: str) -> None:
    with Site() as site, Inbox() as inbox, closing(Store.open(postgres_url, rehearsal=False)) as store:
        config = write_config(tmp_path, site, inbox)
        share(config, postgres_url)
        place = Workplace(tmp_path, site, inbox, config)
        with store.lock("daemon"):
            beside = place.run("worker")
        assert beside.returncode == 1
        assert "is watching already" in beside.stderr
        with store.share("clock"):
            beside = place.run("run")
        assert beside.returncode == 1
        assert "a fleet is watching already (clock" in beside.stderr
        assert "--engine procrastinate" in beside.stderr
        upgraded = place.run("db", "upgrade")
        assert upgraded.stdout.splitlines()[1].startswith("the queue of several machines is new, ")
        again = place.run("db", "upgrade")
        assert again.stdout.splitlines()[1].startswith("the queue of several machines is ")


def test_several_fleets_members_at_once_are_welcome(postgres_url: str) -> None:
    with closing(Store.open(postgres_url, rehearsal=False)) as store:
        with store.share("clock"), store.share("worker"):
            assert [each.alive for each in store.workers()] == [True]  # both are this process
            with pytest.raises(LockTakenError, match="a fleet is watching already"):
                store.refuse_fleet()
        store.refuse_fleet()


def test_the_queues_room_is_made_once_and_a_newer_one_is_left_alone(postgres_url: str) -> None:
    Store.open(postgres_url, rehearsal=False).close()
    before, version = furnish_queue(postgres_url)
    assert before is None
    assert furnish_queue(postgres_url) == (version, version)
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        tables = sa.inspect(connection).get_table_names(schema=ROOM)
        connection.execute(sa.text(f"COMMENT ON SCHEMA {ROOM} IS '99.00.00_01'"))
    engine.dispose()
    assert "procrastinate_jobs" in tables
    with pytest.raises(StateError, match=r"unknown version 99\.00\.00_01; install the Letterwatch"):
        furnish_queue(postgres_url)
