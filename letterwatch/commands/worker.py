"""`letterwatch worker`: takes looks from a clock, on any machine that shares its state."""

import asyncio
import os
from pathlib import Path

import click
from pydantic import ValidationError

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import WebConfig, find_config_file, load_config
from letterwatch.config.changes import ConfigFile
from letterwatch.fleet.room import furnish_queue, require_room
from letterwatch.logs import set_up_logging
from letterwatch.watching.renewal import begin_anew


@click.command()
@click.option("--looks", default=2, show_default=True, type=click.IntRange(1, 20), help="Sources at once.")
@click.option("--listen", metavar="HOST:PORT", help="Answer /healthz and /metrics there; [web] token guards.")
@config_option
def command(looks: int, listen: str | None, config: Path | None) -> None:
    """Works for the clocks (`letterwatch run --engine procrastinate`) of a state on PostgreSQL.

    Any number of workers on any number of machines, all with the same configuration and an archive that
    all reach. Each takes sources that are due, settles what they bring, and sends with the others. Ends in
    good order on SIGTERM or Ctrl-C; on SIGHUP it begins anew with the configuration as it is then, if that
    can be used. docs/fleet.md has the rest.

    \b
    letterwatch worker
    letterwatch worker --looks 4 --listen 127.0.0.1:8601
    """
    settings = load_config(config, os.environ)
    settings.require_contact(config or find_config_file(os.environ))
    address = require_room(settings.state.url)
    from letterwatch.fleet.worker import FleetWorker  # noqa: PLC0415  its library is an extra

    set_up_logging(settings)
    door = _make_door(settings.web, listen) if listen else None
    config_file = ConfigFile(config, os.environ)
    with open_app(settings, Clock.from_environment(os.environ)) as app, app.store.share("worker"):
        furnish_queue(settings.state.url)
        worker = FleetWorker(app, address, at_once=looks, door=door, config_file=config_file)
        asyncio.run(worker.run())
    if worker.begins_anew:
        begin_anew()


def _make_door(web: WebConfig, listen: str) -> WebConfig:
    """The page's door at another address: the same token, the same rules of who needs one."""
    try:
        return WebConfig(**(web.model_dump() | {"listen": listen}))
    except ValidationError as error:
        why = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise click.BadParameter(why, param_hint="--listen") from error
