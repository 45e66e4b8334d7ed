"""Trying things out, outside the outbox: a test message, and what a subscription would have received."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from notifier.channels import Outcome, Parcel, open_channel
from notifier.digests import compose_digest
from notifier.message import Message, compose_message
from notifier.notices import compose_test_message
from notifier.parts import tidied
from notifier.settings import ChannelSettings, SubscriptionSettings
from notifier.subscriptions import due_at, recipients_of, wants
from state import Delivery, Event, EventName, Register, Routing, SourceFacts, Verdict

SUBSCRIPTION = "test"


@dataclass(frozen=True, slots=True)
class Preview:
    """A message a subscription would have received, and when."""

    due_at: datetime
    message: Message


def preview(subscription: SubscriptionSettings, events: Sequence[Event], register: Register) -> list[Preview]:
    """What a subscription would have received of past events, oldest first, in digests where it asks."""
    wanted = sorted(
        ((due_at(subscription, event.at), event) for event in events if wants(subscription, event, register)),
        key=lambda pair: (pair[0], pair[1].at, pair[1].key),
    )
    if subscription.delivery == "instant":
        return [Preview(at, compose_message(event)) for at, event in wanted]
    return [
        Preview(at, compose_digest([event for _, event in pairs], subscription.name))
        for at, pairs in groupby(wanted, key=lambda pair: pair[0])
    ]


def send_test(name: str, settings: ChannelSettings, now: datetime) -> dict[str, Outcome]:
    """What became of a test message, by recipient ("" for the channel itself); ValueError as open_channel."""
    channel = open_channel(settings)
    message = tidied(compose_test_message(name, now))
    event = Event(
        key=f"test/{secrets.token_hex(8)}",
        name=EventName.SOURCE_RECOVERED,
        at=now,
        source=SourceFacts(name=f"channel {name}", verdict=Verdict.OK, cause="a test"),
    )
    return {
        recipient: channel.send(
            Parcel(
                (
                    Delivery(
                        secrets.token_hex(8), event, Routing(SUBSCRIPTION, name, now, recipient=recipient)
                    ),
                ),
                message,
            ),
            now,
        )
        for recipient in recipients_of(settings)
    }
