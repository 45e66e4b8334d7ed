"""`letterwatch doctor`: looks at everything the watch stands on."""

import os
from pathlib import Path

import click
from rich.console import Console

from letterwatch.commands.options import config_option, json_option
from letterwatch.doctor import Examination, Finding, Level, examine_all
from letterwatch.output import print_json
from letterwatch.plain_words import clean

_STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}


@click.command()
@click.option("--feeds", is_flag=True, help="Look at every news feed, not only at some.")
@json_option
@config_option
def command(feeds: bool, wants_json: bool, config: Path | None) -> int:
    """Looks at configuration, secrets, folders, database, archive, clock, hosts, certificates, robots.txt,
    the site's pages as we read them, news feeds and channels, and names a mend for what is wrong.

    Sends nothing and changes nothing. Exits with 0 where nothing fails (warnings are no failure), 3 where
    only a site we look at does, 1 where our own set-up does.

    \b
    letterwatch doctor
    letterwatch doctor --feeds --json
    """
    found: list[Finding] = []
    waiting = Console(stderr=True)
    with waiting.status("") as status:
        for finding in examine_all(
            config, os.environ, every_feed=feeds, begin=lambda step: status.update(f"looking at: {step}")
        ):
            found.append(finding)
            if not wants_json:
                _print(finding)
    examination = Examination(tuple(found))
    if wants_json:
        print_json({"exit": examination.exit_code, "findings": found})
    else:
        click.echo(examination.in_words())
    return examination.exit_code


def _print(finding: Finding) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{finding.level.value:4} ", style=_STYLES[finding.level], end="")
    console.print(clean(f" {finding.check}: {finding.words}"), markup=False)
    if finding.mend:
        console.print(clean(f"      -> {finding.mend}"), markup=False)
