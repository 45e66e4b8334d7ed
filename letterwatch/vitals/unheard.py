"""What is configured but reaches nobody: said, since nobody would notice the silence."""

from collections.abc import Iterator

from letterwatch.config import Config
from notifier import find_unused


def find_unheard(config: Config) -> Iterator[str]:
    """A line for each channel without a subscription, and one where nobody subscribed to anything."""
    if not config.subscriptions:
        yield "no [[subscriptions]] in the configuration: nobody is told of anything new"
    for name in find_unused(config.subscriptions, config.channels):
        yield f'channel "{name}" has no subscription: nothing new will be sent to it'
