"""Trying a channel out: a test message, outside the outbox."""

import secrets
from datetime import datetime

from notifier.channels import Outcome, Parcel, open_channel
from notifier.composing.notices import compose_test_message
from notifier.composing.parts import tidied
from notifier.settings import ChannelSettings
from notifier.subscriptions import recipients_of
from state import Delivery, Event, EventName, Routing, SourceFacts, Verdict

SUBSCRIPTION = "test"


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
