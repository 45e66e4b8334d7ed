"""`letterwatch run`: the always-on daemon."""

import asyncio
import os
from pathlib import Path

import click

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import find_config_file, load_config
from letterwatch.daemon import Daemon
from letterwatch.logs import set_up_logging


@click.command()
@config_option
def command(config: Path | None) -> None:
    """Watches always: polls and sweeps the sources, and delivers alerts as they fall due.

    Ends in good order on SIGTERM or Ctrl-C. One daemon to a state; it logs to stderr, and
    to a file if [log] names one.

    \b
    letterwatch run
    letterwatch run --config /etc/letterwatch.toml
    """
    settings = load_config(config, os.environ)
    settings.require_contact(config or find_config_file(os.environ))
    set_up_logging(settings)
    clock = Clock.from_environment(os.environ)
    with open_app(settings, clock) as app, app.store.lock("daemon") as turn:
        asyncio.run(Daemon(app, turn.keep).run())
