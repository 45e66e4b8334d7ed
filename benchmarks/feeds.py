"""What a round over 300 feeds costs, 5% of them changed, beside bare programs that do the same requests.

    python -m benchmarks.feeds [--feeds 300] [--rounds 5]

Each program runs in a process of its own against one server on loopback: a first round that reads all, then
rounds in which one feed in twenty has changed. Printed are requests, bytes, CPU and memory of these rounds.
"""

# ruff: noqa: PLC0415  each program loads only what it needs: memory is measured

import argparse
import asyncio
import json
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time

from aiohttp import ClientSession, web

CHANGED = 20  # one feed in so many changes from round to round
MOST_TIMES_SCRAPY = 1.3  # of CPU, in the same run
ITEMS = 50
_FILLER = (
    "The council said that the work would go on until the spring and thanked residents for their patience. "
    * 7
)
Round = Callable[[], Awaitable[None]]


def make_feed(number: int, version: int) -> bytes:
    """A feed of 44 KB of everyday news."""
    at = format_datetime(datetime.now(UTC))
    items = "".join(
        f"<item><title>Road works {number}-{version}-{item}</title><description>{_FILLER}</description>"
        f"<link>/news/story-{1000000 + item}</link><pubDate>{at}</pubDate></item>"
        for item in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>Paper {number}</title>{items}</channel></rss>'.encode()


def serve(feeds: int, out: Connection) -> None:
    """The server's process: /feed/N with an ETag, /turn changes some, /count tells what was asked."""
    versions = [0] * feeds
    bodies = {(number, 0): make_feed(number, 0) for number in range(feeds)}
    counts = {"requests": 0, "bytes": 0, "turn": 0}

    async def feed(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        version = versions[number]
        counts["requests"] += 1
        if request.headers.get("If-None-Match") == f'"{version}"':
            return web.Response(status=304)
        body = bodies.setdefault((number, version), make_feed(number, version))
        counts["bytes"] += len(body)
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": f'"{version}"'})

    async def turn(_request: web.Request) -> web.Response:
        for number in range(counts["turn"] % CHANGED, feeds, CHANGED):
            versions[number] += 1
        counts["turn"] += 1
        return web.Response()

    async def count(_request: web.Request) -> web.Response:
        return web.json_response(counts)

    async def run() -> None:
        app = web.Application()
        app.add_routes([web.get("/feed/{number}", feed), web.get("/turn", turn), web.get("/count", count)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        out.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(run())


async def ask(url: str) -> str:
    """One request besides the measured ones."""
    async with ClientSession() as session, session.get(url) as answer:
        return await answer.text()


async def measure(base: str, rounds: int, one_round: Round) -> dict[str, float]:
    """Runs the first round, then the measured ones."""
    await one_round()
    before, cpu = json.loads(await ask(f"{base}/count")), 0.0
    for _ in range(rounds):
        await ask(f"{base}/turn")
        begun = process_time()
        await one_round()
        cpu += process_time() - begun
    after = json.loads(await ask(f"{base}/count"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "requests": (after["requests"] - before["requests"]) / rounds,
        "kb": (after["bytes"] - before["bytes"]) / rounds / 1000,
        "cpu": cpu / rounds,
        "mb": peak,
    }


async def bare_aiohttp(base: str, feeds: int, rounds: int) -> dict[str, float]:
    etags: dict[int, str] = {}

    async def one_round() -> None:
        gate = asyncio.Semaphore(16)
        async with ClientSession() as session:

            async def get(number: int) -> None:
                headers = {"If-None-Match": etags[number]} if number in etags else {}
                async with gate, session.get(f"{base}/feed/{number}", headers=headers) as answer:
                    await answer.read()
                    etags[number] = answer.headers.get("ETag", etags.get(number, ""))

            await asyncio.gather(*map(get, range(feeds)))

    return await measure(base, rounds, one_round)


async def bare_scrapy(base: str, feeds: int, rounds: int) -> dict[str, float]:
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerRunner

    etags: dict[str, str] = {}

    class Bare(Spider):
        name = "bare"

        async def start(self):  # type: ignore[no-untyped-def]
            for number in range(feeds):
                url = f"{base}/feed/{number}"
                yield Request(url, headers={"If-None-Match": etags[url]} if url in etags else {})

        async def parse(self, response):  # type: ignore[no-untyped-def]
            if response.status == 200:
                etags[response.url] = response.headers[b"ETag"].decode()

    settings = {
        "TWISTED_REACTOR_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }
    runner = AsyncCrawlerRunner(settings)

    async def one_round() -> None:
        await runner.crawl(Bare)

    return await measure(base, rounds, one_round)


async def letterwatch(base: str, feeds: int, rounds: int) -> dict[str, float]:
    from letterwatch.app import open_app
    from letterwatch.clock import Clock
    from letterwatch.config import Config
    from letterwatch.sources.watched import choose_sources
    from letterwatch.watching.crawl import Crawls
    from letterwatch.watching.looks import look_at
    from state import Rhythm

    with tempfile.TemporaryDirectory() as folder:
        config = Config.model_validate(
            {
                "state": {"url": f"sqlite:///{folder}/state.db", "archive": str(Path(folder) / "archive")},
                "http": {"requests_per_second": 1000, "requests_per_day": 1_000_000},
                "news": [{"name": f"Paper {each}", "feed": f"{base}/feed/{each}"} for each in range(feeds)],
            }
        )
        with open_app(config, Clock()) as app:
            crawls = Crawls(config)
            [source] = choose_sources(config, ["news"])

            async def one_round() -> None:
                settlement = await look_at(app, crawls, source, Rhythm.SWEEP)
                assert settlement.verdict.verdict == "ok", settlement.verdict

            return await measure(base, rounds, one_round)


PROGRAMS = {"bare aiohttp": bare_aiohttp, "bare Scrapy, long-lived": bare_scrapy, "letterwatch": letterwatch}


def run_program(name: str, base: str, feeds: int, rounds: int, out: Connection) -> None:
    out.send(asyncio.run(PROGRAMS[name](base, feeds, rounds)))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    wish = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    figures: dict[str, dict[str, float]] = {}
    for name in PROGRAMS:
        here, there = context.Pipe()
        server = context.Process(target=serve, args=(wish.feeds, there), daemon=True)
        server.start()
        base = f"http://127.0.0.1:{here.recv()}"
        program = context.Process(target=run_program, args=(name, base, wish.feeds, wish.rounds, there))
        program.start()
        figures[name] = here.recv() if here.poll(600) else {}
        program.join(10)
        server.terminate()
        server.join(10)
    print(f"{wish.feeds} feeds, one in {CHANGED} changed; a round, the mean of {wish.rounds}:")
    for name, one in figures.items():
        each = one["cpu"] / wish.feeds * 1000
        asked = f"{one['requests']:6.0f} requests {one['kb']:7.0f} KB"
        print(f"  {name:24} {asked} {each:6.2f} ms CPU a feed {one['mb']:5.0f} MB")
    ratio = figures["letterwatch"]["cpu"] / figures["bare Scrapy, long-lived"]["cpu"]
    print(f"letterwatch, state included, is {ratio:.2f} times bare Scrapy (at most {MOST_TIMES_SCRAPY})")
    return 0 if ratio <= MOST_TIMES_SCRAPY else 1


if __name__ == "__main__":
    sys.exit(main())
