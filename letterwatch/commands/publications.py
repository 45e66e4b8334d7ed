"""`letterwatch publications`: every letter and report the state holds."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.output import print_rows
from state import Register


@click.command()
@click.option("--authority", metavar="NAME", help="Only this authority; any name or URN it goes by.")
@json_option
@config_option
def command(authority: str | None, wants_json: bool, config: Path | None) -> None:
    """Every letter and report the state holds, newest first; in JSON with every fact.

    \b
    letterwatch publications --authority Wakefield
    letterwatch publications --json
    """
    with load_store(config) as store:
        rows = store.publications()
        if authority:
            urns = {each.urn for each in Register.load().select(authority)}
            rows = [row for row in rows if row.urn in urns]
    print_rows(
        rows,
        {
            "id": "publication",
            "authority": "authority",
            "kind": "kind",
            "published_on": "published",
            "pace": "pace",
            "status": "status",
            "unreadable": "could not be read",
        },
        wants_json=wants_json,
        empty="No publication is stored yet; `letterwatch check` makes the first pass.",
    )
