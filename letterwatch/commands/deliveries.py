"""`letterwatch deliveries`: what was sent to whom; `deliveries retry ID` tries one again."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load, load_store, pass_on
from letterwatch.output import print_rows
from state import DeliveryState


@click.group(invoke_without_command=True)
@click.option(
    "--state",
    type=click.Choice([each.value for each in DeliveryState]),
    help="Only deliveries in this state.",
)
@json_option
@config_option
@click.pass_context
def command(context: click.Context, state: str | None, wants_json: bool, config: Path | None) -> None:
    """What was sent to whom, what waits and until when, what failed and why; newest first.

    \b
    letterwatch deliveries
    letterwatch deliveries --state parked
    letterwatch deliveries retry 4f1c…
    """
    pass_on(context, config=config)
    if context.invoked_subcommand:
        return
    with load_store(config) as store:
        rows = store.deliveries(DeliveryState(state) if state else None)
    print_rows(
        rows,
        {
            "id": "delivery",
            "event": "event",
            "publication": "publication",
            "subscription": "subscription",
            "channel": "channel",
            "state": "state",
            "due_at": "due",
            "sent_at": "sent",
            "attempts": "attempts",
            "last_error": "last error",
            "hold": "held as",
        },
        wants_json=wants_json,
        empty="Nothing to deliver, and nothing was.",
    )


@command.command()
@click.argument("delivery")
@config_option
def retry(delivery: str, config: Path | None) -> None:
    """Makes a parked or waiting delivery due now and sends what is due."""
    with load(config) as app:
        app.store.outbox.retry(delivery, app.clock.now())
        figures = app.deliver()
    click.echo(f"deliveries: {figures.in_words()}")
