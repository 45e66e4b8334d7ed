"""`letterwatch run`: the always-on daemon."""

import asyncio
import logging
from pathlib import Path

import click

from letterwatch.commands.options import config_option, load
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
    for chatty in ("apscheduler", "scrapy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    with load(config) as app:
        app.config.require_contact()
        with app.store.lock("daemon"):
            asyncio.run(Daemon(app).run())
