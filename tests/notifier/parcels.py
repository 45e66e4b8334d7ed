"""Parcels for the tests of single channels, without an outbox."""

from datetime import UTC, datetime

from notifier.channels import Parcel
from notifier.composing.digests import compose_digest
from notifier.composing.message import compose_message
from state import Delivery, Event, Routing
from tests.notifier.letters import WAKEFIELD

NOW = datetime(2019, 11, 1, 9, 6, tzinfo=UTC)


def parcel(
    event: Event = WAKEFIELD,
    *,
    id: str = "d1",  # noqa: A002
    recipient: str = "",
    thread: str | None = None,
) -> Parcel:
    """One delivery of one event."""
    routing = Routing("yorkshire", "newsdesk", NOW, recipient=recipient)
    return Parcel((Delivery(id, event, routing),), compose_message(event), thread)


def digest(*events: Event) -> Parcel:
    """A digest of several events, with the ids d0, d1 …"""
    routing = Routing("yorkshire", "newsdesk", NOW, digest="daily 07:30")
    deliveries = tuple(Delivery(f"d{number}", event, routing) for number, event in enumerate(events))
    return Parcel(deliveries, compose_digest(events, "yorkshire"))
