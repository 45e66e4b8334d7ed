"""What commands share: the `--config` and `--json` options, and opening the app they work with."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import ConfigError, find_lack, load_config
from state import StateError, Store, suggest

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(click.DateTime):
    """A day, written 2019-11-01."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day's midnight; fails with how one is written."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f'"{value}" is not a day; write one like 2019-11-01', param, ctx)


config_option: Decorator = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Configuration; default letterwatch.toml here, then in the user's configuration folder.",
)
json_option: Decorator = click.option("--json", "wants_json", is_flag=True, help="JSON, for programs.")


def pass_on(context: click.Context, **given: object) -> None:
    """What a group was given holds for the command behind it, too, unless that says otherwise."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: given}


def refuse_unknown(what: str, name: str, known: Iterable[str], config: Path | None) -> ConfigError:
    """That no channel or subscription is called like that; which there are, or that no file names any."""
    names = sorted(known)
    none = "; ".join(filter(None, ("none", find_lack(config, os.environ))))
    near = suggest(name, names)
    return ConfigError(f'no {what} is called "{name}"{near}; configured: {", ".join(names) or none}')


@contextmanager
def load(config: Path | None) -> Iterator[App]:
    """Reads the configuration and the clock and opens the app."""
    settings = load_config(config, os.environ)
    with open_app(settings, Clock.from_environment(os.environ)) as app:
        yield app


@contextmanager
def load_store(config: Path | None) -> Iterator[Store]:
    """Reads the configuration and opens the state alone, for commands that only look."""
    settings = load_config(config, os.environ)
    rehearsal = Clock.from_environment(os.environ).rehearsal
    try:
        opened = Store.open(settings.state.url, rehearsal=rehearsal, create=False)
    except StateError as error:
        lack = find_lack(config, os.environ)
        if lack is None:
            raise
        raise StateError(f"{error}; {lack}") from error
    with closing(opened) as store:
        yield store
