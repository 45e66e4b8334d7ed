"""Trying a channel out: a test message, outside the outbox."""

import re
import secrets
from datetime import datetime

from jinja2 import TemplateError

from notifier.channels import Channel, Outcome, Parcel, Parked, open_channels
from notifier.channels.channel import TEST_PREFIX
from notifier.composing.notices import compose_test_message
from notifier.composing.parts import tidied
from notifier.settings import ChannelSettings
from notifier.subscriptions import recipients_of
from state import Delivery, Event, EventName, Routing, SourceFacts, Verdict

SUBSCRIPTION = "test"
_PYTHON_S_NAME = re.compile(
    r"'(?:\w+\.)+(\w+) object'"
)  # whoever writes templates knows it without its package


def send_test(name: str, settings: ChannelSettings, now: datetime) -> dict[str, Outcome]:
    """What became of a test message, by recipient ("" for a channel itself); ValueError as open_channels."""
    channel = open_channels({name: settings})[name]
    message = tidied(compose_test_message(name, now))
    event = Event(
        key=f"{TEST_PREFIX}{secrets.token_hex(8)}",
        name=EventName.SOURCE_RECOVERED,
        at=now,
        source=SourceFacts(name=f"channel {name}", verdict=Verdict.OK, cause="a test"),
    )
    return {
        recipient: _send(
            channel,
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


def _send(channel: Channel, parcel: Parcel, now: datetime) -> Outcome:
    try:
        return channel.send(parcel, now)
    except TemplateError as error:
        said = _PYTHON_S_NAME.sub(r"\1", error.message or type(error).__name__)
        return Parked(f"a template cannot be used: {said}")
