"""One channel's way out of the outbox, used by one thread at a time."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

from notifier.channels import Channel, Outcome, Parcel, Parked, RetryLater, Sent
from notifier.composing.digests import compose_digest, split_digest
from notifier.composing.message import compose_message
from notifier.sending.backoff import wait_before_retry
from state import Delivery, EventName, Outbox

T = TypeVar("T")

log = logging.getLogger(__name__)

BATCH = 10
LEASE = timedelta(minutes=15)  # a batch in which every send and every lookup runs into its time limit
TOLD_ALREADY = "told with the first message"
FAILURES_LIMIT = 3  # in a row; then the channel rests until the next pass


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """What became of deliveries in one pass; `waiting` were claimed and put back untried."""

    sent: int = 0  #: taken by the other side
    retried: int = 0  #: put off, to be tried again
    parked: int = 0  #: refused for good
    waiting: int = 0  #: claimed and put back untried

    def __add__(self, other: "DeliveryFigures") -> "DeliveryFigures":
        return DeliveryFigures(
            self.sent + other.sent,
            self.retried + other.retried,
            self.parked + other.parked,
            self.waiting + other.waiting,
        )

    @property
    def attempted(self) -> int:
        """Deliveries that were tried."""
        return self.sent + self.retried + self.parked

    def in_words(self) -> str:
        """For logs and terminals."""
        return f"{self.sent} sent, {self.retried} put off, {self.parked} parked, {self.waiting} waiting"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a lane gets from outside, so that tests can hold it: clocks, sleep, chance, and the end."""

    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    jitter: Callable[[], float]
    stopping: threading.Event


