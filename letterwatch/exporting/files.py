"""The files of an export: written aside and renamed, with what tells of licence and columns beside them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from letterwatch.exporting.about import describe_csv, describe_datasette, describe_folder
from letterwatch.exporting.parquet import write_parquet
from letterwatch.exporting.plain import as_plain
from letterwatch.exporting.text import write_csv, write_jsonl
from letterwatch.exporting.workbook import write_xlsx
from state import ExportedTable, Store, write_export_file

TEXT_WRITERS = {"csv": write_csv, "jsonl": write_jsonl}
BOM = "\ufeff"


class ExportError(Exception):
    """A file that cannot be written; the message says why."""


def export_tables(
    store: Store, form: str, target: Path, tables: list[ExportedTable], *, bom: bool
) -> list[Path]:
    """CSV, JSON Lines or Parquet: one table into a file, or each into a file of a folder with a README."""
    if not target.is_dir():
        return list(_export_table(store, form, target, tables[0], bom=bom))
    files = [
        each
        for table in tables
        for each in _export_table(store, form, target / f"{table.name}.{form}", table, bom=bom)
    ]
    return [*files, _write_text(target / "README.md", describe_folder(file.name for file in files))]


def export_workbook(store: Store, target: Path) -> list[Path]:
    """One Excel workbook with every table."""
    with aside(target) as part:
        write_xlsx(part, store.export_rows)
    return [target]


def export_database(store: Store, target: Path) -> list[Path]:
    """A SQLite file with every table, and Datasette's metadata beside it."""
    with aside(target) as part:
        write_export_file(part, store.export_rows, as_plain)
    beside = target.with_name(f"{target.stem}-metadata.json")
    return [target, _write_text(beside, describe_datasette(target.stem))]


def _export_table(store: Store, form: str, file: Path, table: ExportedTable, *, bom: bool) -> Iterator[Path]:
    with aside(file) as part:
        if form == "parquet":
            write_parquet(table, store.export_rows(table), part)
        else:
            with part.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as opened:
                TEXT_WRITERS[form](table, store.export_rows(table), opened)
    yield file
    if form != "parquet":  # which carries it in itself
        yield _write_text(file.with_name(f"{file.name}-metadata.json"), describe_csv(table, file.name))


def _write_text(file: Path, text: str) -> Path:
    with aside(file) as part:
        part.write_text(text, encoding="utf-8")
    return file


@contextmanager
def aside(file: Path) -> Iterator[Path]:
    """A place to write to, whose content takes the file's name once it is whole; raises ExportError."""
    try:
        with TemporaryDirectory(prefix=".export-", dir=file.parent) as folder:
            part = Path(folder) / file.name
            yield part
            os.replace(part, file)  # noqa: PTH105  over what stands there
    except OSError as error:
        raise ExportError(f"{file} cannot be written: {error.strerror or error}") from error
