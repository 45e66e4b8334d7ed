"""`letterwatch sources`: how each source does."""

import os
from dataclasses import fields
from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store, pass_on
from letterwatch.config import load_config
from letterwatch.output import Fact, print_json, print_rows
from letterwatch.plain_words import clean
from letterwatch.reading.fetching import FetchError
from letterwatch.sources.taking import preview
from scraper.pages import PageBroken
from state import StateError


class SourcesGroup(click.Group):
    """A group in which a name that is no command is a source's: `letterwatch sources ofsted`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, else the one that shows that source."""
        return super().get_command(ctx, cmd_name) or _make_showing(cmd_name)


@click.group(cls=SourcesGroup, invoke_without_command=True, subcommand_metavar="[SOURCE]")
@json_option
@config_option
@click.pass_context
def command(context: click.Context, wants_json: bool, config: Path | None) -> None:
    """Each source: its verdict since when, the last look and the last good one, its newest publication.

    With SOURCE, all about that one: its state, its latest runs and its incidents.

    \b
    letterwatch sources
    letterwatch sources ofsted
    letterwatch sources check "Wakefield Express"
    """
    pass_on(context, config=config, wants_json=wants_json)
    if context.invoked_subcommand:
        return
    with load_store(config) as store:
        rows = store.sources()
    print_rows(
        rows,
        {
            "name": "source",
            "verdict": "verdict",
            "since_at": "since",
            "last_look_at": "last look",
            "last_good_at": "last good look",
            "swept_at": "all pages read",
            "newest_on": "newest",
            "next_look_at": "next look",
            "next_look_why": "why then",
            "cause": "cause",
        },
        wants_json=wants_json,
        empty="No source was looked at yet; `letterwatch check` does.",
    )


@command.command("check")
@click.argument("name_or_url")
@json_option
@config_option
def check(name_or_url: str, wants_json: bool, config: Path | None) -> None:
    """What would be taken from a source now, by its name or any address; nothing is kept.

    \b
    letterwatch sources check "Wakefield Express"
    letterwatch sources check https://reports.ofsted.gov.uk/provider/44/80451
    """
    try:
        found = preview(name_or_url, load_config(config, os.environ))
    except (FetchError, PageBroken) as error:
        raise click.ClickException(str(error)) from error
    if wants_json:
        print_json(found)
        return
    flaw = f"; {found.flaw}" if found.flaw else ""
    entries = "1 entry" if len(found.items) == 1 else f"{len(found.items)} entries"
    click.echo(clean(f"{found.url}: {found.kind}, {entries}{flaw}"))
    columns = {"published": "published", "opened": "opened", "title": "title", "url": "address"}
    print_rows(found.items, columns, wants_json=False, empty="It lists nothing.")


def _make_showing(name: str) -> click.Command:
    @click.command(name=name)
    @json_option
    @config_option
    def show(wants_json: bool, config: Path | None) -> None:
        """All about one source: its state, its latest runs and its incidents."""
        _show_source(name, wants_json=wants_json, config=config)

    return show


def _show_source(name: str, *, wants_json: bool, config: Path | None) -> None:
    """One source: its state, then its latest runs and incidents."""
    with load_store(config) as store:
        source = store.find_source(name)
        if source is None:
            known = ", ".join(row.name for row in store.sources()) or "none yet"
            raise StateError(f'no source "{name}" was ever looked at; there are: {known}')
        runs = store.runs_of(name)
        incidents = [each for each in store.incidents(500) if each.source == name][:20]
    if wants_json:
        print_json({"source": source, "runs": runs, "incidents": incidents})
        return
    facts = [Fact(field.name.replace("_", " "), getattr(source, field.name)) for field in fields(source)]
    given = [fact for fact in facts if fact.value is not None]
    print_rows(given, {"name": "source", "value": ""}, wants_json=False, empty="")
    told = {"verdict": "verdict", "cause": "cause"}
    columns = {"id": "run", "rhythm": "rhythm", "started_at": "started", **told}
    print_rows(runs, columns, wants_json=False, empty="No run is kept.")
    if incidents:
        columns = {"opened_at": "incident", "closed_at": "closed", **told}
        print_rows(incidents, columns, wants_json=False, empty="")
