"""Every command with its arguments, options and examples, from the command line itself."""

import inspect
import re
from collections.abc import Iterator

import click
from scrapy import Spider

from letterwatch.cli import COMMANDS, cli
from scraper.spiders.govuk import GovUkSpider
from scraper.spiders.news import NewsSpider
from scraper.spiders.ofsted import OfstedSpider
from tools.reference.markdown import table
from tools.reference.meaning import UndocumentedError

_HEAD = """\
# Commands

`letterwatch COMMAND --help` says the same. `--config FILE` names the configuration, else it is looked for as
[configuration.md](../configuration.md) says. Exit codes: [exit-codes.md](exit-codes.md). What `--json`
prints: [json.md](json.md).
"""
_SPIDERS: tuple[type[Spider], ...] = (OfstedSpider, GovUkSpider, NewsSpider)
_OURS = ("kwargs", "rhythm")  # the rhythm of a crawl by hand follows from what it looks at
_EXAMPLES = re.compile(r"\n\s*\x08\n(?P<lines>(?:[^\n]+\n?)+)")


def render_commands() -> str:
    """The whole page."""
    contents = table(
        ("command", "does"),
        ((f"[`{name}`](#letterwatch-{name})", COMMANDS[name]) for name in sorted(COMMANDS)),
    )
    return "\n".join([_HEAD, contents, *(_render(*each) for each in list_commands()), _render_spiders()])


def list_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand by its whole name, in alphabetical order."""
    yield from _walk("letterwatch", cli)


def _walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if command is not cli:
        yield name, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for each in command.list_commands(context):
                found = command.get_command(context, each)
                if found is not None:
                    yield from _walk(f"{name} {each}", found)


def _render(name: str, command: click.Command) -> str:
    text = inspect.cleandoc(command.help or "")
    if not text:
        raise UndocumentedError(f"`{name}` has no docstring; say in it what the command does")
    examples = _EXAMPLES.search(f"{text}\n")
    said = _EXAMPLES.sub("\n", f"{text}\n").replace("\x08", "").strip()
    with click.Context(command, info_name=name) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        records = [record for each in command.params if (record := each.get_help_record(context))]
    parts = [f"## {name}", _as_prose(said), f"    {name} {usage}".rstrip()]
    options = [(f"`{option}`", does) for option, does in records if does]
    if options:
        parts.append(table(("option", "does"), options))
    if examples:
        parts.append(f"```sh\n{inspect.cleandoc(examples['lines'])}\n```")
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _as_prose(text: str) -> str:
    """Angle brackets of a help text are no HTML."""
    return text.replace("<", "\\<")


def _render_spiders() -> str:
    """The manual crawls: a spider's docstring names its arguments."""
    rows = []
    for spider in _SPIDERS:
        taken = [name for name in inspect.signature(spider).parameters if name not in _OURS]
        said = inspect.cleandoc(spider.__doc__ or "")
        missing = [name for name in taken if f"-a {name}=" not in said]
        if missing:
            raise UndocumentedError(f"{spider.__name__}: its docstring does not tell of {', '.join(missing)}")
        rows.append((f"`scrapy crawl {spider.name}`", said))
    says = "A crawl by hand, with the daemon's configuration, state and rules; `-O FILE` keeps what it found."
    return f"## scrapy crawl\n\n{says}\n\n{table(('command', 'arguments'), rows)}"
