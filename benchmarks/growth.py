"""Ten years of a busy installation, written as the app writes them and pruned every simulated night.

Run: `python -m benchmarks.growth [--years 10]`. Fails where a year's growth is more than its letters, and
what was told of them, explain.
"""

import argparse
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from benchmarks.many import make_publications
from state import Archive, Keep, Store
from state.storage.database import Database, parse_url
from state.storage.schema import attempts, events, looks, outbox, runs

START = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
RUNS = 450  # a day: Ofsted every 10 minutes, news every 5, sweeps and GOV.UK
FAILED_LOOKS = 60  # a day
NOTICES = 4  # a day, to operators, on 3 channels
LETTERS = 3  # a day, each told to 20 subscribers
SUBSCRIBERS = 20
KEEP = Keep(*(timedelta(days=days) for days in (90, 30, 90, 90, 366)))
_FIGURES = dict.fromkeys(("pages", "pages_failed", "entries", "documents", "bytes", "search_rows"), 153)


def live_a_day(connection: sa.Connection, now: datetime, day: int) -> None:
    """The rows of one day."""
    first = day * RUNS + 1
    made = [
        {
            "id": first + number,
            "source": ("ofsted", "news", "govuk")[number % 3],
            "rhythm": "poll",
            "started_at": now,
            "settled_at": now + timedelta(seconds=number),
            "verdict": "ok",
            "figures": _FIGURES,
        }
        for number in range(RUNS)
    ]
    connection.execute(sa.insert(runs), made)
    failed = [
        {
            "run_id": first + number,
            "url": f"https://reports.ofsted.gov.uk/provider/44/{80_000 + number}",
            "page": "provider",
            "outcome": "transient",
            "cause": "timed out",
            "at": now,
        }
        for number in range(FAILED_LOOKS)
    ]
    connection.execute(sa.insert(looks), failed)
    for number in range(NOTICES):
        tell(connection, f"source.broken/{day}/{number}", now, 3, 1_000)
    for number in range(LETTERS):
        tell(connection, f"publication.new/{day}/{number}", now, SUBSCRIBERS, 30_000)


def tell(connection: sa.Connection, key: str, now: datetime, recipients: int, size: int) -> None:
    """An event with its deliveries, one failed attempt each and then a good one."""
    statement = sa.insert(events).values(
        key=key, name=key.partition("/")[0], at=now, facts='{"text": "' + "x" * size + '"}'
    )
    event_id = connection.execute(statement.returning(events.c.id)).scalar_one()
    ids = [f"{key}/{number}" for number in range(recipients)]
    rows = [
        {
            "id": each,
            "event_id": event_id,
            "subscription": each,
            "recipient": "",
            "channel": "newsdesk",
            "state": "sent",
            "created_at": now,
            "due_at": now,
            "attempts": 2,
            "sent_at": now,
            "receipt": "ok",
        }
        for each in ids
    ]
    connection.execute(sa.insert(outbox), rows)
    tried = [
        {"delivery_id": each, "started_at": now, "ended_at": now, "outcome": outcome}
        for each in ids
        for outcome in ("retry", "sent")
    ]
    connection.execute(sa.insert(attempts), tried)


def main() -> int:
    """The size at the end of every year; 1 where it grows by more than its letters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    years = parser.parse_args().years
    began = time.process_time()
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        url, archive = f"sqlite:///{folder}/state.db", Archive(f"{folder}/archive")
        make_publications(url, 2_000)
        database = Database(parse_url(url))
        with closing(Store.open(url, rehearsal=False)) as store, closing(database):
            print(
                f"{'year':>4} {'database MB':>12} {'runs':>7} {'looks':>7} {'deliveries':>11} {'pruned':>8}"
            )
            for year in range(years):
                pruned = 0
                for day in range(year * 365, (year + 1) * 365):
                    now = START + timedelta(days=day)
                    with database.writing() as connection:
                        live_a_day(connection, now, day)
                    if day % 7 == 0:  # nightly in truth: a week's rows at once are the harder case
                        pruned += sum(store.prune(archive, KEEP, now=now).rows.values())
                        store.tidy_up()
                sizes.append(store.measure().total / 1e6)
                with database.reading() as connection:
                    counts = [
                        connection.scalar(sa.select(sa.func.count()).select_from(table))
                        for table in (runs, looks, outbox)
                    ]
                told = " ".join(f"{count:{width},}" for count, width in zip(counts, (7, 7, 11), strict=True))
                print(f"{year + 1:4} {sizes[-1]:12.1f} {told} {pruned:8,}", flush=True)
    letters = 365 * LETTERS * (30_000 + SUBSCRIBERS * 700) / 1e6
    growth = sizes[-1] - sizes[-2] if years > 1 else 0.0
    print(f"last year: {growth:+.1f} MB, of which letters and their alerts explain {letters:.0f} MB")
    print(f"CPU {time.process_time() - began:.0f} s")
    return int(growth > 1.25 * letters)


if __name__ == "__main__":
    sys.exit(main())
