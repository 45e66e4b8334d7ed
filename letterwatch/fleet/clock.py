"""The clock of a fleet: asks for looks when they are due, and does what needs no crawl; two do no harm."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from letterwatch.app import App
from letterwatch.config.changes import ConfigFile
from letterwatch.daemon import Daemon
from letterwatch.fleet.care import CARE_EVERY, care
from letterwatch.fleet.queue import Queue
from letterwatch.watching.chores import Chores
from state import LockTakenError, process_owner

PRESENT_EVERY = timedelta(seconds=10)
ASK_AGAIN_AFTER = timedelta(seconds=30)  # for a look that came to nothing, so that its plan did not move


class FleetClock(Daemon):
    """A daemon whose looks are made by workers: it asks for each that is due, once, over their queue.

    What is due stands in the state, so that it matters to nobody which clock asks, or how many there are: the
    queue takes one job a source, and a worker looks only while the source is still due.
    """

    def __init__(self, app: App, queue: Queue, config_file: ConfigFile | None = None) -> None:
        super().__init__(app, config_file=config_file)
        self._queue = queue
        self._asked: dict[str, tuple[datetime | None, datetime]] = {}

    def schedule(self, chores: Chores) -> None:
        """Besides a daemon's chores: life is shown, and jobs of dead workers are given on."""
        super().schedule(chores)
        chores.every(CARE_EVERY, partial(care, self._app.store, self._queue))
        chores.every(PRESENT_EVERY, self.show_presence)

    async def look(self) -> None:
        """Asks for a look at every source that is due and not being looked at."""
        now = self._app.clock.now()
        due = await asyncio.to_thread(self._plan.find_due, now)
        new = {source: since for source, since in due.items() if not self._is_asked(source.name, since, now)}
        if not new:
            return
        busy = await self._queue.list_asked() | await asyncio.to_thread(self._app.store.find_held)
        for source, since in new.items():
            if source.name not in busy and await self._queue.defer(source):
                self._asked[source.name] = since, now

    def _is_asked(self, name: str, since: datetime | None, now: datetime) -> bool:
        asked = self._asked.get(name)
        return asked is not None and asked[0] == since and now - asked[1] < ASK_AGAIN_AFTER

    async def keep_alone(self) -> None:
        """There may be others."""

    def is_last(self) -> bool:
        """True where no other clock is alive."""
        others = (each for each in self._app.store.workers() if each.name != process_owner())
        return not any(each.alive and each.role == "clock" for each in others)

    async def show_presence(self) -> None:
        """Notes that this clock lives."""
        await asyncio.to_thread(self._app.store.note_presence, "clock")

    def tidy_up(self) -> str:
        """What was forgotten, unless another clock is at it."""
        try:
            with self._app.store.lock("tidying"):
                return super().tidy_up()
        except LockTakenError:
            return "another clock is tidying"
