"""`letterwatch explain`: every step of one publication, and why."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from letterwatch.commands.options import config_option, json_option, load_store
from letterwatch.config import Config, load_config
from letterwatch.output import print_rows
from notifier import find_objection
from state import Event, Register, TrailStep


@click.command()
@click.argument("publication")
@json_option
@config_option
def command(publication: str, wants_json: bool, config: Path | None) -> None:
    """Every step of PUBLICATION, from sighting to delivery, with its reason.

    PUBLICATION is URN/FILE_ID, a file id, the document's address, or an authority and a day. Who was not
    told, and by which filter, is judged by the configuration of today.

    \b
    letterwatch explain 80451/50004490
    letterwatch explain "wakefield 2019-11-01"
    """
    with load_store(config) as store:
        found = store.get_publication(publication)
        steps, events = store.trail(found), store.events_about(found)
    settings = load_config(config, os.environ)
    steps += [step for event in events for step in _list_objections(event, settings)]
    print_rows(
        sorted(steps, key=lambda step: step.at),
        {"at": "when", "step": "what and why", "run_id": "run"},
        wants_json=wants_json,
        empty="Nothing is known of it.",
    )


def _list_objections(event: Event, config: Config) -> Iterator[TrailStep]:
    """Each subscription that an event does not reach, with the filter that keeps it back."""
    register = Register.load()
    for subscription in config.subscriptions:
        objection = find_objection(subscription, event, register)
        if objection:
            yield TrailStep(
                event.at, f"{event.name.value}: subscription {subscription.name} does not match, {objection}"
            )
