"""The always-on daemon: looks and deliveries on APScheduler's clock, in one asyncio loop."""

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, timedelta
from functools import partial
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from letterwatch.app import App
from letterwatch.clock import Clock
from letterwatch.failures import Failure
from letterwatch.sources.watched import WatchedSource
from letterwatch.tidying import every_night, tidy
from letterwatch.vitals.all_clear import every_morning, tell_all_clear
from letterwatch.vitals.health import MAIN_SOURCE
from letterwatch.vitals.signs import Vitals
from letterwatch.vitals.unheard import find_unheard
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.looks import look_at
from letterwatch.watching.plan import Plan
from letterwatch.web import create_app, page_up
from notifier import compose_message
from state import LockTakenError

log = logging.getLogger(__name__)

GLANCE_EVERY = timedelta(seconds=1)  # at the plan, in memory
DELIVER_EVERY = timedelta(seconds=15)
KEEP_EVERY = timedelta(seconds=15)
SLOW_CHANNEL = 5.0  # seconds that others wait for a channel before they go on without it
STOP_WITHIN = 20.0  # seconds that a crawl and sends under way are given to end


class Daemon:
    """Watches until told to stop. Runs of a source never overlap; a missed time is made up once."""

    def __init__(self, app: App, keep_lock: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self._keep_lock = keep_lock
        self._rival: LockTakenError | None = None
        self._vitals = Vitals(app)
        self._crawls = Crawls(app.config, self._vitals.meter)
        self._stopping = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._plan = Plan(app)
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )

    async def run(self) -> None:
        """Runs until SIGTERM or SIGINT, then ends what is under way and returns.

        Raises LockTakenError where another daemon came to hold the state.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        for job, every in (
            (self.look, GLANCE_EVERY),
            (self.deliver, DELIVER_EVERY),
            (self.keep_alone, KEEP_EVERY),
        ):
            trigger = IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)
            first = Clock().now()  # the scheduler keeps real time, also in a rehearsal
            self._scheduler.add_job(self._guarded, trigger, [job], next_run_time=first)
        self._scheduler.add_job(self._guarded, every_morning(), [self.tell_all_clear])
        self._scheduler.add_job(self._guarded, every_night(), [self.tidy])
        self._vitals.pulse.schedule(self._scheduler)
        self._scheduler.start()
        log.info("watching %s", self._app.config.ofsted.reports_url)
        for line in find_unheard(self._app.config):
            log.warning("%s", line)
        app = self._app
        page = create_app(
            store=app.store,
            archive=app.archive,
            register=app.register,
            config=app.config,
            clock=app.clock,
            routes=self._vitals.routes,
        )
        async with page_up(page, app.config.web.listen):
            gc.collect()
            gc.freeze()  # what is there now stays: collecting after each look need not walk through it
            self._vitals.pulse.ready()
            await self._stopping.wait()
            await self._stop()
        if self._rival:
            raise self._rival

    async def look(self) -> None:
        """Begins a look at every source that is due and not being looked at."""
        for source in self._plan.take_due(self._app.clock.now()):
            task = asyncio.create_task(self._guarded(partial(self._look_at, source)))
            self._under_way.add(task)  # a task that nobody holds may vanish

    async def _look_at(self, source: WatchedSource) -> None:
        """Looks at a source as closely as is due, plans its next look and sends what came of it."""
        try:
            begun = monotonic()
            rhythm = await asyncio.to_thread(self._plan.choose_rhythm, source)
            settlement = await look_at(self._app, self._crawls, source, rhythm)
            gc.collect()  # a crawl is one knot of cycles, pages and all: it goes with the look it was for
            log.info("%s: %s", source.name, settlement.in_words())
            self._vitals.note_run(settlement, monotonic() - begun)
        finally:
            await asyncio.to_thread(self._plan.plan_next, source)
        await self.deliver()

    async def keep_alone(self) -> None:
        """Holds on to being the only daemon; PostgreSQL forgets it when it is restarted."""
        try:
            await asyncio.to_thread(self._keep_lock)
        except LockTakenError as taken:
            self._rival = taken
            self._stopping.set()

    async def tell_all_clear(self) -> None:
        """Tells that all is clear this morning, or what is not."""
        event = await asyncio.to_thread(tell_all_clear, self._app, MAIN_SOURCE)
        log.info("%s", compose_message(event).notice)
        await self.deliver()

    async def tidy(self) -> None:
        """Forgets what is older than it is kept for."""
        log.info("%s", await asyncio.to_thread(tidy, self._app))

    async def deliver(self) -> None:
        """Sends what is due; a thread of its own, since channels may be slow."""
        figures = await asyncio.to_thread(self._app.deliver, SLOW_CHANNEL)
        self._vitals.note_delivery(figures)
        if figures.attempted:
            log.info("deliveries: %s", figures.in_words())

    async def _guarded(self, job: Callable[[], Awaitable[None]]) -> None:
        """Runs a job so that its failure is told and the next one still comes."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a coroutine that runs has its task
        self._under_way.add(task)
        try:
            await job()
        except Failure as failure:
            log.error("%s", failure)
        except Exception:  # the job's edge: whatever broke must not end the watch
            log.exception("a job failed; it will be tried again at its next time")
        finally:
            self._under_way.discard(task)

    async def _stop(self) -> None:
        """Ends in good order: nothing new starts, what is under way may end, up to a deadline."""
        log.info("stopping")
        self._vitals.pulse.stopping()
        self._scheduler.pause()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await self._crawls.stop()
                await asyncio.gather(*self._under_way, return_exceptions=True)
        except TimeoutError:
            log.warning(
                "still busy after %.0f s; what is unfinished is done again at the next start", STOP_WITHIN
            )
        self._scheduler.shutdown(wait=False)
