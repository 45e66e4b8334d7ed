"""`letterwatch run`: the always-on daemon."""

import asyncio
import logging
import os
from pathlib import Path

import click

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import load_config
from letterwatch.daemon import Daemon


@click.command()
@config_option
def command(config: Path | None) -> None:
    """Watches always: polls and sweeps the sources, and delivers alerts as they fall due.

    Ends in good order on SIGTERM or Ctrl-C. One daemon to a state; it logs to stderr.

    \b
    letterwatch run
    letterwatch run --config /etc/letterwatch.toml
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for chatty in ("alembic", "apscheduler", "scrapy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    settings = load_config(config, os.environ)
    settings.require_contact()
    clock = Clock.from_environment(os.environ)
    with open_app(settings, clock) as app, app.store.lock("daemon"):
        asyncio.run(Daemon(app).run())
