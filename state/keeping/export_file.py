"""The export as a plain SQLite file, for Datasette and for SQL by hand."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from state.errors import StateError
from state.keeping.export_rows import ExportRow
from state.keeping.exported import ATTRIBUTION, OGL_NAME, OGL_URL, SOURCE_URL, TABLES, ExportedTable, Sort

_TYPES = {Sort.WHOLE: "INTEGER", Sort.NUMBER: "REAL", Sort.FLAG: "INTEGER"}
_KEYS = {"publications": "id", "authorities": "urn", "events": "key", "runs": "run"}


def write_export_file(
    file: Path, rows_of: Callable[[ExportedTable], Iterator[ExportRow]], as_plain: Callable[[object], object]
) -> None:
    """Writes every table into a new SQLite file, in one transaction; raises StateError."""
    try:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
            about = {
                "attribution": ATTRIBUTION,
                "licence": OGL_NAME,
                "licence_url": OGL_URL,
                "source_url": SOURCE_URL,
            }
            connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            for table in TABLES:
                connection.execute(_create(table))
                places = ", ".join("?" * len(table.columns))
                connection.executemany(
                    f"INSERT INTO {table.name} VALUES ({places})",  # noqa: S608  names of our own
                    (tuple(map(as_plain, row)) for row in rows_of(table)),
                )
            for name in ("versions", "coverage", "events"):
                connection.execute(f"CREATE INDEX {name}_publication ON {name} (publication)")
    except sqlite3.Error as error:
        raise StateError(f"the export {file} cannot be written: {error}") from error


def _create(table: ExportedTable) -> str:
    columns = ", ".join(
        f"{column.name} {_TYPES.get(column.sort, 'TEXT')}{_constrain(table, column.name)}"
        for column in table.columns
    )
    return f"CREATE TABLE {table.name} ({columns})"


def _constrain(table: ExportedTable, column: str) -> str:
    if _KEYS.get(table.name) == column:
        return " PRIMARY KEY"
    return " REFERENCES publications (id)" if column == "publication" else ""
