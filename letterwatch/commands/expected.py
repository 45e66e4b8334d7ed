"""`letterwatch expected`: visits whose letters are not out yet."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.output import print_rows


@click.command()
@json_option
@config_option
def command(wants_json: bool, config: Path | None) -> None:
    """Letters to be expected, the earliest first: about when, and what that rests on.

    "reported": an article or a council's paper told of the visit. "cadence": the authority is under
    watch and due by the rhythm of its visits so far. Nothing is said about what a letter will say.

    \b
    letterwatch expected
    letterwatch expected --json
    """
    with load_store(config) as store:
        rows = store.expected()
    print_rows(
        rows,
        {
            "authority": "authority",
            "kind": "kind",
            "basis": "known by",
            "visited_from_on": "visited from",
            "visited_to_on": "to",
            "expected_on": "letter about",
            "why": "since",
        },
        wants_json=wants_json,
        empty="No letter is expected.",
    )
