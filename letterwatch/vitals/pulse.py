"""The daemon's pulse: what its scheduler beats, the health check and systemd's watchdog listen to."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sdnotify import SystemdNotifier

from letterwatch.clock import Clock
from state import StateError, Store

log = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=10)
RECORD_EVERY = timedelta(seconds=30)
SILENT_AFTER = 60.0  # seconds without a beat: the scheduler hangs


class Pulse:
    """Beats in the scheduler: a loop that hangs does not, and systemd then starts the daemon anew.

    Beating needs no database, so that one that is locked or full is told and not restarted away. In the
    state the pulse is recorded for `letterwatch health`. Speaks to systemd where that started us.
    """

    def __init__(self, store: Store, notify: Callable[[str], None] | None = None) -> None:
        self._store = store
        self._notify = notify or _reach_systemd(os.environ)
        self._beaten = monotonic()
        self._recording = asyncio.Lock()
        self._has_ended = False

    def schedule(self, scheduler: AsyncIOScheduler, *, record: bool = True) -> None:
        """Puts the beats into the scheduler whose life they prove; a worker's are not recorded."""
        beats = [(self.beat, find_interval(os.environ.get("WATCHDOG_USEC")))]
        for job, every in (*beats, *([(self.record, RECORD_EVERY)] if record else [])):
            trigger = IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)
            scheduler.add_job(job, trigger, next_run_time=Clock().now())

    async def beat(self) -> None:
        """One beat, which feeds systemd's watchdog."""
        self._beaten = monotonic()
        self._notify("WATCHDOG=1")

    async def record(self) -> None:
        """Keeps the time of this beat in the state; real time, also in a rehearsal."""
        async with self._recording:
            if not self._has_ended:
                await self._keep(self._store.beat, "heartbeat")

    async def end(self, is_last: Callable[[], bool]) -> None:
        """Keeps the time of an orderly end in the state: a health check need not wait for the silence.

        Nothing is kept where it was not the last, so that others go on with the watch.
        """

        def keep(now: datetime) -> None:
            if is_last():
                self._store.note_end(now)

        async with self._recording:
            self._has_ended = True
            await self._keep(keep, "end")

    async def _keep(self, keep: Callable[[datetime], None], what: str) -> None:
        try:
            await asyncio.to_thread(keep, Clock().now())
        except StateError as error:
            log.error("the %s could not be recorded: %s", what, error)

    @property
    def is_beating(self) -> bool:
        """False where the scheduler has not come round for a minute."""
        return monotonic() - self._beaten < SILENT_AFTER

    def ready(self) -> None:
        """Tells systemd that the watch has begun."""
        self._notify("READY=1\nSTATUS=watching")

    def tell(self, status: str) -> None:
        """One line for `systemctl status`."""
        self._notify(f"STATUS={' '.join(status.split())}")

    def stopping(self) -> None:
        """Tells systemd that the end was asked for."""
        self._notify("STOPPING=1\nSTATUS=stopping")


def _reach_systemd(environment: Mapping[str, str]) -> Callable[[str], None]:
    """What tells systemd, or nobody where it did not start us."""
    if not environment.get("NOTIFY_SOCKET"):
        return lambda _said: None
    notify: Callable[[str], None] = SystemdNotifier().notify
    return notify


def find_interval(watchdog_usec: str | None) -> timedelta:
    """How often to beat: three times within the patience of systemd's watchdog, ten seconds at most."""
    if not (watchdog_usec or "").isdecimal():
        return BEAT_EVERY
    return max(min(timedelta(microseconds=int(watchdog_usec or 0)) / 3, BEAT_EVERY), timedelta(seconds=0.1))
