"""`letterwatch explain`: every step of one publication, and why."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.output import print_rows


@click.command()
@click.argument("publication")
@json_option
@config_option
def command(publication: str, wants_json: bool, config: Path | None) -> None:
    """Every step of PUBLICATION, from sighting to delivery, with its reason.

    PUBLICATION is URN/FILE_ID, a file id, the document's address, or an authority and a day.

    \b
    letterwatch explain 80451/50004490
    letterwatch explain "wakefield 2019-11-01"
    """
    with load_store(config) as store:
        steps = store.trail(store.get_publication(publication))
    print_rows(
        steps,
        {"at": "when", "step": "what and why", "run_id": "run"},
        wants_json=wants_json,
        empty="Nothing is known of it.",
    )
