"""A backup is whole and verified, and comes back on either database without telling anything again."""

import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from state import (
    DeliveryState,
    Manifest,
    Rhythm,
    StateError,
    Store,
    restore_backup,
)
from state.keeping.backups import MANIFEST, BackupWriter
from state.keeping.copying import count_rows, open_file
from state.storage.database import Database, parse_url
from state.storage.migrating import migrate
from state.storage.schema import VERSION_TABLE
from state.storage.words import INDEX
from tests.state.conftest import House
from tests.state.places import BOTH, LATER, Place, back_up
from tests.state.takes import DAY, HOUR, LEEDS, START, WAKEFIELD, Crawl, entry, letter


@pytest.mark.parametrize(("before", "after"), [*zip(BOTH, BOTH[::-1], strict=True), ("sqlite", "sqlite")])
def test_a_restored_state_is_the_same(
    before: str, after: str, make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    old, new = make_place(before, "old"), make_place(after, "new")
    house = fill(old)
    backup = back_up(old, tmp_path / "letterwatch.tar")

    restored = restore_backup(backup.path, new.url, new.archive, now=LATER)

    assert restored.manifest == backup.manifest
    again = House(new.open())
    assert again.store.publications() == house.store.publications()
    assert again.store.runs() == house.store.runs()
    assert again.store.trail("80451/2") == house.store.trail("80451/2")
    assert sorted(new.archive.digests()) == sorted(old.archive.digests())
    for digest in old.archive.digests():
        assert new.archive.get(digest) == old.archive.get(digest)
        assert new.archive.find_origin(digest) == old.archive.find_origin(digest)
    again.store.close()


@pytest.mark.parametrize("after", BOTH)
def test_what_was_waiting_is_held_and_what_was_told_stays_told(
    after: str, make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    old, new = make_place("sqlite", "old"), make_place(after, "new")
    fill(old)
    restored = restore_backup(back_up(old, tmp_path / "b.tar").path, new.url, new.archive, now=LATER)
    house = House(new.open())

    assert restored.held == 1
    assert house.store.outbox.claim_due("me", LATER + 9 * DAY, 9, timedelta(minutes=1)) == []
    states = {row.publication: row.state for row in house.store.deliveries()}
    assert states == {"80451/2": DeliveryState.SENT, "80451/3": DeliveryState.HELD}
    assert house.store.outbox.release(restored.hold, LATER) == 1
    house.store.close()


@pytest.mark.parametrize("after", BOTH)
def test_the_first_good_look_after_a_restore_is_held_and_the_next_is_told(
    after: str, make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    old, new = make_place("sqlite", "old"), make_place(after, "new")
    fill(old)
    restored = restore_backup(back_up(old, tmp_path / "b.tar").path, new.url, new.archive, now=LATER)
    house = House(new.open())
    known = [entry("1", published_on=(START - 90 * DAY).date()), entry("2"), entry("3")]

    chosen = Crawl(at=LATER + HOUR, rhythm=Rhythm.CHOSEN).page(WAKEFIELD, *known, entry("4"))
    assert [event.name for event in house.settle(chosen).events] == ["publication.new", "flood.held"]
    found = house.settle(Crawl(at=LATER + DAY).page(WAKEFIELD, *known, entry("4"), entry("5")))
    assert [event.name for event in found.events] == ["publication.new", "flood.held"]
    due = house.store.outbox.claim_due("me", LATER + DAY, 9, timedelta(minutes=1))
    assert {delivery.event.name for delivery in due} == {"flood.held"}
    held = [row for row in house.store.deliveries(DeliveryState.HELD) if row.hold == restored.hold]
    assert {row.publication for row in held} == {"80451/3", "80451/4", "80451/5"}

    told = house.settle(Crawl(at=LATER + 2 * DAY).page(WAKEFIELD, *known, entry("4"), entry("5"), entry("6")))
    assert [event.name for event in told.events] == ["publication.new"]
    due = house.store.outbox.claim_due("me", LATER + 2 * DAY, 9, timedelta(minutes=1))
    assert sum(delivery.event.name == "publication.new" for delivery in due) == 1
    house.store.close()


def test_a_restored_state_numbers_its_new_rows_after_the_old_ones(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    old, new = make_place("sqlite", "old"), make_place("postgresql", "new")
    last = fill(old).store.runs()[0].id
    restore_backup(back_up(old, tmp_path / "b.tar").path, new.url, new.archive, now=LATER)
    house = House(new.open())
    assert house.settle(Crawl(at=LATER).page(LEEDS, entry("9", urn=LEEDS))).run_id == last + 1
    house.store.close()


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    place = make_place("sqlite", "old")
    fill(place)
    backup = back_up(place, tmp_path / "b.tar")
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    before = backup.path.read_bytes()
    with pytest.raises(StateError, match="a backup overwrites nothing"):
        back_up(place, backup.path)
    assert backup.path.read_bytes() == before
    with pytest.raises(StateError, match="cannot be written"):
        back_up(place, tmp_path / "absent" / "b.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "old"]


def test_a_restore_overwrites_nothing(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path, postgres_url: str
) -> None:
    place = make_place("sqlite", "old")
    house = fill(place)
    path = back_up(place, tmp_path / "b.tar").path
    with pytest.raises(StateError, match=r"there is .*letterwatch.db already; .* onto an empty place"):
        restore_backup(path, place.url, place.archive, now=LATER)
    assert house.store.deliveries(DeliveryState.HELD) == []
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "letterwatch.db-wal").write_bytes(b"journal")
    with pytest.raises(StateError, match="db-wal already"):
        restore_backup(path, make_place("sqlite", "new").url, place.archive, now=LATER)
    other = Place(postgres_url, place.archive)
    restore_backup(path, other.url, other.archive, now=LATER)
    with pytest.raises(StateError, match="onto an empty place"):
        restore_backup(path, other.url, other.archive, now=LATER)


def test_a_document_the_archive_lost_is_named_and_the_rest_is_saved(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    place, new = make_place("sqlite", "old"), make_place("sqlite", "new")
    lost = fill(place).store.publications()[0].sha256
    place.archive.remove(lost)
    backup = back_up(place, tmp_path / "b.tar")
    assert backup.manifest.lacking == (lost,)
    assert restore_backup(backup.path, new.url, new.archive, now=LATER).manifest.lacking == (lost,)
    assert not new.archive.has(lost)


def test_a_backup_of_an_older_letterwatch_is_upgraded_on_its_way(
    make_place: Callable[[str, str], Place], tmp_path: Path
) -> None:
    with closing(open_file(tmp_path / "old.db")) as database:
        migrate(database, "0001")
    path = tmp_path / "b.tar"
    with path.open("wb") as file:
        writer = BackupWriter(file, START)
        writer.add_file("state.db", tmp_path / "old.db")
        old = Manifest(
            format=1,
            made_at=START,
            letterwatch="1.0",
            schema_version="0001",
            database="sqlite",
            rows={},
            files=writer.files,
        )
        writer.finish(old)
    new = make_place("sqlite", "new")
    restore_backup(path, new.url, new.archive, now=LATER)
    new.open().close()


def test_every_table_is_copied(sqlite_url: str) -> None:
    Store.open(sqlite_url, rehearsal=False).close()
    with closing(Database(parse_url(sqlite_url))) as database, database.reading() as connection:
        there = set(sa.inspect(connection).get_table_names()) - {VERSION_TABLE}
        assert set(count_rows(connection)) == {name for name in there if not name.startswith(INDEX)}


def test_the_manifest_tells_what_a_backup_is(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    place = make_place("sqlite", "old")
    fill(place)
    path = back_up(place, tmp_path / "b.tar").path
    with tarfile.open(path) as tar:
        assert tar.getnames()[-1] == MANIFEST
        told = json.load(tar.extractfile(MANIFEST))  # type: ignore[arg-type]
    assert (told["rows"]["publications"], told["rows"]["outbox"]) == (3, 2)
    assert told["files"].keys() >= {"state.db"}
    assert letter("x").title not in path.name


def test_a_body_without_its_origin_is_backed_up_without(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    place, new = make_place("sqlite", "old"), make_place("sqlite", "new")
    fill(place)
    for origin in (tmp_path / "old" / "archive").rglob("*.json"):
        origin.unlink()
    path = back_up(place, tmp_path / "b.tar").path
    restore_backup(path, new.url, new.archive, now=LATER)
    assert {new.archive.find_origin(digest) for digest in new.archive.digests()} == {None}


def test_a_backup_s_files_may_stand_in_any_order(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    place, new = make_place("sqlite", "old"), make_place("sqlite", "new")
    publications = fill(place).store.publications()
    path = back_up(place, tmp_path / "b.tar").path
    with tarfile.open(path) as old, tarfile.open(tmp_path / "reversed.tar", "w") as turned:
        for member in reversed(old.getmembers()):
            turned.addfile(member, old.extractfile(member))
    restore_backup(tmp_path / "reversed.tar", new.url, new.archive, now=LATER)
    house = House(new.open())
    assert house.store.publications() == publications
    house.store.close()


def test_a_state_that_does_not_hold_together_is_not_backed_up(
    make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    place = make_place("sqlite", "old")
    fill(place)
    with closing(sqlite3.connect(tmp_path / "old" / "letterwatch.db")) as raw, raw:
        raw.execute("DELETE FROM events")
    with pytest.raises(StateError, match=r"the state does not hold together .*check the disk"):
        back_up(place, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()
