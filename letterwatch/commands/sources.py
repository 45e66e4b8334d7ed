"""`letterwatch sources`: how each source does."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.output import print_rows


@click.command()
@json_option
@config_option
def command(wants_json: bool, config: Path | None) -> None:
    """Each source: its verdict since when, the last look and the last good one, its newest publication.

    \b
    letterwatch sources
    """
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
