"""A table as CSV (RFC 4180) that no spreadsheet takes for formulas. Pure."""

import csv
from collections.abc import Iterable, Sequence
from enum import Enum
from io import StringIO
from typing import Any

from letterwatch.exporting.plain import defuse

TYPE = "text/csv; charset=utf-8; header=present"
LICENCE = "Ofsted, Open Government Licence v3.0"
"""Stands in the last column of every row: a row that travels alone still says whence it came."""


def render_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The table in UTF-8, its first line the headings, its last column the source."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([*map(write_cell, headings), "source"])
    writer.writerows([*map(write_cell, row), LICENCE] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def write_cell(value: Any) -> str:
    """A value as a cell: ISO dates and times, lists with semicolons, nothing for None.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(defuse(value))
