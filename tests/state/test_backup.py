"""A backup is whole and verified, and comes back on either database without telling anything again."""

import gzip
import io
import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from state import (
    Archive,
    Backup,
    DeliveryState,
    Manifest,
    Rhythm,
    StateError,
    Store,
    make_backup,
    restore_backup,
)
from state.keeping.backups import MANIFEST, BackupWriter
from state.keeping.copying import count_rows, open_file
from state.storage.database import Database, parse_url
from state.storage.migrating import migrate
from state.storage.schema import VERSION_TABLE
from state.storage.words import INDEX
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, LEEDS, START, WAKEFIELD, Crawl, document, entry, letter

LATER = START + 30 * DAY
BOTH = ["sqlite", "postgresql"]


@dataclass
class Place:
    """Where a state is: its database and its archive."""

    url: str
    archive: Archive

    def open(self) -> House:
        return House(Store.open(self.url, rehearsal=False))


@pytest.fixture
def make_place(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str, str], Place]:
    def make(kind: str, name: str) -> Place:
        folder = tmp_path / name
        postgres = request.getfixturevalue("postgres_url") if kind == "postgresql" else None
        return Place(postgres or f"sqlite:///{folder / 'letterwatch.db'}", Archive(str(folder / "archive")))

    return make


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Callable[[Place], House]]:
    """A state with an old letter, one that was told, one that waits to be told, and a page that broke."""
    opened: list[House] = []

    def fill_place(place: Place) -> House:
        house = place.open()
        opened.append(house)
        old = entry("1", kept(place, "1"), published_on=(START - 90 * DAY).date())
        house.settle(Crawl().page(WAKEFIELD, old))
        second = entry("2", kept(place, "2"))
        house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, old, second))
        (delivery,) = house.store.outbox.claim_due("me", START + HOUR, 9, timedelta(minutes=1))
        house.store.outbox.record_attempt(delivery.id, START + HOUR)
        house.store.outbox.record_sent(delivery.id, "ok", START + HOUR)
        house.settle(Crawl(at=START + DAY).page(WAKEFIELD, old, second, entry("3", kept(place, "3"))))
        place.archive.put(b"<html>login</html>", url="https://x", headers={}, at=START)
        return house

    yield fill_place
    for house in opened:
        house.store.close()


def kept(place: Place, file_id: str):  # type: ignore[no-untyped-def]
    """A document of which the archive has the bytes."""
    taken = document(file_id)
    place.archive.put(f"text of {file_id}".encode(), url=taken.url, headers=taken.headers, at=taken.at)
    return taken


def back_up(place: Place, target: Path) -> Backup:
    return make_backup(place.url, place.archive, target, letterwatch="1.0", now=LATER)


@pytest.mark.parametrize(("before", "after"), [*zip(BOTH, BOTH[::-1], strict=True), ("sqlite", "sqlite")])
def test_a_restored_state_is_the_same(
    before: str, after: str, make_place: Callable[[str, str], Place], fill: Callable, tmp_path: Path
) -> None:
    old, new = make_place(before, "old"), make_place(after, "new")
    house = fill(old)
    backup = back_up(old, tmp_path / "letterwatch.tar")

    restored = restore_backup(backup.path, new.url, new.archive, now=LATER)

    assert restored.manifest == backup.manifest
    again = new.open()
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
    house = new.open()

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
    house = new.open()
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
    house = new.open()
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


def cut(body: bytes) -> bytes:
    return body[: len(body) * 2 // 3]


def cut_at_a_member(body: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(body)) as tar:
        return body[: tar.getmember(MANIFEST).offset]


def flip(body: bytes) -> bytes:
    place = body.index(b"text of 2")
    return body[:place] + b"TEXT" + body[place + 4 :]


def change_the_format(body: bytes) -> bytes:
    return body.replace(b'"format": 1', b'"format": 7')


def add_a_path(body: bytes) -> bytes:
    file = io.BytesIO(body)
    with tarfile.open(fileobj=file, mode="a") as tar:
        tar.addfile(tarfile.TarInfo("../evil"))
    return file.getvalue()


def repeat_a_document(body: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(body)) as tar:
        member = next(each for each in tar.getmembers() if each.name.startswith("archive/"))
    file = io.BytesIO(body)
    with tarfile.open(fileobj=file, mode="a") as tar:
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    return file.getvalue()


def rewrite(body: bytes, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """The same backup with its members changed and its manifest made to fit them."""
    file = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(body)) as old, tarfile.open(fileobj=file, mode="w") as new:
        files = {}
        for member in old:
            told = json.load(old.extractfile(member)) if member.name == MANIFEST else None  # type: ignore[arg-type]
            content = old.extractfile(member).read() if told is None else b""  # type: ignore[union-attr]
            if told is not None:
                content = json.dumps({**told, "files": files}).encode()
            else:
                member, content = change(member, content)  # noqa: PLW2901
                files[member.name] = {"sha256": sha256(content).hexdigest(), "size": len(content)}
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return file.getvalue()


def forge_a_document(body: bytes) -> bytes:
    return rewrite(body, lambda member, content: (member, content.replace(b"text of 2", b"a forgery")))


def forget_a_document(body: bytes) -> bytes:
    """Takes out a file that the manifest goes on naming."""
    file = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(body)) as old, tarfile.open(fileobj=file, mode="w") as new:
        gone = next(name for name in old.getnames() if name.startswith("archive/"))
        for member in old:
            if member.name != gone:
                new.addfile(member, old.extractfile(member))
    return file.getvalue()


