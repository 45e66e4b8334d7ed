"""Makes a backup while everything runs: a copy of the database, then every body of the archive."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from state.errors import StateError
from state.keeping.backups import DATABASE, FORMAT, BackupWriter, Manifest, check_backup
from state.keeping.copying import open_file, snapshot
from state.storage.archive import Archive, ArchiveError
from state.storage.database import Database, parse_url
from state.storage.migrating import prepare
from state.storage.schema import SCHEMA_VERSIONS, documents


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and read again."""

    path: Path
    size: int
    manifest: Manifest


def make_backup(
    url: str,
    archive: Archive,
    target: Path,
    *,
    letterwatch: str,
    now: datetime,
    notice: Callable[[int, int], None] = lambda _done, _total: None,
) -> Backup:
    """Writes a backup and verifies it; raises StateError, and leaves nothing, where it cannot be made.

    `notice` hears of the bodies done and their number. The database is copied first: whatever it knows
    of lies in the archive by then.
    """
    database = Database(parse_url(url))
    with closing(database):
        prepare(database, create=False, remains=None)
        with _aside(target) as (file, workplace):
            copy = workplace / DATABASE
            rows = snapshot(database, copy)
            writer = BackupWriter(file, now)
            writer.add_file(DATABASE, copy)
            known = _known_documents(copy)
            digests = sorted(known | set(archive.digests()))
            lacking = []
            for number, digest in enumerate(digests, 1):
                if not _add_body(writer, archive, digest):
                    lacking.append(digest)
                notice(number, len(digests))
            manifest = Manifest(
                format=FORMAT,
                made_at=now,
                letterwatch=letterwatch,
                schema_version=SCHEMA_VERSIONS[-1],
                database=database.engine.dialect.name,
                rows=rows,
                files=writer.files,
                lacking=tuple(digest for digest in lacking if digest in known),
            )
            writer.finish(manifest)
    return Backup(target, target.stat().st_size, manifest)


def _add_body(writer: BackupWriter, archive: Archive, digest: str) -> bool:
    """Adds whence a body came, then the body; False where the archive lost or damaged it."""
    try:
        body, origin = archive.get(digest), archive.find_origin(digest)
    except ArchiveError:
        return False
    name = f"archive/{digest[:2]}/{digest}"
    if origin is not None:
        writer.add(f"{name}.json", origin)
    writer.add(name, body)
    return True


def _known_documents(copy: Path) -> set[str]:
    with closing(open_file(copy)) as database, database.reading() as connection:
        return set(connection.scalars(sa.select(documents.c.sha256)))


@contextmanager
def _aside(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file to be written beside the target, readable by its owner alone, and a folder to work in.

    It gets the target's name when it is whole and verified; what stands there is never overwritten.
    """
    if target.exists():
        raise StateError(f"there is a file {target} already; a backup overwrites nothing: name another")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            part = Path(folder) / target.name
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
                yield file, Path(folder)
                file.flush()
                os.fsync(file.fileno())
            check_backup(part)
            publish(part, target)
    except OSError as error:
        raise StateError(
            f"the backup {target} cannot be written ({error.strerror or error}); "
            "free space, or name a folder that is writable"
        ) from error


def publish(part: Path, target: Path) -> None:
    """Gives a finished file its name, unless something has that name by now."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise StateError(f"there is a file {target} already; it was left as it is") from None
    except OSError:  # a file system without hard links
        if target.exists():
            raise StateError(f"there is a file {target} already; it was left as it is") from None
        part.rename(target)
