"""One look at one source: lock, crawl, settle. And one full pass: every source, then what is due to send."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from letterwatch.app import App
from letterwatch.failures import EXIT_SOURCE, EXIT_STOPPED
from letterwatch.sources.watched import WatchedSource
from letterwatch.vitals.health import MAIN_SOURCE
from letterwatch.vitals.pinging import Pinger
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.desk import StateDesk
from letterwatch.watching.stopping import stoppable
from notifier import DeliveryFigures
from scraper.coverage import link_article
from scraper.letters import compare_versions
from state import PageLook, Rhythm, Settlement, Take


def ignore_look(_look: PageLook) -> None:
    """Nobody watches the progress."""


async def look_at(
    app: App,
    crawls: Crawls,
    source: WatchedSource,
    rhythm: Rhythm,
    *,
    arguments: Mapping[str, str] | None = None,
    announce_since: date | None = None,
    notice: Callable[[PageLook], None] = ignore_look,
    worker: str | None = None,
    limit: float | None = None,
    plan: Callable[[Take], object] = lambda _take: None,
) -> Settlement:
    """Crawls a source, settles what it brought and plans its next look, under the source's lock."""
    wish = {"source": source.feed} if source.feed else {}
    with app.store.lock(source.name) as turn:
        take = Take(source.name, rhythm, started_at=app.clock.now(), turn=turn.token, worker=worker)
        news = partial(app.news, source.feed)
        desk = await asyncio.to_thread(
            StateDesk, app.clock, app.store, app.archive, app.reader, take, notice, news
        )
        await crawls.run(desk, {**(arguments or {}), **wish}, source.hosts, limit)
        if desk.failure is not None:
            raise desk.failure
        settlement = await asyncio.to_thread(settle, app, take, announce_since)
        await asyncio.to_thread(plan, take)
        return settlement


def settle(app: App, take: Take, announce_since: date | None = None) -> Settlement:
    """Judges a take and writes what may be written of it, in one transaction."""
    return app.store.settle(
        take,
        now=app.clock.now(),
        route=app.route,
        compare=compare_versions,
        flood=app.config.ofsted.flood,
        announce_since=announce_since,
        link=link_article,
        expected=app.config.ofsted.expectations,
    )


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one full pass found, settled and sent."""

    looks: Sequence[Settlement]
    delivery: DeliveryFigures
    unsent: Mapping[str, int]  # deliveries still in the outbox, by state
    stopped: bool = False

    @property
    def exit_code(self) -> int:
        """0: all sources ok; 3: some source broken or blocked; 130: stopped by Ctrl-C."""
        if self.stopped:
            return EXIT_STOPPED
        runs = [run for look in self.looks for run in (look.verdict, *look.feeds.values())]
        return EXIT_SOURCE if any(run.verdict.is_failure for run in runs) else 0


async def check(
    app: App,
    sources: Sequence[WatchedSource],
    *,
    announce_since: date | None = None,
    notice: Callable[[PageLook], None] = ignore_look,
) -> CheckReport:
    """One full pass over the sources, then delivery of what is due; Ctrl-C leaves out what was not begun."""
    crawls = Crawls(app.config)
    looks: list[Settlement] = []
    delivery = DeliveryFigures()
    with stoppable(crawls) as stopped:
        for source in sources:
            if not stopped.is_set():
                rhythm, since = Rhythm.CHOSEN if source.feed else Rhythm.SWEEP, announce_since
                looks.append(await look_at(app, crawls, source, rhythm, announce_since=since, notice=notice))
    if not stopped.is_set():
        delivery = await asyncio.to_thread(app.deliver)
        await asyncio.to_thread(_ping, app, looks)
    unsent = await asyncio.to_thread(app.store.outbox.count_open)
    return CheckReport(looks, delivery, unsent, stopped=stopped.is_set())


def _ping(app: App, looks: Sequence[Settlement]) -> None:
    """Tells the dead man's switch of the main source, where that was looked at."""
    pinger = Pinger(app.config.health)
    for look in looks:
        if look.source == MAIN_SOURCE:
            pinger.tell(good=not look.verdict.verdict.is_failure)
    pinger.wait()
