"""`letterwatch preview`: what a subscription would have received."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option, json_option, load_store, refuse_unknown
from letterwatch.config import load_config
from letterwatch.output import print_rows
from letterwatch.plain_words import as_words
from notifier import Preview, SubscriptionSettings, compose_message, preview, render_text
from scraper.letters import compare_versions
from state import EventName, Register


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """An event as a subscription would have heard of it; those of one digest share `due_at`."""

    due_at: datetime  #: when it would have come
    event: EventName  #: what it tells
    authority: str | None  #: whose
    publication: str | None  #: the publication's id
    headline: str  #: the first line
    channel: str  #: over which channel
    recipients: tuple[str, ...]  #: to whom


@click.command()
@click.argument("subscription")
@click.option(
    "--days",
    type=click.IntRange(1, 36500),
    default=90,
    show_default=True,
    metavar="N",
    help="How far back.",
)
@click.option("--full", is_flag=True, help="Each message as plain text.")
@json_option
@config_option
def command(subscription: str, days: int, full: bool, wants_json: bool, config: Path | None) -> None:
    """What SUBSCRIPTION would have received in the last N days, by its filters and times. Sends nothing.

    What was published before Letterwatch watched counts as seen at noon of its day.

    \b
    letterwatch preview yorkshire
    letterwatch preview yorkshire --days 365 --full
    """
    if full and wants_json:
        raise click.UsageError("--full is for people, --json for programs: give one of them")
    settings = load_config(config, os.environ)
    wanted = _get_subscription(subscription, settings.subscriptions, config)
    since = (Clock.from_environment(os.environ).now() - timedelta(days=days)).date()
    with load_store(config) as store:
        events = store.rehearse(since, compare=compare_versions)
    previews = preview(wanted, settings.channels, events, Register.load())
    if full and previews:
        for each in previews:
            _print_message(each)
        return
    print_rows(
        [row for each in previews for row in _show(each)],
        {
            "due_at": "when",
            "event": "event",
            "authority": "authority",
            "headline": "headline",
            "channel": "channel",
            "recipients": "recipients",
        },
        wants_json=wants_json,
        empty=f"Nothing would have come since {as_words(since)}; "
        "`letterwatch publications` lists all that is known.",
    )


def _get_subscription(
    name: str, subscriptions: Sequence[SubscriptionSettings], config: Path | None
) -> SubscriptionSettings:
    for each in subscriptions:
        if each.name == name:
            return each
    raise refuse_unknown("subscription", name, (each.name for each in subscriptions), config)


def _show(each: Preview) -> list[PreviewRow]:
    return [
        PreviewRow(
            due_at=each.due_at,
            event=event.name,
            authority=event.publication.authority if event.publication else None,
            publication=f"{event.publication.urn}/{event.publication.file_id}" if event.publication else None,
            headline=compose_message(event).headline,
            channel=each.channel,
            recipients=each.recipients,
        )
        for event in each.events
    ]


def _print_message(each: Preview) -> None:
    whom = f"{each.channel} ({', '.join(each.recipients)})" if each.recipients else each.channel
    click.echo(f"--- {as_words(each.due_at)}, {whom}\n\n{render_text(each.message)}")
