"""`letterwatch send-test`: one test message to one channel, now."""

import os
from pathlib import Path

import click

from letterwatch.clock import Clock
from letterwatch.commands.options import config_option
from letterwatch.config import load_config
from letterwatch.failures import EXIT_ERROR
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
        known = ", ".join(sorted(settings.channels)) or "none"
        raise click.BadParameter(f'no channel is called "{channel}"; configured: {known}')
    now = Clock.from_environment(os.environ).now()
    outcomes = send_test(channel, settings.channels[channel], now)
    for recipient, outcome in outcomes.items():
        whom = f"{channel} ({recipient})" if recipient else channel
        click.echo(f"{whom}: {'sent' if isinstance(outcome, Sent) else f'not sent: {outcome.reason}'}")
    return 0 if all(isinstance(each, Sent) for each in outcomes.values()) else EXIT_ERROR
