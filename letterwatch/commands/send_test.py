"""`letterwatch send-test`: one test message to one channel, now."""

import os
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option, refuse_unknown
from letterwatch.config import ConfigError, load_config
from letterwatch.failures import EXIT_ERROR
from letterwatch.plain_words import clean
from notifier import Sent, send_test


@click.command()
@click.argument("channel")
@config_option
def command(channel: str, config: Path | None) -> int:
    """Sends a test message to CHANNEL and says what the channel answered.

    \b
    letterwatch send-test newsdesk
    """
    settings = load_config(config, os.environ)
    if channel not in settings.channels:
        raise refuse_unknown("channel", channel, settings.channels, config)
    now = Clock.from_environment(os.environ).now()
    try:
        outcomes = send_test(channel, settings.channels[channel], now)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    for recipient, outcome in outcomes.items():
        whom = f"{channel} ({recipient})" if recipient else channel
        said = "sent" if isinstance(outcome, Sent) else f"not sent: {outcome.reason}"
        click.echo(clean(f"{whom}: {said}"))
    return 0 if all(isinstance(each, Sent) for each in outcomes.values()) else EXIT_ERROR
