"""What a subscription would have received of past events, and when. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from notifier.composing.digests import compose_digest, order_events
from notifier.composing.message import Message
from notifier.settings import ChannelSettings, SubscriptionSettings
from notifier.subscriptions import match
from state import Event, Register, Routing

_Matched = tuple[Event, Sequence[Routing]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A message a subscription would have received, with the events it tells of in reading order.

    `recipients` are a mail channel's addresses; none for a channel that is its own recipient.
    """

    due_at: datetime
    channel: str
    recipients: tuple[str, ...]
    events: tuple[Event, ...]
    message: Message


def preview(
    subscription: SubscriptionSettings,
    channels: Mapping[str, ChannelSettings],
    events: Sequence[Event],
    register: Register,
) -> list[Preview]:
    """The messages that these events, oldest first, would have made; in digests where it asks for them."""
    matched = sorted(_match_once(subscription, channels, events, register), key=_due_at)
    return [_preview(subscription, list(group)) for _, group in groupby(matched, key=_message_key)]


def _match_once(
    subscription: SubscriptionSettings,
    channels: Mapping[str, ChannelSettings],
    events: Sequence[Event],
    register: Register,
) -> Iterator[_Matched]:
    """The events it wants with their routings; of one moment's several about a publication the first."""
    told: set[tuple[datetime, str, str]] = set()
    for event in events:
        matched = match(event, [subscription], channels, register, event.at)
        routings = [routing for routing in matched if routing.subscription == subscription.name]
        if not routings:
            continue
        if event.publication:
            about = (event.at, event.publication.urn, event.publication.file_id)
            if about in told:
                continue
            told.add(about)
        yield event, routings


def _due_at(matched: _Matched) -> datetime:
    return matched[1][0].due_at


def _message_key(matched: _Matched) -> tuple[datetime, str]:
    """Equal for the events that share a message: those of one digest."""
    event, routings = matched
    return routings[0].due_at, "" if routings[0].digest else event.key


def _preview(subscription: SubscriptionSettings, matched: Sequence[_Matched]) -> Preview:
    events = order_events([event for event, _ in matched])
    _, routings = matched[0]
    return Preview(
        due_at=_due_at(matched[0]),
        channel=subscription.channel,
        recipients=tuple(routing.recipient for routing in routings if routing.recipient),
        events=tuple(events),
        message=compose_digest(events, subscription.name),
    )
