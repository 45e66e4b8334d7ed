"""A worker of a fleet: takes looks off the queue, settles what they bring, and sends with the others."""

import asyncio
import logging
import signal
from datetime import timedelta
from functools import partial
from typing import Any

from letterwatch.app import App
from letterwatch.config import WebConfig
from letterwatch.config.changes import ConfigFile
from letterwatch.failures import Failure
from letterwatch.fleet.care import CARE_EVERY, care, limit_look
from letterwatch.fleet.clock import PRESENT_EVERY
from letterwatch.fleet.queue import BEAT_EVERY, GiveBackError, Queue, open_queue
from letterwatch.sources.watched import WatchedSource, list_sources
from letterwatch.vitals.signs import Vitals
from letterwatch.watching.chores import Chores
from letterwatch.watching.crawl import DEADLINE, Crawls
from letterwatch.watching.looking import Looker
from letterwatch.watching.plan import Plan
from letterwatch.watching.renewal import Renewal
from letterwatch.web import create_signs, page_up
from state import LockTakenError, RoomAddress, Take, process_owner

log = logging.getLogger(__name__)

DELIVER_EVERY = timedelta(seconds=5)
STOP_WITHIN = 20.0  # seconds that a crawl and sends under way are given to end
RETURN_AFTER = 2.0  # seconds, where the database was away


class FleetWorker:
    """Works until told to stop; `at_once` sources at a time."""

    def __init__(
        self,
        app: App,
        address: RoomAddress,
        *,
        at_once: int = 2,
        door: WebConfig | None = None,
        config_file: ConfigFile | None = None,
    ) -> None:
        self._app = app
        self._address = address
        self._at_once = at_once
        self._door = door
        self._vitals = Vitals(app, of_state=False)
        self._crawls = Crawls(app.config, self._vitals.meter, shared=True)
        self._plan = Plan(app)
        self._sources = {source.name: source for source in list_sources(app.config)}
        name = process_owner().rpartition("/")[0]
        self._looker = Looker(app, self._crawls, self._plan, self._vitals, worker=name)
        self._chores = Chores()
        self._stopping = asyncio.Event()
        self._renewal = Renewal(config_file, self._vitals.pulse, self._stopping)

    @property
    def begins_anew(self) -> bool:
        """True once it ended so that another takes its place, with the configuration as it is by then."""
        return self._renewal.is_due

    async def run(self) -> None:
        """Runs until SIGTERM, SIGINT or a heeded SIGHUP, then gives back what it cannot end in time."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_tell_stray)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        async with open_queue(self._address, self.look) as queue:
            self._schedule(queue)
            if self._door is None:
                await self._work(queue)
            else:
                async with page_up(create_signs(self._vitals.routes, self._door), self._door.listen):
                    await self._work(queue)

    def _schedule(self, queue: Queue) -> None:
        chores = self._chores
        chores.every(timedelta(seconds=BEAT_EVERY), queue.beat)
        chores.every(PRESENT_EVERY, self._show_presence)
        chores.every(CARE_EVERY, partial(care, self._app.store, queue))
        chores.every(DELIVER_EVERY, self._looker.deliver)
        self._renewal.schedule(chores)
        self._vitals.pulse.schedule(chores.scheduler, record=False)
        chores.scheduler.start()

    async def _work(self, queue: Queue) -> None:
        working = asyncio.create_task(self._keep_working(queue))
        self._vitals.pulse.ready()
        await self._stopping.wait()
        log.info("stopping")
        if not self.begins_anew:
            self._vitals.pulse.stopping()
        queue.stop()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await self._crawls.stop()
                await working
                self._chores.scheduler.pause()
                await self._chores.finish()
        except TimeoutError:
            log.warning("still busy after %.0f s; another worker does what is unfinished", STOP_WITHIN)
        self._chores.scheduler.shutdown(wait=False)

    async def _keep_working(self, queue: Queue) -> None:
        """Takes jobs; where the database was away, again once it is back."""
        while not self._stopping.is_set():
            try:
                await queue.work(self._at_once)
            except Exception as error:  # noqa: BLE001  the worker's edge: it outlives its database
                log.warning("%s; again in %.0f s", error, RETURN_AFTER)
                try:
                    async with asyncio.timeout(RETURN_AFTER):
                        await self._stopping.wait()
                except TimeoutError:
                    continue

    async def look(self, name: str, times_cut_off: int) -> None:
        """One job: looks at a source while it is due, and plans its next look.

        Raises GiveBackError where this worker is told to stop before all was seen, LockTakenError where
        another process is at the source, or took it over meanwhile.
        """
        source = self._sources.get(name)
        if source is None:
            log.warning("%s is not configured here; give all workers the same configuration", name)
            return
        due = await asyncio.to_thread(self._plan.find_due, self._app.clock.now())
        if source not in due:
            return
        if self._stopping.is_set():
            raise GiveBackError
        await self._look_at(source, limit_look(times_cut_off))
        self._chores.begin(self._looker.deliver)

    async def _look_at(self, source: WatchedSource, limit: float | None) -> None:
        planned = has_rest = False

        def plan(take: Take | None = None) -> None:
            nonlocal planned, has_rest
            has_rest |= take is not None and take.stopped == DEADLINE  # also where it must be planned again
            if self._stopping.is_set():
                return
            if has_rest:
                self._plan.plan_rest(source)
            else:
                self._plan.plan_next(source)
            planned = True

        try:
            await self._looker.look(source, plan, limit)
        except LockTakenError as taken:
            log.warning("%s", taken)
            raise
        except Failure as failure:
            log.error("%s", failure)
        except Exception:  # the job's edge: whatever broke must not end the worker
            log.exception("the look at %s failed; it will be tried again at its next time", source.name)
        if self._stopping.is_set() and not planned:
            raise GiveBackError
        if not planned:  # the look failed, or planning the next one
            await self._chores.guarded(partial(asyncio.to_thread, plan))

    async def _show_presence(self) -> None:
        await asyncio.to_thread(self._app.store.note_presence, "worker")


def _tell_stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What nobody waited for: a job that could not be closed, since it was given to another meanwhile."""
    error = context.get("exception")
    if error is not None and error.__cause__ is not None:
        log.warning("a job was not closed: %s", str(error.__cause__).splitlines()[0])
    else:
        log.error("%s", context["message"], exc_info=error)
