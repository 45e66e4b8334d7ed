"""A whole state as one SQLite file, taken from either database; and such a file read back into either."""

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

# Their tables join the others.
import state.storage.feed_schema
import state.storage.fleet_schema
import state.storage.news_schema
import state.storage.words  # noqa: F401
from state.errors import StateError, plain_errors
from state.storage.database import Database, find_file, parse_url
from state.storage.migrating import copy_database, migrate
from state.storage.schema import metadata

_BATCH = 500  # rows held in memory at once

RowCounts = dict[str, int]


def open_file(file: Path) -> Database:
    """The database in a SQLite file."""
    return Database(parse_url(f"sqlite:///{file}"))


def snapshot(database: Database, file: Path) -> RowCounts:
    """A consistent copy of a state that may be in use, checked; returns its rows by table.

    SQLite copies itself page by page; PostgreSQL is read table by table in one transaction.
    """
    original = find_file(database.url)
    if original:
        copy_database(original, file)
        with closing(open_file(file)) as copy:
            return _check(copy)
    with closing(open_file(file)) as copy:
        migrate(copy)
        with plain_errors(database.place), database.engine.connect() as connection:
            source = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with copy.writing() as target:
                copy_tables(source, target)
            expected = count_rows(source)
        counts = _check(copy)
    if counts != expected:
        raise StateError(f"the copy of {database.place} lacks rows: {counts} of {expected}; try again")
    return counts


def copy_tables(source: sa.Connection, target: sa.Connection) -> None:
    """Copies every row of every table into an empty database of the same schema."""
    for table in metadata.sorted_tables:
        rows = source.execute(sa.select(table).execution_options(yield_per=_BATCH)).mappings()
        for batch in rows.partitions(_BATCH):
            target.execute(sa.insert(table), [dict(row) for row in batch])
    wind_sequences(target)


def count_rows(connection: sa.Connection) -> RowCounts:
    """The number of rows in each table."""
    return {
        table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }


def _check(copy: Database) -> RowCounts:
    """The rows of a sound copy, which becomes one plain file; raises StateError for a damaged one."""
    with copy.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101  a pooled connection that is open has its driver's
        driver.execute("PRAGMA journal_mode=DELETE")
        sound = driver.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        orphan = driver.execute("PRAGMA foreign_key_check").fetchone()
    if not sound or orphan:
        raise StateError(
            f"the state does not hold together ({orphan or 'integrity_check failed'}); check the disk"
        )
    with copy.reading() as connection:
        return count_rows(connection)


def wind_sequences(connection: sa.Connection) -> None:
    """Lets PostgreSQL number new rows after those that brought their numbers; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            newest = sa.select(sa.func.max(column)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, newest)).where(newest.is_not(None)))
