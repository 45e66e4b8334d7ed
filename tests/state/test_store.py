"""Opening a state: what is made, what is refused, and in which words."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from state import Event, EventName, SourceFacts, Spent, StateError, Store, Verdict, upgrade_schema
from state.errors import describe_failure
from state.storage.database import Database, parse_url
from state.storage.migrating import migrate
from state.storage.schema import SCHEMA_VERSIONS, VERSION_TABLE, metadata
from state.storage.words import INDEX
from tests.state.conftest import House
from tests.state.takes import START, WAKEFIELD, Crawl, entry, route_to_newsdesk

OPTIONS = {
    "version_table": VERSION_TABLE,
    "include_name": lambda name, _kind, _parents: not (name or "").startswith(INDEX),  # SQLite's own tables
}


def reopen(url: str, *, rehearsal: bool = False, create: bool = True) -> None:
    Store.open(url, rehearsal=rehearsal, create=create).close()


def run_sql(url: str, *statements: str) -> None:
    engine = sa.create_engine(parse_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def make_schema(url: str, version: str) -> None:
    """A state as an older Letterwatch would have made it."""
    database = Database(parse_url(url))
    if database.is_sqlite:
        Path(str(database.url.database)).parent.mkdir(exist_ok=True)
    migrate(database, version)
    database.close()


def test_a_fresh_state_has_the_schema_of_the_code(url: str) -> None:
    reopen(url)
    reopen(url, create=False)

    engine = sa.create_engine(parse_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert context.get_current_revision() == SCHEMA_VERSIONS[-1]
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_several_that_start_at_once_make_one_schema(url: str) -> None:
    with ThreadPoolExecutor(3) as threads:
        for opened in [threads.submit(reopen, url) for _ in range(3)]:
            opened.result()


def test_a_state_keeps_real_runs_and_rehearsals_apart(url: str) -> None:
    reopen(url, rehearsal=True)
    house = House(Store.open(url, rehearsal=False))
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    house.store.close()

    reopen(url)
    with pytest.raises(StateError, match="holds real runs; rehearse"):
        reopen(url, rehearsal=True)


def test_another_programs_database_is_refused_and_left_alone(url: str) -> None:
    if url.startswith("sqlite"):
        Path(str(parse_url(url).database)).parent.mkdir()
    run_sql(url, "CREATE TABLE orders (id INTEGER)")

    with pytest.raises(StateError, match="belongs to another program"):
        reopen(url)

    engine = sa.create_engine(parse_url(url))
    assert sa.inspect(engine).get_table_names() == ["orders"]
    engine.dispose()


def test_schemas_of_other_times_are_refused_with_the_mend(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reopen(url)
    monkeypatch.setattr("state.storage.migrating.SCHEMA_VERSIONS", (*SCHEMA_VERSIONS, "9998"))
    with pytest.raises(StateError, match=rf"old schema {SCHEMA_VERSIONS[-1]}; run `letterwatch db upgrade`"):
        reopen(url)

    run_sql(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StateError, match="unknown schema 9999; install the Letterwatch that wrote it"):
        reopen(url)


def test_an_upgrade_makes_a_verified_backup_first(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(Store.open(sqlite_url, rehearsal=False))
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    house.store.close()
    assert upgrade_schema(sqlite_url, now=START).backup is None

    monkeypatch.setattr("state.storage.migrating.SCHEMA_VERSIONS", (*SCHEMA_VERSIONS, "9998"))
    backup = upgrade_schema(sqlite_url, now=START).backup

    assert backup is not None
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM publications").fetchone() == (1,)


@pytest.mark.parametrize("version", SCHEMA_VERSIONS)
def test_every_released_schema_upgrades_to_the_newest(url: str, version: str) -> None:
    make_schema(url, version)
    run_sql(url, "INSERT INTO authorities (urn, name, page_url) VALUES ('80451', 'Wakefield', 'https://x')")

    assert upgrade_schema(url, now=START).before == version

    engine = sa.create_engine(parse_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, metadata) == []
        assert connection.scalar(sa.text("SELECT name FROM authorities")) == "Wakefield"
    engine.dispose()
    reopen(url, create=False)


def test_nothing_is_made_where_it_is_not_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'absent.db'}"
    with pytest.raises(StateError, match="there is no state at"):
        reopen(url, create=False)
    with pytest.raises(StateError, match="nothing to upgrade"):
        upgrade_schema(url, now=START)
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_of_a_lost_database_forbids_a_fresh_one(tmp_path: Path) -> None:
    (tmp_path / "letterwatch.db-wal").write_bytes(b"journal")
    with pytest.raises(StateError, match=r"letterwatch.db-wal is left of one; restore"):
        reopen(f"sqlite:///{tmp_path / 'letterwatch.db'}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("data/letterwatch.db", "is not a database URL"),
        ("sqlite://", "names no file"),
        ("mysql://localhost/x", "names mysql"),
        ("postgresql://127.0.0.1:1/x", "does not answer"),
    ],
)
def test_a_url_that_cannot_be_used_says_why(url: str, words: str) -> None:
    with pytest.raises(StateError, match=words) as caught:
        reopen(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("written", ["user:hunter2@{}/x", "user@{}/x?password=hunter2&sslpassword=hunter2"])
def test_no_password_is_ever_told(written: str) -> None:
    with pytest.raises(StateError, match=r"127\.0\.0\.1:1/x ") as caught:
        reopen(f"postgresql://{written.format('127.0.0.1:1')}")
    assert "hunter2" not in str(caught.value)


def test_an_open_state_tells_where_it_is_without_its_password(postgres_url: str) -> None:
    url = parse_url(postgres_url).update_query_dict({"password": "hunter2"})
    with closing(Store.open(url.render_as_string(hide_password=False), rehearsal=False)) as store:
        assert "hunter2" not in store.place
        assert str(url.database) in store.place
        assert ("host=" in store.place) is ("host" in url.query)
        assert store.place.startswith("postgresql+psycopg://")


def test_files_that_are_no_database_or_no_folder_say_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("dear diary, " * 100)
    with pytest.raises(StateError, match="is not a database; move the file away"):
        reopen(f"sqlite:///{tmp_path / 'notes.txt'}")
    with pytest.raises(StateError, match=r"notes\.txt is no folder; move it away or correct \[state\] url"):
        reopen(f"sqlite:///{tmp_path / 'notes.txt' / 'letterwatch.db'}")


def test_a_locked_database_says_so(sqlite_url: str) -> None:
    store = Store.open(sqlite_url, rehearsal=False, timeout=0)
    with closing(sqlite3.connect(str(parse_url(sqlite_url).database))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StateError, match="is locked by another program; close that program"):
            House(store).settle(Crawl().page(WAKEFIELD, entry("1")))
    store.close()


@pytest.mark.parametrize(
    ("pragma", "words"),
    [
        ("query_only=ON", "is read-only; make the file"),
        ("max_page_count=1", "the disk is full; free some space"),
    ],
)
def test_a_database_that_takes_no_writes_says_so_and_stays_whole(
    sqlite_url: str, pragma: str, words: str
) -> None:
    reopen(sqlite_url)
    database = Database(parse_url(sqlite_url))
    sa.event.listen(database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}"))
    store = Store(database, rehearsal=False)
    crawl = Crawl()
    crawl.page(WAKEFIELD, *(entry(str(number)) for number in range(300)))

    with pytest.raises(StateError, match=words):
        House(store).settle(crawl)

    assert store.publications() == []
    store.close()


def test_robots_are_remembered_for_a_day(house: House) -> None:
    house.store.keep_robots("reports.test", "User-agent: *", now=START)
    house.store.keep_robots("reports.test", "User-agent: x", now=START)

    assert house.store.find_robots("reports.test", now=START + timedelta(hours=23)) == "User-agent: x"
    assert house.store.find_robots("reports.test", now=START + timedelta(hours=25)) is None


def test_an_event_outside_a_run_is_told_once(house: House) -> None:
    facts = SourceFacts(name="channel newsdesk", verdict=Verdict.BROKEN, cause="410 Gone")
    event = Event(key="source.broken/channel/1", name=EventName.SOURCE_BROKEN, at=START, source=facts)

    assert house.store.tell(event, route=route_to_newsdesk, now=START) == 1
    assert house.store.tell(event, route=route_to_newsdesk, now=START) == 0


def test_a_folder_is_no_state(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"is a folder; name a file in \[state\] url"):
        reopen(f"sqlite:///{tmp_path}")


def test_an_empty_server_database_is_no_state_where_none_is_to_be_made(postgres_url: str) -> None:
    with pytest.raises(StateError, match=r"there is no state in the database .*; run `letterwatch check`"):
        reopen(postgres_url, create=False)


def test_nothing_is_begun_afresh_beside_what_is_left_of_a_state(url: str) -> None:
    """A database that was lost, or another one by mistake: beginning anew would forget all that was told."""
    for _ in range(2):
        with pytest.raises(StateError, match=r"s3://letters is left of .*, or move what is left away"):
            Store.open(url, rehearsal=False, remains="s3://letters")
    Store.open(url, rehearsal=False).close()
    Store.open(url, rehearsal=False, remains="s3://letters").close()


def test_what_a_driver_says_and_nobody_foresaw_is_told_in_one_line() -> None:
    error = sa.exc.SQLAlchemyError("no such\n  collation")
    assert str(describe_failure(error, "here")) == "the state here failed: no such collation"


def test_a_time_without_a_zone_is_never_written(house: House) -> None:
    with pytest.raises((ValueError, sa.exc.StatementError), match="naive time"):
        house.store.keep_robots("reports.test", "User-agent: *", now=START.replace(tzinfo=None))


def test_what_a_crawl_spent_is_added_to_the_day_s_account(house: House) -> None:
    for at in (START, START + timedelta(hours=1), START + timedelta(days=1)):
        take = Crawl(at=at).page(WAKEFIELD, entry("1")).take()
        take.spent["reports.test"] = Spent(requests=3, bytes=1000)
        house.settle_take(take, now=at)

    assert house.store.spent(START.date()) == {"reports.test": 6}
    assert [(row.requests, row.bytes) for row in house.store.spending(START.date())] == [(3, 1000), (6, 2000)]


def test_a_connection_that_is_in_use_when_the_state_is_closed_is_closed_with_its_use(house: House) -> None:
    with house.store._database.reading() as connection:
        driver = connection.connection.driver_connection
        house.store.close()
        assert connection.scalar(sa.text("SELECT 1")) == 1
    assert driver
    with pytest.raises(Exception, match="closed"):
        driver.execute("SELECT 1")
