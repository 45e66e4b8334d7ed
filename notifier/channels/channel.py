"""What every channel is: something that takes a parcel and says, as a value, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from notifier.composing.parts import Message
from state import Delivery

TEST_PREFIX = "test/"
"""Begins the key of the event that tries a channel out."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one recipient, with the deliveries it carries: one, or a digest's many.

    `thread_receipt` is the receipt of the message this one answers, on channels that keep threads;
    `amends_receipt` that of the message which this one is to replace, where it only adds to it.
    """

    deliveries: tuple[Delivery, ...]
    message: Message
    thread_receipt: str | None = None
    amends_receipt: str | None = None

    @property
    def is_test(self) -> bool:
        """True for a try-out of a channel, which no subscription asked for."""
        return self.deliveries[0].event.key.startswith(TEST_PREFIX)

    @property
    def id(self) -> str:
        """The id a repeat of this parcel is known by."""
        return self.deliveries[0].id

    @property
    def recipient(self) -> str:
        """An email address, or "" where the channel itself is the recipient."""
        return self.deliveries[0].routing.recipient

    @property
    def subscription(self) -> str:
        """The name of the subscription this is sent for."""
        return self.deliveries[0].routing.subscription


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel's documented success; `receipt` finds the message again."""

    receipt: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not taken; `after` is the wait in seconds the other side asked for.

    `in_doubt`: the answer was lost or made no sense, so the message may have arrived all the same.
    """

    reason: str
    after: float | None = None
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Parked:
    """Refused for good; a person has to look. `channel_gone`: so will be everything on this channel."""

    reason: str
    channel_gone: bool = False


Outcome = Sent | RetryLater | Parked


class Channel(Protocol):
    """One configured way to reach somebody. Used by one thread at a time; raises nothing."""

    @property
    def interval(self) -> float:
        """Seconds that must pass between two messages."""

    @property
    def bundle(self) -> int:
        """The most deliveries of a digest that one message may carry."""

    def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Sends one parcel and waits for the answer, a minute at most."""

    def find_sent(self, parcel: Parcel) -> Mapping[str, str] | RetryLater | Parked:
        """Which of a parcel's deliveries arrived, with receipts; {} where nobody can be asked."""
