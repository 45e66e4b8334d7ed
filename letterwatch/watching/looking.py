"""What every engine does with a source that is due, and with what there is to send."""

import asyncio
import gc
import logging
from collections.abc import Callable
from itertools import count
from time import monotonic

from letterwatch.app import App
from letterwatch.sources.watched import WatchedSource
from letterwatch.vitals.signs import Vitals
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.looks import look_at
from letterwatch.watching.plan import Plan
from state import Settlement, Take

log = logging.getLogger(__name__)

WALK_ALL_EVERY = 100  # looks
SLOW_CHANNEL = 5.0  # seconds that others wait for a channel before they go on without it


class Looker:
    """Looks and delivers, and tells of both; `worker` is its name where several share the work."""

    def __init__(
        self, app: App, crawls: Crawls, plan: Plan, vitals: Vitals, worker: str | None = None
    ) -> None:
        self._app = app
        self._crawls = crawls
        self._plan = plan
        self._vitals = vitals
        self._worker = worker
        self._collector = Collector()

    async def look(
        self,
        source: WatchedSource,
        plan: Callable[[Take], object] = lambda _take: None,
        limit: float | None = None,
    ) -> Settlement:
        """Looks at a source as closely as is due; `plan` is called before another may look.

        `limit`: seconds after which the look ends early, with what it has seen by then.
        """
        begun = monotonic()
        rhythm = await asyncio.to_thread(self._plan.choose_rhythm, source)
        settlement = await look_at(
            self._app, self._crawls, source, rhythm, worker=self._worker, limit=limit, plan=plan
        )
        self._collector.collect()
        log.info("%s: %s", source.name, settlement.in_words())
        self._vitals.note_run(settlement, monotonic() - begun)
        return settlement

    async def deliver(self) -> None:
        """Sends what is due; a thread of its own, since channels may be slow."""
        figures = await asyncio.to_thread(self._app.deliver, SLOW_CHANNEL)
        self._vitals.note_delivery(figures)
        if figures.attempted:
            log.info("deliveries: %s", figures.in_words())


class Collector:
    """Frees the knot of cycles that a crawl is, pages and all, with the look it was for.

    What outlived a look is walked through only now and then: doing it each time took a third of a poll.
    """

    def __init__(self) -> None:
        self._turns = count()

    def collect(self) -> None:
        """Frees what the last look left."""
        if next(self._turns) % WALK_ALL_EVERY == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
