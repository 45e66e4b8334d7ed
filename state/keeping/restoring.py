"""Puts a backup onto an empty place, on either database, so that nothing old is told again by itself."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from state.errors import StateError
from state.keeping.backing_up import publish
from state.keeping.backups import DATABASE, Manifest, check_backup, open_backup
from state.keeping.copying import copy_tables, count_rows, open_file
from state.keeping.restored import RESTORED
from state.records.vocabulary import DeliveryState
from state.storage.archive import Archive
from state.storage.database import Database, find_file, parse_url
from state.storage.migrating import find_version, migrate, upgrade_schema
from state.storage.privacy import make_private_folder
from state.storage.schema import SCHEMA_VERSIONS, meta, outbox, sources

_WAITING = (DeliveryState.PENDING.value, DeliveryState.CLAIMED.value)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore put back, and where; `held` deliveries wait under `hold` for the operator."""

    manifest: Manifest
    database: str
    archive: str
    hold: str
    held: int


def restore_backup(
    path: Path,
    url: str,
    archive: Archive,
    *,
    now: datetime,
    notice: Callable[[int, int], None] = lambda _done, _total: None,
) -> Restored:
    """Verifies a backup, then puts it where there is no state yet; raises StateError otherwise.

    Deliveries that were waiting when the backup was made may have been sent since: they are held.
    Documents that lie in the archive already stay. The database comes last, so that a restore which
    was interrupted is simply done again.
    """
    manifest = check_backup(path)
    if manifest.schema_version not in SCHEMA_VERSIONS:
        raise StateError(
            f"the backup {path} has the unknown schema {manifest.schema_version}; "
            "install the Letterwatch that wrote it"
        )
    database = Database(parse_url(url))
    with closing(database):
        _refuse_what_is_there(database)
        with _workplace(database) as folder:
            copy = folder / DATABASE
            _extract(path, copy)
            upgrade_schema(f"sqlite:///{copy}", now=now)
            hold = f"{RESTORED}-{now:%Y%m%dT%H%M%SZ}"
            held = _hold_what_waits(copy, hold, now)
            _fill_archive(path, archive, manifest.bodies, notice)
            _fill_database(copy, database)
    file = find_file(database.url)
    return Restored(manifest, str(file.resolve()) if file else database.place, archive.place, hold, held)


def _refuse_what_is_there(database: Database) -> None:
    file = find_file(database.url)
    if file:
        beside = [file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm", "journal"))]
        there = next((each for each in beside if each.exists() and each.stat().st_size), None)
        if there:
            raise _not_empty(str(there))
        return
    if find_version(database) is None:
        return
    with database.reading() as connection:
        if any(count_rows(connection).values()):
            raise _not_empty(database.place)


def _not_empty(what: str) -> StateError:
    return StateError(
        f"there is {what} already; a backup is restored onto an empty place: "
        "move it away, or name another [state] url"
    )


@contextmanager
def _workplace(database: Database) -> Iterator[Path]:
    """A folder for the database while it is being prepared, beside its place where that is a file."""
    file = find_file(database.url)
    try:
        if file:
            make_private_folder(file.parent)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=file.parent if file else None) as folder:
            yield Path(folder)
    except OSError as error:
        raise StateError(
            f"the state cannot be written to {file or 'the temporary folder'} "
            f"({error.strerror or error}); free space or make the folder writable"
        ) from error


def _extract(path: Path, copy: Path) -> None:
    with open_backup(path) as files:
        for name, file in files:
            if name == DATABASE:
                with copy.open("xb") as target:
                    shutil.copyfileobj(file, target)
                copy.chmod(0o600)
                return


def _hold_what_waits(copy: Path, hold: str, now: datetime) -> int:
    """Holds what was to be sent, has every source swept first, and marks the state as restored."""
    with closing(open_file(copy)) as database:
        with database.writing() as connection:
            waiting = sa.update(outbox).where(outbox.c.state.in_(_WAITING))
            held = connection.execute(
                waiting.values(
                    state=DeliveryState.HELD.value,
                    hold=hold,
                    claimed_by=None,
                    claim=None,
                    claimed_until=None,
                )
            ).rowcount
            connection.execute(sa.update(sources).values(swept_at=None))
            connection.execute(sa.delete(meta).where(meta.c.key == RESTORED))
            mark = json.dumps({"hold": hold, "at": now.isoformat()})
            connection.execute(sa.insert(meta).values(key=RESTORED, value=mark))
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101  a pooled connection that is open has its driver's
            driver.execute("PRAGMA journal_mode=DELETE")
    return held


def _fill_archive(path: Path, archive: Archive, total: int, notice: Callable[[int, int], None]) -> None:
    """Puts back every body; in a backup, whence it came stands before it."""
    origins: dict[str, bytes] = {}
    done = 0
    with open_backup(path) as files:
        for name, file in files:
            folder, _, last = name.rpartition("/")
            if not folder:
                continue
            if last.endswith(".json"):
                origins[last.removesuffix(".json")] = file.read()
                continue
            archive.put_back(last, file.read(), origins.pop(last, None))
            done += 1
            notice(done, total)


def _fill_database(copy: Path, database: Database) -> None:
    file = find_file(database.url)
    if file:
        file.unlink(missing_ok=True)  # it is empty: anything else was refused
        publish(copy, file)
        return
    migrate(database)
    with closing(open_file(copy)) as portable, portable.reading() as source, database.writing() as target:
        copy_tables(source, target)
