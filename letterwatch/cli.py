"""The command line: finds the command, and turns every expected failure into one line and an exit code.

Commands are imported only when called, so that `letterwatch --help` does not load Scrapy.
"""

import errno
import importlib
import os
import sys
from typing import NoReturn

import click

from letterwatch import __version__
from letterwatch.failures import EXIT_ERROR, EXIT_STOPPED, Failure
from letterwatch.plain_words import clean
from state import suggest

COMMANDS = {
    "authorities": "The register: every authority, its codes, region, neighbours and trust.",
    "backup": "The whole state in one verified file, while everything runs.",
    "check": "One full pass now: crawl, settle, deliver what is due.",
    "compare": "What moved between two letters.",
    "db": "The database: bring its schema up to date.",
    "deliveries": "What was sent to whom, what waits, what failed and why.",
    "demo": "The whole system against a bundled replica of the sources, without network.",
    "doctor": "Look at everything the watch stands on, and name a mend for what is wrong.",
    "expected": "Letters that are expected: visits reported, and those due by an authority's cadence.",
    "explain": "Every step of one publication, from sighting to delivery, and why.",
    "health": "Whether the daemon is alive; for container and monitor checks.",
    "export": "What the state knows as CSV, JSON Lines, Parquet, Excel or SQLite.",
    "init": "Write a commented configuration by asking a few questions.",
    "link": "What an article is about, and which stored letter it reports.",
    "preview": "What a subscription would have received.",
    "prune": "Forget what is older than it is kept for; show the size of the database.",
    "publications": "Every letter and report the state holds.",
    "read": "Read letters: what they say, in their own words.",
    "release": "Send the alerts that a flood guard holds back.",
    "reread": "Read archived documents again with this version's reader, and show what differs.",
    "restore": "Put a backup onto an empty place.",
    "run": "The always-on daemon: schedule, crawls, delivery.",
    "runs": "The latest runs with their verdicts and figures.",
    "send-test": "Send a test message to one channel.",
    "serve": "The page alone; `run` serves it beside its watch.",
    "worker": "Looks and delivers for the clocks of a state that several machines share.",
    "sources": "Each source: last look, verdict, since when.",
}

_OTHER_WORDS = {
    "status": "sources",
    "feeds": "sources",
    "start": "run",
    "watch": "run",
    "poll": "check",
    "list": "publications",
    "letters": "publications",
    "councils": "authorities",
    "alerts": "deliveries",
    "retry": "deliveries retry",
    "test": "send-test",
    "validate": "doctor",
    "config": "doctor",
    "setup": "init",
    "upgrade": "db upgrade",
    "migrate": "db upgrade",
    "web": "serve",
}
"""What other programs, or plain English, call a command."""
_OF_THE_MACHINE = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EMFILE,
    errno.ENFILE,
    errno.EROFS,
    errno.EIO,
)


class LazyGroup(click.Group):
    """A group whose commands live in `letterwatch.commands.<name>` and load on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Every command's name, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports a command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"letterwatch.commands.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101  a command module's one promise
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command that the words begin with; proposes the nearest where there is none."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            meant = _OTHER_WORDS.get(name)
            near = f'; did you mean "{meant}"?' if meant else suggest(name, COMMANDS)
            ctx.fail(f'there is no command "{name}"{near}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="letterwatch")
def cli() -> None:
    """Tells you within minutes that Ofsted has published a letter about a council's children's services.

    \b
    letterwatch demo                  see it work, without network
    letterwatch init                  write letterwatch.toml
    letterwatch check                 one full pass now
    letterwatch run                   watch always
    letterwatch read letter.pdf       read a letter
    """


def main() -> NoReturn:
    """Runs the command line; an expected failure is one line on stderr and exit code 1."""
    try:
        code = cli(prog_name="letterwatch", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        _show_usage(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(clean(f"letterwatch: {error.format_message()}"), err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("letterwatch: stopped", err=True)
        sys.exit(EXIT_STOPPED)
    except Failure as failure:
        click.echo(clean(f"letterwatch: {failure}"), err=True)
        sys.exit(EXIT_ERROR)
    except OSError as error:
        _leave_with(error)
    sys.exit(code if isinstance(code, int) else 0)


def _show_usage(error: click.UsageError) -> None:
    """What was wrong with the words of a command, in one line; a group without a word shows its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    command = error.ctx.command_path if error.ctx else "letterwatch"
    message = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.NoSuchOption) and command == "letterwatch":
        message += " before a command: options stand behind it"
    stop = " " if message.endswith("?") else "; "
    click.echo(clean(f"letterwatch: {message}{stop}`{command} --help` tells how"), err=True)


def _leave_with(error: OSError) -> NoReturn:
    """A reader that hung up is no failure to speak of; a disk or a limit is told in one line."""
    if error.errno == errno.EPIPE:
        _abandon_output()
        sys.exit(EXIT_ERROR)
    if error.errno not in _OF_THE_MACHINE:
        raise error
    what = error.filename or "standard output"
    click.echo(clean(f"letterwatch: {what}: {error.strerror}"), err=True)
    _abandon_output()
    sys.exit(EXIT_ERROR)


def _abandon_output() -> None:
    """What is still to be printed goes nowhere, so that the end does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
