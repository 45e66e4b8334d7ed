"""`letterwatch serve`: the page alone, where the daemon runs elsewhere or not at all."""

import asyncio
import os
import signal
from contextlib import closing
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import Config, load_config
from letterwatch.logs import set_up_logging
from letterwatch.vitals.metrics import Meter
from letterwatch.vitals.probes import probe_routes
from letterwatch.web import create_app, serve
from state import Archive, Register, Store


@click.command()
@config_option
def command(config: Path | None) -> None:
    """Serves the page alone, until SIGTERM or Ctrl-C; it only reads. `run` serves it beside its watch.

    It logs to stderr, and to a file if [log] names one.

    \b
    letterwatch serve
    LETTERWATCH_WEB__LISTEN=127.0.0.1:8700 letterwatch serve
    """
    settings = load_config(config, os.environ)
    set_up_logging(settings)
    asyncio.run(_serve(settings, Clock.from_environment(os.environ)))


async def _serve(config: Config, clock: Clock) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    opened = Store.open(config.state.url, rehearsal=clock.rehearsal, create=False)
    with closing(opened) as store:
        archive = Archive(config.state.archive)
        app = create_app(
            store=store,
            archive=archive,
            register=Register.load(),
            config=config,
            clock=clock,
            routes=[*probe_routes(store), Meter(store, clock).route()],
        )
        await serve(app, config.web.listen, stop)
