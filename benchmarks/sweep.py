"""What a whole sweep weighs: a real crawl of ever more unchanged pages, and the memory it takes.

    python -m benchmarks.sweep [--pages 5000 12000]

Each size is measured in a process of its own, on a fresh state that knows every page: the search, a hundred
rows a page, then each page, answered "not modified" on loopback; verdict and settlement included. Fails where
a page more takes more memory than the ceiling allows.
"""

import argparse
import asyncio
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import process_time
from urllib.parse import urlsplit

from benchmarks import many, scale
from benchmarks.floors import find_excesses, load_ceilings
from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.sources.watched import choose_sources
from letterwatch.watching.crawl import Crawls
from letterwatch.watching.looks import look_at
from state import Rhythm, Store

SIZES = (5_000, 12_000)


class _Site(BaseHTTPRequestHandler):
    """The search in pages of a hundred; no page of an authority ever changed."""

    protocol_version = "HTTP/1.1"
    pages = 0

    def do_GET(self) -> None:
        if self.path.startswith("/provider/"):
            self._answer(304, b"")
        elif self.path.startswith("/search"):
            start = re.search(r"\bstart=(\d+)", self.path)
            self._answer(200, _render(int(start[1]) if start else 0, self.pages).encode())
        else:
            self._answer(404, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def _render(first: int, pages: int) -> str:
    last = min(first + scale.ROWS, pages)
    rows = "".join(
        '<li class="search-result"><h3 class="search-result__title">'
        f'<a href="/provider/44/{scale.urn_of(number)}">Provider {number}</a></h3>'
        '<ul class="search-result__provider-info"><li>Latest report: '
        "<time>22 August 2024</time></li></ul></li>"
        for number in range(first, last)
    )
    following = f'<a class="pagination__next" href="/search?start={last}">Next</a>' if last < pages else ""
    return (
        f'<html><body><strong class="results-count">{pages}</strong><ul>{rows}</ul>{following}</body></html>'
    )


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """The site's address; it is served by a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sweep", "--serve", str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def serve(pages: int) -> None:
    """Serves until it is ended; its address is its first line."""
    _Site.pages = pages
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


def fill(url: str, pages: int, base: str) -> None:
    """A state that has settled a sweep of all pages."""
    many.SITE = scale.SITE = base
    many.make_publications(url, pages, pages=pages)
    store = Store.open(url, rehearsal=False)
    scale.settle(store, scale.make_take(pages, scale.NOW, first=True), scale.NOW)
    store.close()


async def sweep(folder: str, pages: int, base: str) -> dict[str, float]:
    """Sweeps the site once."""
    config = Config.model_validate(
        {
            "state": {"url": f"sqlite:///{folder}/state.db", "archive": f"{folder}/archive"},
            "http": {"requests_per_second": 1_000, "requests_per_day": 1_000_000},
            "ofsted": {"reports_url": base, "files_hosts": [urlsplit(base).netloc], "stale": "366d"},
        }
    )
    Path(folder, "archive").mkdir()
    with open_app(config, Clock()) as app:
        (source,) = choose_sources(config, ["ofsted"])
        begun = process_time()
        settlement = await look_at(app, Crawls(config), source, Rhythm.SWEEP)
        assert settlement.verdict.figures["pages_unmodified"] == pages, settlement
        cpu = process_time() - begun
    return {"cpu": cpu, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure(pages: int) -> dict[str, float]:
    """CPU seconds and peak MB of one sweep; the state was filled by another process."""
    with tempfile.TemporaryDirectory() as folder, serving(pages) as base:
        own = [sys.executable, "-m", "benchmarks.sweep", "--pages", str(pages), "--at", base, folder]
        subprocess.run([*own, "--fill"], check=True)
        done = subprocess.run(own, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"{pages:8,} {figures['cpu'] * 1000 / pages:12.2f} {figures['peak']:8.0f}", flush=True)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--at", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.serve:
        serve(wish.serve)
        return 0
    if wish.at:
        base, folder = wish.at
        (pages,) = wish.pages
        if wish.fill:
            fill(f"sqlite:///{folder}/state.db", pages, base)
        else:
            print(json.dumps(asyncio.run(sweep(folder, pages, base))))
        return 0
    print(f"{'pages':>8} {'CPU ms/page':>12} {'peak MB':>8}")
    taken = {pages: measure(pages) for pages in sorted(wish.pages)}
    if len(taken) < 2:
        return 0
    (small, less), (large, more) = list(taken.items())[-2:]
    grown = {"swept_kb_a_page": (more["peak"] - less["peak"]) * 1000 / (large - small)}
    print(f"KB of memory a page more: {grown['swept_kb_a_page']:.2f}")
    excesses = find_excesses(grown, load_ceilings("scale"))
    for line in excesses:
        print(line)
    return 1 if excesses else 0


if __name__ == "__main__":
    sys.exit(main())
