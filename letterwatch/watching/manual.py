"""What makes `scrapy crawl` the same as a check: a Scrapy extension that seats a desk and settles."""

import os
from contextlib import ExitStack
from typing import Any

import click
from scrapy import signals
from scrapy.crawler import Crawler

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.plain_words import clean
from letterwatch.watching.desk import StateDesk
from letterwatch.watching.looks import settle
from scraper.desk import seat
from state import Rhythm, Take, Turn


class ManualCrawl:
    """Opens the app when the crawl begins; settles the take and delivers when it closes."""

    def __init__(self, crawler: Crawler, app: App, turn: Turn, stack: ExitStack) -> None:
        self._app = app
        self._stack = stack
        spider = crawler.spidercls
        now = app.clock.now()
        take = Take(source=spider.name, rhythm=Rhythm.SWEEP, started_at=now, turn=turn.token)
        self._desk = StateDesk(app.clock, app.store, app.archive, app.reader, take, news=app.news)
        seat(crawler, self._desk)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ManualCrawl":
        """Opens the configured app under the source's lock; a failure stops the crawl before it starts."""
        config = load_config(None, os.environ)
        with ExitStack() as stack:
            app = stack.enter_context(open_app(config, Clock.from_environment(os.environ)))
            turn = stack.enter_context(app.store.lock(crawler.spidercls.name))
            return cls(crawler, app, turn, stack.pop_all())

    def spider_closed(self, spider: Any) -> None:
        """Settles what the crawl brought home, sends what is due and says on stderr how it went."""
        with self._stack:
            take = self._desk.take
            take.rhythm = spider.rhythm
            self._desk.close(spider.crawler)
            if self._desk.failure is not None:
                click.echo(clean(f"{take.source}: nothing was settled: {self._desk.failure}"), err=True)
                return
            if not take.looks:
                click.echo(clean(f"{take.source}: nothing was looked at: {take.stopped}"), err=True)
                return
            settlement = settle(self._app, take)
            figures = self._app.deliver()
        click.echo(clean(f"{take.source}: {settlement.in_words()}"), err=True)
        click.echo(f"deliveries: {figures.in_words()}", err=True)
