"""`letterwatch export`: what the state knows, as files for spreadsheets, notebooks and databases."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from letterwatch.commands.options import config_option, load, load_store
from letterwatch.commands.progress import Counter
from letterwatch.config import find_config_file, load_config
from letterwatch.config.own_files import find_own_file
from letterwatch.exporting.files import (
    BOM,
    TEXT_WRITERS,
    ExportError,
    export_database,
    export_tables,
    export_workbook,
)
from letterwatch.exporting.parquet import MissingPartError
from letterwatch.web.site import SiteError, copy_site
from state import ATTRIBUTION, EXPORTED_TABLES, OGL_URL, ExportedTable, Store

_BY_NAME = {table.name: table for table in EXPORTED_TABLES}
_TABLE: Callable[..., Any] = click.option(
    "--table",
    type=click.Choice(list(_BY_NAME)),
    help="Which table; default publications, in a folder every one.",
)
_TARGET: Callable[..., Any] = click.argument("target", type=click.Path(path_type=Path))


@click.group()
def command() -> None:
    """Writes what the state knows, one row per publication with its URN, LA and GSS code, as files.

    Every export carries the attribution that the Open Government Licence asks for.
    docs/reference/data-dictionary.md tells of each column. A file that stands there is replaced once the
    new one is whole.

    \b
    letterwatch export csv publications.csv
    letterwatch export csv - --table coverage | head
    letterwatch export parquet exports/          every table, in a folder that is there
    letterwatch export xlsx letterwatch.xlsx
    letterwatch export sqlite letterwatch-data.db
    letterwatch export site public/              the page itself, for any web host
    """


@command.command()
@_TARGET
@_TABLE
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, by which Excel knows UTF-8.")
@config_option
def csv(target: Path, table: str | None, bom: bool, config: Path | None) -> None:
    """Comma-separated values, UTF-8; TARGET is a file, a folder, or - for standard output.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    _export("csv", target, table, config, bom=bom)


@command.command()
@_TARGET
@_TABLE
@config_option
def jsonl(target: Path, table: str | None, config: Path | None) -> None:
    """JSON Lines, an object a line; TARGET is a file, a folder, or - for standard output."""
    _export("jsonl", target, table, config)


@command.command()
@_TARGET
@_TABLE
@config_option
def parquet(target: Path, table: str | None, config: Path | None) -> None:
    """Parquet with typed columns; TARGET is a file or a folder. Needs the extra `parquet`."""
    _export("parquet", target, table, config)


@command.command()
@_TARGET
@config_option
def xlsx(target: Path, config: Path | None) -> None:
    """An Excel workbook, a sheet a table; the licence stands on the first."""
    _write(lambda store: export_workbook(store, target), target, config)


@command.command()
@_TARGET
@config_option
def sqlite(target: Path, config: Path | None) -> None:
    """A plain SQLite file for Datasette, whose metadata is written beside it.

    \b
    datasette letterwatch-data.db -m letterwatch-data-metadata.json
    """
    _write(lambda store: export_database(store, target), target, config)


@command.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--documents", is_flag=True, help="Copy the documents, too; else links lead to Ofsted's.")
@click.option(
    "--url", "base_url", metavar="URL", help="Where the copy will stand; feed readers want full addresses."
)
@config_option
def site(folder: Path, documents: bool, base_url: str | None, config: Path | None) -> None:
    """The page itself as files for any web host, or to open from FOLDER.

    Without what needs a server (search, the API) and without the deliveries. What did not change is left
    alone, so that a copy can be synchronised; FOLDER holds nothing but the copy.

    \b
    letterwatch export site public/ --url https://letterwatch.example.org
    """
    if base_url and not base_url.startswith(("https://", "http://")):
        raise click.UsageError("--url is not an address; write one like https://letterwatch.example.org")
    _spare_the_state(folder, config)
    with load(config) as app, Counter("pages") as counter:
        copying = copy_site(
            folder,
            store=app.store,
            archive=app.archive,
            register=app.register,
            config=app.config,
            rehearsal=app.clock.rehearsal,
            documents=documents,
            base_url=base_url,
            notice=counter.notice,
        )
        try:
            figures = asyncio.run(copying)
        except SiteError as error:
            raise click.ClickException(str(error)) from error
    changed = f"{figures.written} written, {figures.removed} removed"
    click.echo(f"{folder}: {figures.files} files, {changed}")


def _export(form: str, target: Path, table: str | None, config: Path | None, *, bom: bool = False) -> None:
    chosen = [_BY_NAME[table]] if table else list(EXPORTED_TABLES)
    if str(target) == "-":
        if form not in TEXT_WRITERS:
            raise click.UsageError(f"{form} is no text; name a file")
        with load_store(config) as store:
            _print(store, form, chosen[0], bom=bom)
        return
    _write(lambda store: export_tables(store, form, target, chosen, bom=bom), target, config)


def _print(store: Store, form: str, table: ExportedTable, *, bom: bool) -> None:
    """The table on standard output; its attribution on standard error, out of the data's way."""
    out = sys.stdout
    assert hasattr(out, "reconfigure")  # noqa: S101  a real stream, as click leaves it
    out.reconfigure(encoding="utf-8", newline="")
    out.write(BOM if bom else "")
    TEXT_WRITERS[form](table, store.export_rows(table), out)
    click.echo(f"{ATTRIBUTION} {OGL_URL}", err=True)


def _write(export: Callable[[Store], list[Path]], target: Path, config: Path | None) -> None:
    _spare_the_state(target, config)
    try:
        with load_store(config) as store:
            files = export(store)
    except (ExportError, MissingPartError) as error:
        raise click.ClickException(str(error)) from error
    for file in files:
        click.echo(file)


def _spare_the_state(target: Path, config: Path | None) -> None:
    """Refuses to write over what Letterwatch itself lives on."""
    own = find_own_file(target, load_config(config, os.environ), config or find_config_file(os.environ))
    if own:
        raise click.ClickException(f"{target} is {own}; name another place")
