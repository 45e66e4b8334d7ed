"""The archive: what is put is what is got."""

import os
from pathlib import Path

import pytest

from state import Archive, ArchiveError
from tests.state.takes import START

URL = "https://files.test/v1/file/50121234"
HEADERS = {"content-type": "application/pdf"}


def put(archive: Archive, body: bytes = b"%PDF-1.7 a letter") -> str:
    return archive.put(body, url=URL, headers=HEADERS, at=START)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_body_comes_back_under_its_hash_with_its_origin_beside_it(tmp_path: Path, scheme: str) -> None:
    archive = Archive(f"{scheme}{tmp_path}")
    digest = put(archive)

    assert archive.has(digest)
    assert not archive.has("0" * 64)
    assert archive.get(digest) == b"%PDF-1.7 a letter"
    assert URL in files(tmp_path)[1].read_text()


def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    put(archive)
    (body, _) = files(tmp_path)
    os.utime(body, (1, 1))

    put(archive)

    assert body.stat().st_mtime == 1
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"%PDF", b"%PDF-1.7 a l\x00tter"])
def test_a_damaged_file_is_mended_by_the_next_put(tmp_path: Path, damage: bytes) -> None:
    archive = Archive(str(tmp_path))
    digest = put(archive)
    files(tmp_path)[0].write_bytes(damage)

    put(archive)

    assert archive.get(digest) == b"%PDF-1.7 a letter"


def test_a_damaged_or_missing_body_is_told_and_never_given(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    digest = put(archive)
    files(tmp_path)[0].write_bytes(b"something else")

    with pytest.raises(ArchiveError, match="is damaged; restore it from a backup"):
        archive.get(digest)
    with pytest.raises(ArchiveError, match=f"lacks {'0' * 64}; restore"):
        archive.get("0" * 64)


def test_a_place_that_cannot_be_written_says_so_and_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ArchiveError, match="cannot be written"):
        put(Archive(str(tmp_path / "taken")))
    with pytest.raises(ArchiveError, match="name a folder or install its driver"):
        Archive("nowhere://bucket")


def test_other_places_than_folders_serve_as_well() -> None:
    archive = Archive("memory://letters")
    assert archive.get(put(archive)) == b"%PDF-1.7 a letter"


def test_what_cannot_be_read_is_told_as_such(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    digest = put(archive)
    for path in files(tmp_path):
        path.unlink()
        path.mkdir()  # a name that stands for no file

    with pytest.raises(ArchiveError, match=r"cannot be read .*; make it readable"):
        archive.find_origin(digest)
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.put_back(digest, b"%PDF-1.7 a letter", None)
    with pytest.raises(ArchiveError, match="cannot be written"):
        archive.remove(digest)


def test_a_body_of_a_backup_mends_a_damaged_one_and_leaves_a_sound_one(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    digest = put(archive)
    body = files(tmp_path)[0]
    origin = archive.find_origin(digest)

    archive.put_back(digest, b"%PDF-1.7 a letter", b"{}")
    assert archive.find_origin(digest) == origin
    body.write_bytes(b"half")
    archive.put_back(digest, b"%PDF-1.7 a letter", b"{}")

    assert archive.get(digest) == b"%PDF-1.7 a letter"
    assert archive.find_origin(digest) == b"{}"


def test_what_is_removed_is_gone_and_may_be_removed_again(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    digest = put(archive)
    (tmp_path / "notes.txt").write_text("no body")

    assert list(archive.digests()) == [digest]
    for _ in range(2):
        archive.remove(digest)

    assert list(archive.digests()) == []
    assert archive.find_origin(digest) is None
    assert archive.find_remains() == str(tmp_path)
    assert Archive(str(tmp_path / "new")).find_remains() is None
    assert list(Archive(str(tmp_path / "new")).digests()) == []


def test_a_folder_that_is_not_there_is_told_and_other_places_have_none(tmp_path: Path) -> None:
    assert Archive(str(tmp_path)).find_lack() is None
    assert Archive("memory://letters").find_lack() is None
    assert Archive(str(tmp_path / "new")).find_lack() == f"the archive {tmp_path / 'new'} is not there"
    (tmp_path / "file").write_text("")
    assert Archive(str(tmp_path / "file")).find_lack() == f"the archive {tmp_path / 'file'} is not a folder"


def test_a_body_whose_origin_a_backup_does_not_know_is_put_back_without(tmp_path: Path) -> None:
    digest = put(Archive(str(tmp_path / "old")))
    archive = Archive(str(tmp_path / "new"))
    archive.put_back(digest, b"%PDF-1.7 a letter", None)
    assert (archive.get(digest), archive.find_origin(digest)) == (b"%PDF-1.7 a letter", None)
