"""`letterwatch run`: the always-on daemon."""

import asyncio
import os
from pathlib import Path

import click

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import find_config_file, load_config
from letterwatch.config.changes import ConfigFile
from letterwatch.daemon import Daemon
from letterwatch.fleet.room import furnish_queue, require_room
from letterwatch.logs import set_up_logging
from letterwatch.watching.renewal import begin_anew
from state import RoomAddress


@click.command()
@click.option(
    "--engine",
    type=click.Choice(["embedded", "procrastinate"]),
    default="embedded",
    show_default=True,
    help="Who looks: this process, or `letterwatch worker` on any number of machines.",
)
@config_option
def command(engine: str, config: Path | None) -> None:
    """Watches always: polls and sweeps the sources, and delivers alerts as they fall due.

    Ends in good order on SIGTERM or Ctrl-C; on SIGHUP it begins anew with the configuration as it is then,
    if that can be used. One daemon to a state; it logs to stderr, and
    to a file if [log] names one. With the engine procrastinate it is a clock, of which there may be
    several, for workers on any number of machines; docs/fleet.md has the rest.

    \b
    letterwatch run
    letterwatch run --config /etc/letterwatch.toml
    letterwatch run --engine procrastinate
    """
    settings = load_config(config, os.environ)
    settings.require_contact(config or find_config_file(os.environ))
    address = require_room(settings.state.url) if engine == "procrastinate" else None
    set_up_logging(settings)
    clock = Clock.from_environment(os.environ)
    config_file = ConfigFile(config, os.environ)
    with open_app(settings, clock) as app:
        if address is not None:
            daemon = _run_clock(app, address, config_file)
        else:
            app.store.refuse_fleet()
            with app.store.lock("daemon") as turn:
                daemon = Daemon(app, turn.keep, config_file)
                asyncio.run(daemon.run())
    if daemon.begins_anew:
        begin_anew()


def _run_clock(app: App, address: RoomAddress, config_file: ConfigFile) -> Daemon:
    from letterwatch.fleet.clock import FleetClock  # noqa: PLC0415  its library is an extra
    from letterwatch.fleet.queue import open_queue  # noqa: PLC0415

    async def run() -> Daemon:
        async with open_queue(address) as queue:
            clock = FleetClock(app, queue, config_file)
            await clock.run()
            return clock

    with app.store.share("clock"):
        furnish_queue(app.config.state.url)
        return asyncio.run(run())