def repeat_the_database(body: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(body)) as tar:
        member = tar.getmember("state.db")
        content = tar.extractfile(member).read()  # type: ignore[union-attr]
    file = io.BytesIO(body)
    with tarfile.open(fileobj=file, mode="a") as tar:
        tar.addfile(member, io.BytesIO(content))
    return file.getvalue()


def claim_an_exabyte(body: bytes) -> bytes:
    """A sparse member: a few bytes of tar that unpack to zeros without end."""
    file = io.BytesIO(body)
    with tarfile.open(fileobj=file, mode="a") as tar:
        hole = tarfile.TarInfo(f"archive/{'0' * 2}/{'0' * 64}")
        hole.pax_headers = {
            "GNU.sparse.major": "0",
            "GNU.sparse.minor": "1",
            "GNU.sparse.map": f"{1 << 60},0",
            "GNU.sparse.size": str(1 << 60),
        }
        tar.addfile(hole)
    return file.getvalue()


def link(kind: bytes) -> Callable[[bytes], bytes]:
    def add(body: bytes) -> bytes:
        file = io.BytesIO(body)
        with tarfile.open(fileobj=file, mode="a") as tar:
            member = tarfile.TarInfo(f"archive/{'0' * 2}/{'0' * 64}")
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
        return file.getvalue()

    return add


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut, "cut short"),
        (cut_at_a_member, "no manifest"),
        (flip, "is not what the manifest says"),
        (change_the_format, "unknown format 7; install the Letterwatch that wrote it"),
        (add_a_path, "holds '../evil'"),
        (repeat_a_document, "twice"),
        (repeat_the_database, "holds state.db twice"),
        (forge_a_document, "is not what its name says"),
        (claim_an_exabyte, "which no backup of Letterwatch does"),
        (link(tarfile.SYMTYPE), "which no backup of Letterwatch does"),
        (link(tarfile.LNKTYPE), "which no backup of Letterwatch does"),
        (gzip.compress, "is compressed; decompress it first"),
        (forget_a_document, "it lacks archive/"),
        (lambda _: b"", "no backup of Letterwatch, or its beginning is damaged"),
        (lambda _: b"dear diary, " * 99, "no backup of Letterwatch, or its beginning is damaged"),
    ],
)
def test_a_spoilt_backup_is_refused_and_nothing_is_made(
    spoil: Callable[[bytes], bytes],
    words: str,
    make_place: Callable[[str, str], Place],
    fill: Callable,
    tmp_path: Path,
) -> None:
    old, new = make_place("sqlite", "old"), make_place("sqlite", "new")
    fill(old)
    path = back_up(old, tmp_path / "b.tar").path
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(StateError, match=words) as caught:
        restore_backup(path, new.url, new.archive, now=LATER)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "new").exists()


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
    new.open().store.close()


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
    house = new.open()
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


def write_backup(path: Path, schema_version: str, **files: bytes) -> None:
    with path.open("wb") as file:
        writer = BackupWriter(file, START)
        for name, body in files.items():
            writer.add(f"{name}.db", body)
        told = Manifest(
            format=1,
            made_at=START,
            letterwatch="9.0",
            schema_version=schema_version,
            database="sqlite",
            rows={},
            files=writer.files,
        )
        writer.finish(told)


@pytest.mark.parametrize(
    ("schema_version", "files", "words"),
    [
        ("9999", {"state": b"newer"}, "unknown schema 9999; install the Letterwatch that wrote it"),
        ("0001", {}, r"it lacks state\.db"),
    ],
)
def test_a_backup_of_another_time_or_without_a_state_is_refused(
    schema_version: str,
    files: dict[str, bytes],
    words: str,
    make_place: Callable[[str, str], Place],
    tmp_path: Path,
) -> None:
    new = make_place("sqlite", "new")
    write_backup(tmp_path / "b.tar", schema_version, **files)
    with pytest.raises(StateError, match=words):
        restore_backup(tmp_path / "b.tar", new.url, new.archive, now=LATER)
