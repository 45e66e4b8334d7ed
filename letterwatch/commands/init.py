"""`letterwatch init`: writes a commented configuration by asking a few questions."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter, ValidationError

from letterwatch.config import ConfigError
from letterwatch.config.loading import FILE_NAME
from letterwatch.config.starter import (
    StarterChannel,
    email_channel,
    render_starter,
    secret_file_name,
    slack_channel,
    terminal_channel,
)
from letterwatch.config.values import Contact
from notifier.addresses import SmtpServer, parse_address
from notifier.settings import SlackSettings
from state import Register, RegisterError


def _checked(parse: Callable[[str], Any]) -> Callable[[str], str]:
    """Lets click ask again, with the reason, until a text can be parsed."""

    def check(text: str) -> str:
        try:
            parse(text)
        except ValidationError as error:
            reason = error.errors(include_url=False)[0]["msg"]
            raise click.BadParameter(reason.removeprefix("Value error, ")) from None
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        return text.strip()

    return check


def _split_authorities(text: str) -> list[str]:
    """The authorities of an answer, apart by semicolons, or by commas where no name has one."""
    select = Register.load().select
    chosen = []
    for part in filter(None, map(str.strip, text.split(";"))):
        try:
            select(part)
            chosen.append(part)
        except RegisterError:
            names = [name.strip() for name in part.split(",")]
            for name in names:
                select(name)
            chosen.extend(names)
    if not chosen:
        raise RegisterError('name at least one authority, or "all"')
    return chosen


check_contact = _checked(TypeAdapter(Contact).validate_python)
check_authorities = _checked(_split_authorities)
check_webhook = _checked(lambda url: SlackSettings.model_validate({"type": "slack", "webhook_url": url}))
check_smtp = _checked(SmtpServer.parse)
check_address = _checked(parse_address)


def _option(check: Callable[[str], str]) -> Callable[..., str | None]:
    """Judges what an option was given; "-" stands for the next line of standard input."""

    def judge(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
        given = sys.stdin.readline().strip() if text == "-" else text
        return None if given is None else check(given)

    return judge


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing: what no option says takes its default.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where to write."
)
@click.option("--contact", callback=_option(check_contact), help="Web or e-mail address for the User-Agent.")
@click.option(
    "--authorities", callback=_option(check_authorities), help='"Wakefield; region:North West", or "all".'
)
@click.option(
    "--slack-webhook",
    callback=_option(check_webhook),
    help='Address of a Slack incoming webhook; "-" reads it from standard input, out of sight of `ps`.',
)
@click.option(
    "--news/--no-news", default=None, help="Read local papers of these areas, too; --yes alone does not."
)
@click.option(
    "--secrets-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write secrets to files in this folder instead.",
)
def command(
    *,
    yes: bool,
    force: bool,
    config: Path | None,
    contact: str | None,
    authorities: str | None,
    slack_webhook: str | None,
    news: bool | None,
    secrets_dir: Path | None,
) -> None:
    """Write a commented configuration by asking a few questions.

    \b
    letterwatch init
    letterwatch init --yes --contact desk@example.org --authorities "Wakefield; region:North West"
    """
    file = config or Path(FILE_NAME if yes else click.prompt("Write the configuration to", default=FILE_NAME))
    check_place(file, force=force)
    if not yes:
        contact = contact or ask_contact()
        authorities = authorities or ask_authorities()
    channel = slack_channel(slack_webhook) if slack_webhook else terminal_channel() if yes else ask_channel()
    if news is None:
        news = not yes and ask_news()
    chosen = _split_authorities(authorities or "all")
    text = render_starter(contact, chosen, channel, secrets_apart=secrets_dir is not None, news=news)
    if secrets_dir:
        for key, secret in channel.secrets.items():
            write_private(secrets_dir / secret_file_name(channel, key), secret + "\n", force=force)
    write_private(file, text, force=force)
    click.echo(describe_next_steps(file, channel, contact, secrets_dir if channel.secrets else None))


def ask_contact() -> str:
    """Asks for the address in the User-Agent."""
    question = "A web or e-mail address at which Ofsted's site can reach you"
    return str(click.prompt(question, value_proc=check_contact))


def ask_authorities() -> str:
    """Asks whose letters to tell of."""
    question = 'Authorities: names, "region:North West", "neighbours:Wakefield" or "all"; apart by semicolons'
    return str(click.prompt(question, default="all", value_proc=check_authorities))


def ask_news() -> bool:
    """Asks whether papers are to be read, too."""
    question = "Read local papers, too, and tell who reports a letter? (the register's feeds of these areas)"
    return click.confirm(question, default=True)


def ask_channel() -> StarterChannel:
    """Asks where alerts shall go, and what that way needs."""
    way = click.prompt(
        "Alerts go to", type=click.Choice(["slack", "email", "terminal"]), default="slack", show_choices=True
    )
    if way == "slack":
        return slack_channel(click.prompt("Address of the Slack incoming webhook", value_proc=check_webhook))
    if way == "email":
        return email_channel(
            smtp=click.prompt("Mail server, smtps://user:password@host", value_proc=check_smtp),
            sender=click.prompt("Sender's address", value_proc=check_address),
            to=[click.prompt("Your address", value_proc=check_address)],
        )
    return terminal_channel()


def check_place(file: Path, *, force: bool) -> None:
    """Raises ConfigError where a file is there already."""
    if file.exists() and not force:
        raise ConfigError(f'{file}: is there already; "letterwatch init --force" writes over it')


def write_private(file: Path, text: str, *, force: bool) -> None:
    """Writes a file that its owner alone may read; raises ConfigError, also where it is there already."""
    check_place(file, force=force)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL)
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8") as opened:
            os.fchmod(opened.fileno(), 0o600)
            opened.write(text)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}") from error


def describe_next_steps(
    file: Path, channel: StarterChannel, contact: str | None, secrets_dir: Path | None
) -> str:
    """What to do now, command by command."""
    option = "" if str(file) == FILE_NAME else f" --config {file}"
    steps = [
        (f"letterwatch send-test {channel.name}{option}", "sends a test message"),
        (f"letterwatch check{option}", "one full pass: records what is there, announces nothing old"),
        (f"letterwatch run{option}", "watches always"),
    ]
    if secrets_dir:
        steps.insert(0, (f"export LETTERWATCH_SECRETS_DIR={secrets_dir}", "where the secrets are"))
    if contact is None:
        steps.insert(-1, (f"edit {file}", "set contact in [http]: run asks for it"))
    width = max(len(step) for step, _ in steps)
    lines = [f"    {step:{width}}   {what}" for step, what in steps]
    return "\n".join([f"Wrote {file}, readable by you alone. Next:", *lines])
