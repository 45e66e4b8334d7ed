"""Delivery of what is due over all channels at once; a slow or dead channel holds up no other."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from notifier.channels import Channel
from notifier.composing.notices import CHANNEL_PREFIX
from notifier.sending.lane import BATCH, LEASE, DeliveryFigures, Lane, Surroundings
from state import Event, EventName, Outbox, SourceFacts, Verdict, process_owner


class Dispatcher:
    """Empties the outbox into the channels; each channel has a thread of its own.

    `report` is given an event for every channel that refused something for good; the app posts it, so
    that it is told over the other channels.
    """

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        *,
        clock: Callable[[], datetime],
        report: Callable[[Event], None] = lambda _event: None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._report = report
        self._owner = process_owner()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        around = Surroundings(clock, monotonic, sleep, jitter, self._stopping)
        self._lanes = {
            name: Lane(name, channel, outbox, self._owner, around) for name, channel in channels.items()
        }
        self._pool = ThreadPoolExecutor(max_workers=max(len(channels), 1), thread_name_prefix="channel")
        self._running: dict[str, Future[DeliveryFigures]] = {}

    def deliver_due(self, patience: float | None = None) -> DeliveryFigures:
        """Sends what is due; waits `patience` seconds at most for slow channels, None: until all is done.

        A channel still busy goes on in the background, its figures are part of a later call's.
        """
        with self._lock:
            figures = self._collect() + self._start_lanes()
            wait(self._running.values(), timeout=patience)
            return figures + self._collect()

    def _collect(self) -> DeliveryFigures:
        """What finished lanes did; one whose problems could not be reported is taken up again next time."""
        figures = DeliveryFigures()
        for name in [name for name, future in self._running.items() if future.done()]:
            self._report_problems(name)
            figures += self._running.pop(name).result()
        return figures

    def _start_lanes(self) -> DeliveryFigures:
        figures = DeliveryFigures()
        for name in self._outbox.due_channels(self._clock()):
            if name not in self._lanes:
                figures += self._park_orphans(name)
            elif name not in self._running:
                self._running[name] = self._pool.submit(self._lanes[name].drain)
        return figures

    def close(self, patience: float = 20.0) -> None:
        """Lets every channel finish the message under way, for `patience` seconds at most."""
        self._stopping.set()
        wait(self._running.values(), timeout=patience)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _park_orphans(self, name: str) -> DeliveryFigures:
        """Rows for a channel that is configured no more wait for the operator, who is told."""
        figures = DeliveryFigures()
        reason = f'no channel is called "{name}" any more'
        while batch := self._outbox.claim_due(self._owner, self._clock(), BATCH, LEASE, [name]):
            for delivery in batch:
                self._outbox.record_parked(delivery.id, reason, self._clock())
            if not figures.parked:
                self._report(problem_event(name, batch[0].id, reason, self._clock()))
            figures += DeliveryFigures(parked=len(batch))
        return figures

    def _report_problems(self, name: str) -> None:
        problems = self._lanes[name].problems
        if problems:
            first, reason = next(iter(problems.items()))
            self._report(problem_event(name, first, reason, self._clock()))


def problem_event(channel: str, delivery: str, reason: str, now: datetime) -> Event:
    """A channel's refusal as an event: told once per refused delivery, like any trouble of a source."""
    return Event(
        key=f"{EventName.SOURCE_BROKEN.value}/channel-{channel}/{delivery}",
        name=EventName.SOURCE_BROKEN,
        at=now,
        source=SourceFacts(
            name=f"{CHANNEL_PREFIX}{channel}", verdict=Verdict.BROKEN, cause=reason, since_at=now
        ),
    )
