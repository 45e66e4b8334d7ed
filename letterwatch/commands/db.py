"""`letterwatch db upgrade`: brings the database's schema up to date."""

import os
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import load_config
from letterwatch.fleet.room import furnish_queue, has_queue
from state import upgrade_schema


@click.group()
def command() -> None:
    """The database that holds the state."""


@command.command(name="upgrade")
@config_option
def upgrade_command(config: Path | None) -> None:
    """Brings an older schema up to date, after a backup where the state is a file.

    \b
    letterwatch db upgrade
    """
    url = load_config(config, os.environ).state.url
    now = Clock.from_environment(os.environ).now()
    done = upgrade_schema(url, now=now)
    if done.before == done.after:
        click.echo(f"nothing to do: the schema is {done.after}")
    else:
        saved = f"; the former state is kept in {done.backup}" if done.backup else ""
        click.echo(f"upgraded from schema {done.before} to {done.after}{saved}")
    if has_queue(url):
        before, after = furnish_queue(url)
        how = {None: "is new,", after: "is"}.get(before, f"was upgraded from {before} to")
        click.echo(f"the queue of several machines {how} {after}")
