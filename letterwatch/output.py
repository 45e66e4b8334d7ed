"""Lists for people and programs: tables on a terminal, plain columns in a pipe, JSON on demand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from letterwatch.plain_words import as_words, show_controls


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, as one row of a table about one thing."""

    name: str
    value: Any


def print_json(value: Any) -> None:
    """One JSON document on stdout, harmless to a terminal as well."""
    document = json.dumps(to_jsonable_python(value), ensure_ascii=False)
    print(show_controls(document))  # noqa: T201  programs read this


def print_rows(rows: Sequence[Any], columns: dict[str, str], *, wants_json: bool, empty: str) -> None:
    """Prints records: `columns` maps attribute to heading; `empty` says what it means that there are none."""
    if wants_json:
        print_json(list(rows))
        return
    console = Console()
    if not rows:
        console.print(empty, markup=False)
        return
    cells = [[as_words(getattr(row, name)) for name in columns] for row in rows]
    if not console.is_terminal:
        for line in [list(columns.values()), *cells]:
            print("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line))  # noqa: T201
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for line in cells:
        table.add_row(*(escape(cell) for cell in line))
    console.print(table)
