"""The export as an Excel workbook: a sheet a table, the licence on the first."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

from letterwatch.exporting.plain import without_controls
from state import (
    ATTRIBUTION,
    EXPORTED_TABLES,
    OGL_NAME,
    OGL_URL,
    SOURCE_NAME,
    SOURCE_URL,
    ExportedTable,
    ExportRow,
)

MOST_ROWS = 1_048_575  # of a sheet, without its header
MOST_LETTERS = 32_767  # of a cell
_BOLD = Font(bold=True)


def write_xlsx(file: Path, rows_of: Callable[[ExportedTable], Iterator[ExportRow]]) -> None:
    """Writes the workbook, sheet by sheet and row by row; text is text, never a formula."""
    book = Workbook(write_only=True)
    book.properties.title = "Letterwatch: Ofsted's letters and reports on children's services"
    book.properties.description = f"{ATTRIBUTION} {OGL_URL}"
    book.properties.creator = "Letterwatch"
    about = book.create_sheet("About")
    about.column_dimensions["B"].width = 100
    for pair in (
        ("Attribution", ATTRIBUTION),
        ("Licence", f"{OGL_NAME}, {OGL_URL}"),
        ("Source", f"{SOURCE_NAME}, {SOURCE_URL}"),
    ):
        about.append(pair)
    for table in EXPORTED_TABLES:
        for column in table.columns:
            about.append((f"{table.name}.{column.name}", column.meaning))
    for table in EXPORTED_TABLES:
        _write_sheet(book, table, rows_of(table))
    book.save(file)


def _write_sheet(book: Workbook, table: ExportedTable, rows: Iterator[ExportRow]) -> None:
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    header = []
    for column in table.columns:
        cell = WriteOnlyCell(sheet, value=column.name)
        cell.font = _BOLD
        header.append(cell)
    sheet.append(header)
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            sheet.append(("more rows than a sheet holds; export as CSV or SQLite",))
            return
        sheet.append([_make_cell(sheet, value) for value in row])


def _make_cell(sheet: object, value: object) -> object:
    """A date as a date, a time as UTC without a zone (Excel knows none), text marked as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date) or not isinstance(value, str):
        return value
    text = without_controls(value)[:MOST_LETTERS]
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    return cell
