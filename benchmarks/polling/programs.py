"""The programs that watch: two bare ones as floors, and Letterwatch as its daemon does it.

Each is opened once and then asked for round after round, in one process.
"""

# ruff: noqa: PLC0415  each program loads only what it needs: memory is measured

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be watched: a site, all that a round asks it for, and how much changes between two."""

    base: str
    urls: tuple[str, ...]
    changed_pages: int = 2
    changed_feeds: int = 3

    @property
    def turn_url(self) -> str:
        """Asked for, it makes the site change."""
        return f"{self.base}/turn?pages={self.changed_pages}&feeds={self.changed_feeds}"

    @property
    def feeds(self) -> list[str]:
        """The feeds among it."""
        return [url for url in self.urls if url.startswith(f"{self.base}/feed/")]


Round = Callable[[], Awaitable[None]]
Program = Callable[[Work], AbstractAsyncContextManager[Round]]
AT_ONCE = 16
STEP = timedelta(minutes=31)  # of the clock between two rounds: more than the longest interval


@asynccontextmanager
async def bare_asyncio(work: Work) -> AsyncIterator[Round]:
    """aiohttp, which Scrapy brings along: the least that asking costs in this language."""
    from aiohttp import ClientSession

    etags: dict[str, str] = {}
    async with ClientSession() as session:

        async def one_round() -> None:
            gate = asyncio.Semaphore(AT_ONCE)

            async def get(url: str) -> None:
                headers = {"If-None-Match": etags[url]} if url in etags else {}
                async with gate, session.get(url, headers=headers) as answer:
                    await answer.read()
                    etags[url] = answer.headers.get("ETag", "")

            await asyncio.gather(*map(get, work.urls))

        yield one_round


@asynccontextmanager
async def bare_scrapy(work: Work) -> AsyncIterator[Round]:
    """A spider that asks and keeps validators, no more; run again and again without a reactor."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerRunner

    etags: dict[str, str] = {}

    class Bare(Spider):
        name = "bare"

        async def start(self):  # type: ignore[no-untyped-def]
            for url in work.urls:
                yield Request(url, headers={"If-None-Match": etags[url]} if url in etags else {})

        async def parse(self, response):  # type: ignore[no-untyped-def]
            if response.status == 200:
                etags[response.url] = response.headers[b"ETag"].decode()

    settings = {
        "TWISTED_REACTOR_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "CONCURRENT_REQUESTS": AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }
    runner = AsyncCrawlerRunner(settings)

    async def one_round() -> None:
        await runner.crawl(Bare)

    yield one_round


@asynccontextmanager
async def letterwatch(work: Work) -> AsyncIterator[Round]:
    """The daemon's own looks, a sweep and a round of feeds at a time: state, verdict and plan included."""
    from letterwatch.app import open_app
    from letterwatch.clock import Clock
    from letterwatch.config import Config
    from letterwatch.daemon import Daemon

    class SteppingClock(Clock):
        """The real clock, ahead by as many steps as were taken."""

        ahead = timedelta(0)

        def now(self) -> datetime:
            return super().now() + SteppingClock.ahead

    with tempfile.TemporaryDirectory() as folder:
        config = Config.model_validate(
            {
                "state": {"url": f"sqlite:///{folder}/state.db", "archive": str(Path(folder) / "archive")},
                "http": {"requests_per_second": 1000, "requests_per_day": 1_000_000},
                "ofsted": {
                    "reports_url": work.base,
                    "files_hosts": [work.base.removeprefix("http://")],
                    "sweep": "30m",
                    "flood": 1000,
                    "stale": "366d",
                },
                "feeds": {"poll": "10m"},
                "news": [{"name": f"Paper {number}", "feed": url} for number, url in enumerate(work.feeds)],
            }
        )
        with open_app(config, SteppingClock()) as app:
            daemon = Daemon(app)

            async def one_round() -> None:
                before = len(app.store.runs())
                await daemon.look()
                await daemon.finish()
                runs = app.store.runs()
                assert [run.verdict.value for run in runs[: len(runs) - before]] == ["ok", "ok"], runs[:2]
                SteppingClock.ahead += STEP

            yield one_round


PROGRAMS: Mapping[str, Program] = {
    "bare asyncio (aiohttp)": bare_asyncio,
    "bare Scrapy, long-lived": bare_scrapy,
    "letterwatch": letterwatch,
}
