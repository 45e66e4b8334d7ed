"""CSV and JSON Lines, written row by row."""

import csv
import json
from collections.abc import Iterable
from typing import IO

from letterwatch.exporting.plain import as_plain, defuse
from state import ExportedTable, ExportRow


def write_csv(table: ExportedTable, rows: Iterable[ExportRow], file: IO[str]) -> int:
    """A header and the rows, quoted as RFC 4180 says, lines ended by a line feed; returns how many rows."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  the last is the number
        writer.writerow(map(defuse, row))
    return count


def write_jsonl(table: ExportedTable, rows: Iterable[ExportRow], file: IO[str]) -> int:
    """An object a line, every column in each; returns how many rows."""
    names = [column.name for column in table.columns]
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  the last is the number
        values = dict(zip(names, map(as_plain, row), strict=True))
        file.write(json.dumps(values, ensure_ascii=False) + "\n")
    return count
