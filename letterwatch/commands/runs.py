"""`letterwatch runs`: the latest runs with their verdicts."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.output import print_rows


@click.command()
@click.option("--limit", default=20, show_default=True, help="How many runs.")
@json_option
@config_option
def command(limit: int, wants_json: bool, config: Path | None) -> None:
    """The latest runs, newest first: when, how closely, with which verdict and why.

    \b
    letterwatch runs
    letterwatch runs --limit 500 --json
    """
    with load_store(config) as store:
        rows = store.runs(limit)
    print_rows(
        rows,
        {
            "id": "run",
            "source": "source",
            "rhythm": "rhythm",
            "started_at": "started",
            "verdict": "verdict",
            "events": "events",
            "cause": "cause",
        },
        wants_json=wants_json,
        empty="No run yet; `letterwatch check` makes one.",
    )
