"""Makes a fresh schema, recognises old, new and foreign ones, and upgrades after a backup."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from state.errors import StateError
from state.storage.database import Database, find_file, parse_url
from state.storage.privacy import make_private_file, make_private_folder
from state.storage.schema import SCHEMA_VERSIONS, VERSION_TABLE


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What `letterwatch db upgrade` did; `before` equals `after` where nothing was to do."""

    before: str
    after: str
    backup: Path | None


def prepare(database: Database, *, create: bool, remains: str | None) -> None:
    """Leaves a database of the current schema or raises StateError; only an empty one is initialised.

    `remains`: what is left of a state whose database is gone; starting afresh would forget all it told.
    """
    file = find_file(database.url)
    if file is not None and file.is_dir():
        raise StateError(f"{file} is a folder; name a file in [state] url")
    if file is not None and not (file.exists() and file.stat().st_size):
        if not create:
            raise StateError(f"there is no state at {file}; run `letterwatch check` or correct [state] url")
        _make_folder(file, remains)
    version = find_version(database)
    if version is None:
        if not create:
            raise StateError(
                f"there is no state in the database {database.place}; run `letterwatch check` "
                "or correct [state] url"
            )
        if remains:
            raise StateError(
                f"the database {database.place} is empty, but {remains} is left of a state; restore that "
                "from its backup, or move what is left away to start afresh"
            )
        migrate(database)
    elif version != SCHEMA_VERSIONS[-1]:
        raise StateError(
            f"the state {database.place} has the old schema {version}; run `letterwatch db upgrade`"
        )


def upgrade_schema(url: str, *, now: datetime) -> Upgrade:
    """Brings a state to the current schema, a SQLite file after a backup beside it; makes no events."""
    database = Database(parse_url(url))
    try:
        file = find_file(database.url)
        version = find_version(database) if file is None or file.exists() else None
        if version is None:
            raise StateError(f"there is no state of Letterwatch at {database.place}; nothing to upgrade")
        if version == SCHEMA_VERSIONS[-1]:
            return Upgrade(version, version, None)
        backup = file and copy_database(file, file.with_name(f"{file.name}.{version}-{now:%Y%m%dT%H%M%SZ}"))
        migrate(database)
        return Upgrade(version, SCHEMA_VERSIONS[-1], backup)
    finally:
        database.close()


def copy_database(file: Path, target: Path) -> Path:
    """An online copy of a SQLite database, checked; raises StateError where it cannot be made."""
    try:
        make_private_file(target)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StateError(f"the copy {target} of the state is damaged; check the disk")
    except (sqlite3.Error, OSError) as error:
        raise StateError(f"the state {file} cannot be copied to {target}: {error}") from error
    return target


def find_version(database: Database) -> str | None:
    """The schema's version; None for an empty database, StateError for a foreign or newer one."""
    with database.reading() as connection:
        tables = sa.inspect(connection).get_table_names()
        if not tables:
            return None
        if VERSION_TABLE not in tables:
            raise StateError(
                f"the database {database.place} belongs to another program (table {tables[0]}); "
                "correct [state] url"
            )
        version = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    if version not in SCHEMA_VERSIONS:
        raise StateError(
            f"the state {database.place} has the unknown schema {version}; "
            "install the Letterwatch that wrote it"
        )
    return str(version)


def migrate(database: Database, version: str = "head") -> None:
    """Brings a database to a schema, from nothing or from an older one, in one transaction."""
    from alembic import command  # noqa: PLC0415  # costs 0.1 s, needed once in a state's life
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    with database.writing() as connection:
        if not database.is_sqlite:  # of two that start at once, the second finds the work done
            connection.execute(
                sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("letterwatch schema")))
            )
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def _make_folder(file: Path, remains: str | None) -> None:
    try:
        make_private_folder(file.parent)
        beside = sorted(entry.name for entry in file.parent.iterdir() if _is_left_of(entry, file))
    except (FileExistsError, NotADirectoryError) as error:
        raise StateError(f"{error.filename} is no folder; move it away or correct [state] url") from error
    except OSError as error:
        raise StateError(
            f"the folder {file.parent} cannot be used ({error.strerror}); make it writable"
        ) from error
    left = remains or (beside and file.with_name(beside[0]))
    if left:
        raise StateError(
            f"there is no database {file}, but {left} is left of one; restore the database from its backup, "
            "or move what is left away to start afresh"
        )
    make_private_file(file)


def _is_left_of(entry: Path, file: Path) -> bool:
    """True for the copies made before an upgrade, and for the journal of a file that is no more."""
    if entry.name.startswith(f"{file.name}-"):
        return not file.exists()  # an empty file with a journal is just being made by another process
    return entry.name.startswith(f"{file.name}.") and not entry.name.endswith(".lock")
