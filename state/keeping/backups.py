"""What a backup is: a tar file with the database, the archive's bodies, and last a manifest of hashes.

The manifest comes last, so that a backup which was cut short has none and is refused.
"""

import io
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from state.errors import StateError
from state.records.letters import Frozen

DATABASE = "state.db"
MANIFEST = "manifest.json"
FORMAT = 1
_NAME = re.compile(rf"{DATABASE}|{MANIFEST}|archive/[0-9a-f]{{2}}/[0-9a-f]{{64}}(\.json)?", re.ASCII)
_PIECE = 1 << 20
_COMPRESSED = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
)  # gzip … zip
_LARGEST_MANIFEST = 256 << 20


class Contents(Frozen):
    """One file of a backup."""

    sha256: str
    size: int


class Manifest(Frozen):
    """What a backup holds and when it was made; `lacking` are documents that the archive had lost."""

    format: int
    made_at: datetime
    letterwatch: str
    schema_version: str
    database: str
    rows: dict[str, int]
    files: dict[str, Contents]
    lacking: tuple[str, ...] = ()

    @property
    def bodies(self) -> int:
        """How many bodies of the archive it holds."""
        return sum(name.startswith("archive/") and not name.endswith(".json") for name in self.files)


class BackupWriter:
    """Puts files into a backup and notes their hashes."""

    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  finish()
        self._made_at = made_at
        self.files: dict[str, Contents] = {}

    def add(self, name: str, body: bytes) -> None:
        """Adds a file from memory."""
        self._tar.addfile(self._describe(name, len(body)), io.BytesIO(body))
        self.files[name] = Contents(sha256=sha256(body).hexdigest(), size=len(body))

    def add_file(self, name: str, path: Path) -> None:
        """Adds a file from the disk."""
        with path.open("rb") as file:
            digest, size = hash_stream(file)
            file.seek(0)
            self._tar.addfile(self._describe(name, size), file)
        self.files[name] = Contents(sha256=digest, size=size)

    def finish(self, manifest: Manifest) -> None:
        """Adds the manifest and closes the backup."""
        self.add(MANIFEST, manifest.model_dump_json(indent=1).encode())
        self._tar.close()

    def _describe(self, name: str, size: int) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(self._made_at.timestamp())
        return entry


def hash_stream(file: IO[bytes]) -> tuple[str, int]:
    """The SHA-256 and the size of what is left of a stream."""
    digest, size = sha256(), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


@contextmanager
def open_backup(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The files of a backup in their order; raises StateError for anything that is none, or no whole one."""
    try:
        _look_at_start(path)
        with tarfile.open(path, "r:") as tar:
            yield _walk(path, tar)
    except (tarfile.TarError, EOFError) as error:
        raise _refuse(path, f"it is damaged or cut short ({error})") from error
    except OSError as error:
        raise StateError(f"the backup {path} cannot be read ({error.strerror or error})") from error


def _look_at_start(path: Path) -> None:
    """Refuses what is no tar file at all with what it is, as far as its first bytes say."""
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_COMPRESSED):
        raise StateError(f"the backup {path} is compressed; decompress it first")
    if start[257:262] != b"ustar":
        raise _refuse(path, "it is no backup of Letterwatch, or its beginning is damaged")


def check_backup(path: Path) -> Manifest:
    """Reads a backup to its end and compares every hash; raises StateError for a damaged one."""
    seen: dict[str, Contents] = {}
    manifest = None
    with open_backup(path) as files:
        for name, file in files:
            if name == MANIFEST:
                manifest = _read_manifest(path, file.read(_LARGEST_MANIFEST))
                continue
            digest, size = hash_stream(file)
            seen[name] = Contents(sha256=digest, size=size)
    if manifest is None:
        raise _refuse(path, "it has no manifest: it was cut short, or is no backup of Letterwatch")
    _compare(path, manifest.files, seen)
    return manifest


def _compare(path: Path, listed: Mapping[str, Contents], seen: Mapping[str, Contents]) -> None:
    for name in sorted(listed.keys() | seen.keys()):
        if name not in seen:
            raise _refuse(path, f"it lacks {name}")
        if listed.get(name) != seen[name]:
            raise _refuse(path, f"its {name} is not what the manifest says")
        body = name.rpartition("/")[2]
        if name.startswith("archive/") and not body.endswith(".json") and body != seen[name].sha256:
            raise _refuse(path, f"its {name} is not what its name says")
    if DATABASE not in seen:
        raise _refuse(path, f"it lacks {DATABASE}")


def _walk(path: Path, tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    seen = set()
    for member in tar:
        plain = member.isreg() and not member.issparse() and _NAME.fullmatch(member.name)
        file = tar.extractfile(member) if plain else None
        if file is None:
            raise _refuse(path, f"it holds {member.name!r}, which no backup of Letterwatch does")
        if member.name in seen:
            raise _refuse(path, f"it holds {member.name} twice")
        seen.add(member.name)
        yield member.name, file


def _read_manifest(path: Path, body: bytes) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(body)
    except ValidationError as error:
        raise _refuse(path, "its manifest cannot be read") from error
    if manifest.format != FORMAT:
        raise StateError(
            f"the backup {path} has the unknown format {manifest.format}; "
            "install the Letterwatch that wrote it"
        )
    return manifest


def _refuse(path: Path, reason: str) -> StateError:
    return StateError(f"the backup {path} is refused: {reason}; use another backup")
