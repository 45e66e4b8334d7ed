"""A backup that is spoilt, forged or of another time is refused, and nothing is made of it."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from state import (
    Manifest,
    StateError,
    restore_backup,
)
from state.keeping.backups import MANIFEST, BackupWriter
from tests.state.places import LATER, Place, back_up
from tests.state.takes import START


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
