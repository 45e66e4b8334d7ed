"""The always-on daemon: looks and deliveries on APScheduler's clock, in one asyncio loop."""

import asyncio
import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from letterwatch.app import App
from letterwatch.config.changes import ConfigFile
from letterwatch.sources.watched import WatchedSource
from letterwatch.tidying import every_night, tidy
from letterwatch.vitals.all_clear import every_morning, tell_all_clear
from letterwatch.vitals.health import MAIN_SOURCE
from letterwatch.vitals.signs import Vitals
from letterwatch.vitals.unheard import find_unheard
from letterwatch.watching.chores import Chores
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.looking import Looker
from letterwatch.watching.plan import Plan
from letterwatch.watching.renewal import Renewal
from letterwatch.web import create_app, page_up
from notifier import compose_message
from state import LockTakenError

log = logging.getLogger(__name__)

GLANCE_EVERY = timedelta(seconds=1)  # at the plan, in memory
DELIVER_EVERY = timedelta(seconds=15)
KEEP_EVERY = timedelta(seconds=15)
STOP_WITHIN = 20.0  # seconds that a crawl and sends under way are given to end


class Daemon:
    """Watches until told to stop. Runs of a source never overlap; a missed time is made up once."""

    def __init__(
        self,
        app: App,
        keep_lock: Callable[[], None] = lambda: None,
        config_file: ConfigFile | None = None,
    ) -> None:
        self._app = app
        self._keep_lock = keep_lock
        self._rival: LockTakenError | None = None
        self._vitals = Vitals(app)
        self._crawls = Crawls(app.config, self._vitals.meter)
        self._stopping = asyncio.Event()
        self._renewal = Renewal(config_file, self._vitals.pulse, self._stopping)
        self._chores = Chores()
        self._plan = Plan(app)
        self._looker = Looker(app, self._crawls, self._plan, self._vitals)

    @property
    def begins_anew(self) -> bool:
        """True once it ended so that another takes its place, with the configuration as it is by then."""
        return self._renewal.is_due

    async def run(self) -> None:
        """Runs until SIGTERM, SIGINT or a SIGHUP that is heeded, then ends what is under way and returns.

        Raises LockTakenError where another daemon came to hold the state.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        self.schedule(self._chores)
        self._renewal.schedule(self._chores)
        self._vitals.pulse.schedule(self._chores.scheduler)
        self._chores.scheduler.start()
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
            self._vitals.pulse.ready()
            await self._stopping.wait()
            await self._stop()
        if self._rival:
            raise self._rival

    def schedule(self, chores: Chores) -> None:
        """What is done when."""
        chores.every(GLANCE_EVERY, self.look)
        chores.every(DELIVER_EVERY, self.deliver)
        chores.every(KEEP_EVERY, self.keep_alone)
        chores.on(every_morning(), self.tell_all_clear)
        chores.on(every_night(), self.tidy)

    async def look(self) -> None:
        """Begins a look at every source that is due and not being looked at."""
        for source in self._plan.take_due(self._app.clock.now()):
            self._chores.begin(partial(self._look_at, source))

    async def _look_at(self, source: WatchedSource) -> None:
        """Looks at a source, plans its next look and sends what came of it."""
        try:
            await self._looker.look(source)
        finally:
            await asyncio.to_thread(self._plan.plan_next, source)
        await self.deliver()

    async def keep_alone(self) -> None:
        """Holds on to being the only daemon, also where the lease ran out unnoticed."""
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
        log.info("%s", await asyncio.to_thread(self.tidy_up))

    def tidy_up(self) -> str:
        """What was forgotten, in one line."""
        return tidy(self._app)

    async def deliver(self) -> None:
        """Sends what is due."""
        await self._looker.deliver()

    async def finish(self) -> None:
        """Waits for what is under way."""
        await self._chores.finish()

    async def _stop(self) -> None:
        """Ends in good order: nothing new starts, what is under way may end, up to a deadline."""
        log.info("stopping")
        if not self.begins_anew:
            self._vitals.pulse.stopping()
        self._chores.scheduler.pause()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await self._crawls.stop()
                await self.finish()
        except TimeoutError:
            log.warning(
                "still busy after %.0f s; what is unfinished is done again at the next start", STOP_WITHIN
            )
        self._chores.scheduler.shutdown(wait=False)
        if not (self.begins_anew or self._rival):
            await self._vitals.pulse.end(self.is_last)

    def is_last(self) -> bool:
        """True where nobody else goes on with the watch."""
        return True
