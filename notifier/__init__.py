"""Who hears it: subscriptions, rendering, channels, delivery. No SQL, no HTML scraping."""

from notifier.channels import Channel, Outcome, Parcel, Parked, RetryLater, Sent, open_channel, open_channels
from notifier.checking import Reach, check_channel
from notifier.composing.message import Message, compose_message
from notifier.composing.notices import compose_test_message
from notifier.previewing import Preview, preview
from notifier.rendering.slack import render_slack
from notifier.rendering.text import render_text
from notifier.sending.delivery import Dispatcher
from notifier.sending.lane import DeliveryFigures
from notifier.sending.trying import send_test
from notifier.settings import ChannelSettings, SubscriptionSettings
from notifier.subscriptions import find_faults, find_objection, find_unused, match, wants

__all__ = [
    "Channel",
    "ChannelSettings",
    "DeliveryFigures",
    "Dispatcher",
    "Message",
    "Outcome",
    "Parcel",
    "Parked",
    "Preview",
    "Reach",
    "RetryLater",
    "Sent",
    "SubscriptionSettings",
    "check_channel",
    "compose_message",
    "compose_test_message",
    "find_faults",
    "find_objection",
    "find_unused",
    "match",
    "open_channel",
    "open_channels",
    "preview",
    "render_slack",
    "render_text",
    "send_test",
    "wants",
]