class Lane:
    """Drains one channel's due rows: claim, look up what is in doubt, record, send, record."""

    def __init__(
        self, name: str, channel: Channel, outbox: Outbox, owner: str, surroundings: Surroundings
    ) -> None:
        self._name = name
        self._channel = channel
        self._outbox = outbox
        self._owner = owner
        self._around = surroundings
        self._last_sent: float | None = None
        self._failures = 0
        self._rests_until: datetime | None = None
        self._closed: str | None = None
        self.problems: dict[str, str] = {}
        """Parked deliveries of the last pass and why."""

    def drain(self) -> DeliveryFigures:
        """Sends until nothing is due, the channel asks for rest, or the end comes."""
        figures = DeliveryFigures()
        self._failures, self._closed = 0, None
        self.problems = {}
        if self._rests_until is not None and self._around.clock() >= self._rests_until:
            self._rests_until = None
        while not self._must_rest():
            batch = self._outbox.claim_due(self._owner, self._around.clock(), BATCH, LEASE, [self._name])
            if not batch:
                break
            for group in self._groups(batch):
                figures += self._pass_on(group)
        return figures

    def _must_rest(self) -> bool:
        return (
            self._around.stopping.is_set()
            or self._failures >= FAILURES_LIMIT
            or self._rests_until is not None
            or self._closed is not None
        )

    def _groups(self, batch: Sequence[Delivery]) -> Iterator[tuple[Delivery, ...]]:
        """What goes into one message: a row on its own, or the rows of a digest in reading order."""
        for delivery in batch:
            if delivery.routing.digest is None:
                yield (delivery,)
        digests = sorted((d for d in batch if d.routing.digest is not None), key=_digest_key)
        for _, rows in groupby(digests, key=_digest_key):
            yield from split_digest(list(rows), self._channel.bundle)

    def _pass_on(self, group: tuple[Delivery, ...]) -> DeliveryFigures:
        if self._closed is not None:
            return self._record(group, Parked(self._closed))
        if self._must_rest():
            return self._put_back(group)
        figures, rest = self._settle_doubts(group)
        if not rest:
            return figures
        self._keep_pace()
        begun = tuple(d for d in rest if self._outbox.record_attempt(d.id, self._around.clock()))
        if not begun:
            return figures
        return figures + self._record(begun, self._send(begun))

    def _settle_doubts(self, group: tuple[Delivery, ...]) -> tuple[DeliveryFigures, tuple[Delivery, ...]]:
        """Asks the channel about deliveries that may have arrived; returns those that still must be sent."""
        doubtful = tuple(d for d in group if d.in_doubt_at is not None)
        if not doubtful:
            return DeliveryFigures(), group
        found = self._guarded(lambda: self._channel.find_sent(self._parcel(doubtful)))
        if isinstance(found, RetryLater | Parked):
            return self._record(group, found), ()
        for delivery_id, receipt in found.items():
            self._outbox.record_sent(delivery_id, receipt, self._around.clock())
        return DeliveryFigures(sent=len(found)), tuple(d for d in group if d.id not in found)

    def _send(self, group: tuple[Delivery, ...]) -> Outcome:
        if _amended(group[0]) and self._find_amended(group[0]) is None:
            return Sent(TOLD_ALREADY)  # not sent yet, or in a digest: it tells all titles when it goes
        outcome = self._guarded(lambda: self._channel.send(self._parcel(group), self._around.clock()))
        self._last_sent = self._around.monotonic()
        return outcome

    def _guarded(self, call: Callable[[], T]) -> T | RetryLater:
        try:
            return call()
        except Exception as error:  # noqa: BLE001  the job's edge: one bad message must not stop the rest
            # without the error's own text, which may hold an address and its secrets
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error(
                "channel %s: a message could not be made or sent (%s)\n%s",
                self._name,
                type(error).__name__,
                frames,
            )
            return RetryLater(f"failed ({type(error).__name__})", in_doubt=True)

    def _parcel(self, group: tuple[Delivery, ...]) -> Parcel:
        first = group[0]
        if first.routing.digest is not None:
            return Parcel(group, compose_digest([d.event for d in group], first.routing.subscription))
        return Parcel(
            group, compose_message(first.event), self._find_thread(first), self._find_amended(first)
        )

    def _find_amended(self, delivery: Delivery) -> str | None:
        """The receipt of the message that a delivery only adds to."""
        key = _amended(delivery)
        return key and self._outbox.find_own_receipt(self._name, delivery.routing.recipient, key)

    def _find_thread(self, delivery: Delivery) -> str | None:
        """The receipt of the first message about the same publication on this channel."""
        event = delivery.event
        about = event.replaces or event.publication
        if about is None or event.name is EventName.PUBLICATION_NEW:
            return None
        return self._outbox.find_receipt(self._name, delivery.routing.recipient, about.urn, about.file_id)

    def _record(self, group: tuple[Delivery, ...], outcome: Outcome) -> DeliveryFigures:
        now = self._around.clock()
        match outcome:
            case Sent():
                self._failures = 0
                for delivery in group:
                    self._outbox.record_sent(delivery.id, outcome.receipt, now)
                return DeliveryFigures(sent=len(group))
            case RetryLater():
                self._failures += 1
                if outcome.after is not None:
                    self._rests_until = now + timedelta(seconds=outcome.after)
                for delivery in group:
                    wait = wait_before_retry(delivery.attempts + 1, outcome.after, self._around.jitter)
                    self._outbox.record_retry(
                        delivery.id, outcome.reason, now + wait, now, in_doubt=outcome.in_doubt
                    )
                return DeliveryFigures(retried=len(group))
            case Parked():
                self._closed = outcome.reason if outcome.channel_gone else self._closed
                for delivery in group:
                    self._outbox.record_parked(delivery.id, outcome.reason, now)
                    self.problems[delivery.id] = outcome.reason
                return DeliveryFigures(parked=len(group))

    def _put_back(self, group: tuple[Delivery, ...]) -> DeliveryFigures:
        """Unclaims rows untried: due as before, or when the channel wants to hear again."""
        now = self._around.clock()
        for delivery in group:
            next_at = self._rests_until or delivery.routing.due_at
            self._outbox.record_retry(delivery.id, "not tried yet: the channel rests", next_at, now)
        return DeliveryFigures(waiting=len(group))

    def _keep_pace(self) -> None:
        if self._last_sent is not None and self._channel.interval:
            pause = self._last_sent + self._channel.interval - self._around.monotonic()
            if pause > 0:
                self._around.sleep(pause)


def _amended(delivery: Delivery) -> str | None:
    """The key of the event whose message a delivery adds to."""
    return delivery.event.coverage.amends if delivery.event.coverage else None


def _digest_key(delivery: Delivery) -> tuple[str, str, str]:
    routing = delivery.routing
    return routing.subscription, routing.recipient, routing.digest or ""
