"""`letterwatch release`: sends the alerts that a flood guard holds back."""

from pathlib import Path

import click

from letterwatch.commands.options import config_option, load


@click.command()
@click.argument("held")
@config_option
def command(held: str, config: Path | None) -> None:
    """Sends the alerts held back under HELD, the name that the flood alert gave.

    \b
    letterwatch deliveries --state held
    letterwatch release flood-17
    """
    with load(config) as app:
        count = app.store.outbox.release(held, app.clock.now())
        figures = app.deliver()
    click.echo(f"released: {count}; deliveries: {figures.in_words()}")
