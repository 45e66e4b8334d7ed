"""The page under load: median and p99 of each address, beside the same queries on bare SQLite.

    python -m benchmarks.page [--publications 50000] [--clients 4] [--requests 60] [--corpus ../shared/corpus]

`letterwatch serve` runs as its own process; several clients ask it at once over loopback. With a corpus its
real documents are read first and measured, too.
"""

import argparse
import asyncio
import http.client
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import sqlalchemy as sa
from rich.console import Console
from sqlalchemy.engine import Engine

from benchmarks.wordy import make_many
from letterwatch.demo.corpus import load_corpus
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.stage import set_up
from state import (
    Kind,
    Store,
    Wanted,
)

CONFIG = '[state]\nurl = "sqlite:///{database}"\narchive = "{archive}"\n[web]\nlisten = "127.0.0.1:{port}"\n'


@dataclass(frozen=True)
class Asked:
    """An address, and what it asks of the state."""

    name: str
    path: str
    query: Callable[[Store], object]


@contextmanager
def served(folder: Path, database: Path, environment: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """`letterwatch serve` over a state."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder / "bench.toml"
    config.write_text(CONFIG.format(database=database, archive=folder / "archive", port=port), "utf-8")
    command = [sys.executable, "-m", "letterwatch", "serve", "--config", str(config)]
    with subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                    break
                except OSError:
                    time.sleep(0.1)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def load(port: int, path: str, clients: int, requests: int) -> list[float]:
    """How long each answer took, in milliseconds, with several clients asking at once."""
    took: list[float] = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(requests // clients):
            began = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            took.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                raise SystemExit(f"{path} answers {answer.status}")
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def record(store: Store, query: Callable[[Store], object]) -> list[tuple[str, Any]]:
    """The SQL that a question to the state comes to."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append((statement, parameters))

    sa.event.listen(Engine, "before_cursor_execute", note)
    try:
        query(store)
    finally:
        sa.event.remove(Engine, "before_cursor_execute", note)
    return statements


def time_bare(database: Path, statements: list[tuple[str, Any]], clients: int, requests: int) -> list[float]:
    """The same statements to bare SQLite, by as many threads, in milliseconds."""
    took: list[float] = []

    def ask() -> None:
        with closing(sqlite3.connect(database)) as connection:
            for _ in range(requests // clients):
                began = time.perf_counter()
                for statement, parameters in statements:
                    connection.execute(statement, parameters).fetchall()
                took.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def list_asked(store: Store) -> Sequence[Asked]:
    """The addresses, with an authority and letters that the state has."""
    rows = [row for row in store.publications() if row.sha256]
    urn = rows[0].urn
    own = [row for row in rows if row.urn == urn]
    new, old = own[0], own[min(1, len(own) - 1)]

    def find(number: int = 1, **wanted: object) -> Callable[[Store], object]:
        return lambda store: store.find_entries(Wanted(**wanted), number=number)  # type: ignore[arg-type]

    def judge(store: Store) -> object:
        return store.judgements()

    phrase = quote('"early help"')
    return [
        Asked("latest", "/", find()),
        Asked("latest, page 100", "/?page=100", find(100)),
        Asked("latest, one kind", "/?kind=send", find(kind=Kind.SEND)),
        Asked("latest, one region", "/?region=London", find(region="London")),
        Asked("search, common word", "/?q=children", find(text="children")),
        Asked("search, two words", "/?q=neglect+permanence", find(text="neglect permanence")),
        Asked("search, phrase", f"/?q={phrase}", find(text='"early help"')),
        Asked("authority", f"/authority/{urn}", lambda store: (store.shelf(urn), store.judgements())),
        Asked("letter", f"/letter/{new.id}", lambda store: store.find_letter(urn, new.file_id)),
        Asked(
            "compare",
            f"/compare?old={old.id}&new={new.id}",
            lambda store: [store.find_letter(urn, each.file_id) for each in (old, new)],
        ),
        Asked("England", "/england", judge),
        Asked("England, a year", "/england?year=2019", judge),
        Asked("sources", "/sources", lambda store: (store.sources(), store.runs(30))),
        Asked("deliveries", "/deliveries", lambda store: store.deliveries(limit=200)),
        Asked("API, a page", "/api/publications", find()),
        Asked("API, search", "/api/publications?q=neglect", find(text="neglect")),
        Asked("API, authorities", "/api/authorities", judge),
        Asked("feed", "/feeds/all.atom", lambda store: store.gists(*(row.id for row in rows[:50]))),
        Asked("badge", f"/badge/{urn}.svg", lambda store: store.shelf(urn)),
        Asked("authority's CSV", f"/authority/{urn}/publications.csv", lambda store: store.shelf(urn)),
    ]


def measure(made: "Made", clients: int, requests: int) -> None:
    """Asks everything and prints a line for each."""
    environment = {"LETTERWATCH_AT": made.at} if made.at else {}
    url = f"sqlite:///{made.database}"
    with (
        closing(Store.open(url, rehearsal=bool(made.at), create=False)) as store,
        served(made.database.parent, made.database, environment) as (port, process),
    ):
        begun = process.memory_info().rss / 1e6
        print(f"\n{made.title}, {clients} clients at once, {requests} requests each address")
        print(f"{'':22}{'page, ms':>18}{'bare SQLite, ms':>20}")
        print(f"{'':22}{'median':>9}{'p99':>9}{'median':>11}{'p99':>9}")
        for asked in list_asked(store):
            statements = record(store, asked.query)
            load(port, asked.path, clients, clients)  # once to warm up
            page = load(port, asked.path, clients, requests)
            bare = time_bare(made.database, statements, clients, requests)
            figures = f"{_median(page):9.1f}{_p99(page):9.1f}{_median(bare):11.1f}{_p99(bare):9.1f}"
            print(f"{asked.name:22}{figures}", flush=True)
        print(f"memory: {begun:.0f} MB at first, {process.memory_info().rss / 1e6:.0f} MB after all")


@dataclass(frozen=True)
class Made:
    """A state to measure; `at` is the moment it is rehearsed at."""

    title: str
    database: Path
    at: str = ""


def _median(took: list[float]) -> float:
    return statistics.median(took)


def _p99(took: list[float]) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * 0.99))]


def read_corpus(folder: Path, corpus: Path) -> Path:
    """A state of real documents, read as the daemon reads them."""
    now = datetime(2026, 7, 29, 9, 0, tzinfo=UTC)
    with Inbox() as inbox, set_up(Console(file=StringIO()), folder, load_corpus(corpus), now, inbox) as stage:
        asyncio.run(stage.look())
    return folder / "letterwatch.db"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--publications", type=int, default=50_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if options.corpus:
            folder = Path(place) / "corpus"
            folder.mkdir()
            database = read_corpus(folder, options.corpus)
            measure(Made("The corpus", database, "2026-07-30T09:00Z"), options.clients, options.requests)
        database = make_many(Path(place), options.publications)
        title = f"{options.publications:,} generated publications"
        measure(Made(title, database), options.clients, options.requests)


if __name__ == "__main__":
    main()
