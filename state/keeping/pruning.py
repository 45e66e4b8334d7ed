"""What is forgotten after a while, and what never is.

Kept for ever: publications, versions, documents, readings, decisions, incidents, coverage, and every event
and delivery about them, since they prove that something was told and keep it from being told again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from state.errors import plain_errors
from state.records.vocabulary import AttemptOutcome, DeliveryState, EventName
from state.storage.archive import Archive
from state.storage.database import Database, find_file
from state.storage.feed_schema import openings
from state.storage.news_schema import articles
from state.storage.schema import (
    attempts,
    decisions,
    documents,
    events,
    incidents,
    looks,
    outbox,
    robots,
    runs,
    spending,
)

RUNS_FOR_JUDGING = 100  # of each source and rhythm, however old: later runs are judged by them
_ROBOTS_FOR = timedelta(days=7)
_AT_ONCE = 5_000  # rows in one transaction
_OPERATORS_ONLY = (EventName.ALL_CLEAR.value, EventName.FLOOD_HELD.value)


@dataclass(frozen=True, slots=True)
class Keep:
    """For how long what may be forgotten is kept."""

    runs: timedelta
    pages: timedelta
    attempts: timedelta
    notices: timedelta
    news: timedelta


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows of each table were, or in a trial would be, forgotten, and how many kept pages."""

    rows: dict[str, int]
    pages: int


@dataclass(frozen=True, slots=True)
class DatabaseSize:
    """Bytes of the database, and how many of them are free for new rows (None on PostgreSQL)."""

    total: int
    free: int | None


@dataclass(frozen=True, slots=True)
class _Rule:
    table: sa.Table
    key: sa.ColumnElement[object]
    where: sa.ColumnElement[bool]


def prune(database: Database, archive: Archive, keep: Keep, *, now: datetime, trial: bool) -> Pruned:
    """Forgets what is older than it is kept for, in short transactions; in a trial only counts it."""
    forgotten: dict[str, int] = {}
    pages = _forget_pages(database, archive, now - keep.pages, trial=trial)
    for rule in _rules(keep, now):
        count = _count(database, rule) if trial else _delete(database, rule)
        forgotten[rule.table.name] = forgotten.get(rule.table.name, 0) + count
    return Pruned({name: count for name, count in forgotten.items() if count}, pages)


def tidy_up(database: Database, *, vacuum: bool) -> None:
    """Brings the journal into the file and the planner's figures up to date; `vacuum` shrinks the file.

    A vacuum needs as much free space as the state takes and keeps writers waiting meanwhile.
    """
    with plain_errors(database.place), database.engine.connect() as connection:
        if database.is_sqlite:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101  a pooled connection that is open has its driver's
            if vacuum:
                driver.execute("VACUUM")
            driver.execute("PRAGMA optimize")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        elif vacuum:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            plain.execute(sa.text("VACUUM ANALYZE"))


def measure(database: Database) -> DatabaseSize:
    """How large the database is, its journal included."""
    file = find_file(database.url)
    with database.reading() as connection:
        if file is None:
            size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
            return DatabaseSize(int(size or 0), None)
        page, free = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_size", "freelist_count")
        )
    parts = (file, file.with_name(f"{file.name}-wal"))
    return DatabaseSize(sum(map(_size_of, parts)), page * free)


def _size_of(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _rules(keep: Keep, now: datetime) -> Iterator[_Rule]:
    """What is forgotten, what hangs on other rows before them."""
    old_looks = looks.c.at < now - keep.runs
    yield _Rule(looks, looks.c.id, old_looks)
    yield _Rule(runs, runs.c.id, _is_spent_run(now - keep.runs, sa.not_(old_looks)))
    yield _Rule(spending, spending.c.on_day, spending.c.on_day < (now - keep.runs).date())
    yield from _notices(now - keep.notices)
    done = sa.select(outbox.c.id).where(outbox.c.state == DeliveryState.SENT.value)
    failed = attempts.c.outcome != AttemptOutcome.SENT.value
    old = attempts.c.started_at < now - keep.attempts
    yield _Rule(attempts, attempts.c.id, old & failed & attempts.c.delivery_id.in_(done))
    since = now - keep.news
    yield _Rule(openings, openings.c.identity, openings.c.opened_at < since)
    stale = articles.c.story_id.is_(None) & sa.not_(articles.c.in_scope) & (articles.c.seen_at < since)
    yield _Rule(articles, articles.c.id, stale)
    yield _Rule(robots, robots.c.host, robots.c.fetched_at < now - _ROBOTS_FOR)


def _is_spent_run(before: datetime, kept_looks: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """An old run that nothing refers to and that no later run is judged by."""
    place = sa.func.row_number().over(partition_by=(runs.c.source, runs.c.rhythm), order_by=runs.c.id.desc())
    numbered = sa.select(runs.c.id, place.label("place")).subquery()
    needed = sa.union_all(
        sa.select(decisions.c.run_id),
        sa.select(events.c.run_id).where(events.c.run_id.is_not(None)),
        sa.select(incidents.c.run_id).where(incidents.c.run_id.is_not(None)),
        sa.select(looks.c.run_id).where(kept_looks),
        sa.select(numbered.c.id).where(numbered.c.place <= RUNS_FOR_JUDGING),
    ).subquery()
    return (runs.c.settled_at < before) & runs.c.id.not_in(sa.select(needed.c.run_id))


def _notices(before: datetime) -> Iterator[_Rule]:
    """What was told to operators alone, once every delivery of it was sent."""
    unsent = sa.select(outbox.c.event_id).where(outbox.c.state != DeliveryState.SENT.value)
    told = sa.select(events.c.id).where(
        events.c.name.in_(_OPERATORS_ONLY) | events.c.name.startswith("source."),
        events.c.at < before,
        events.c.publication_id.is_(None),
        events.c.id.not_in(unsent),
    )
    theirs = sa.select(outbox.c.id).where(outbox.c.event_id.in_(told))
    yield _Rule(attempts, attempts.c.id, attempts.c.delivery_id.in_(theirs))
    yield _Rule(outbox, outbox.c.id, outbox.c.event_id.in_(told))
    yield _Rule(events, events.c.id, events.c.id.in_(told))


def _forget_pages(database: Database, archive: Archive, before: datetime, *, trial: bool) -> int:
    """Takes pages that broke long ago out of the archive; a document is never one of them."""
    old = (looks.c.at < before) & looks.c.page_sha256.is_not(None)
    closed = (incidents.c.closed_at < before) & incidents.c.page_sha256.is_not(None)
    needed = sa.union_all(
        sa.select(documents.c.sha256),
        sa.select(looks.c.page_sha256).where(looks.c.at >= before, looks.c.page_sha256.is_not(None)),
        sa.select(incidents.c.page_sha256).where(
            incidents.c.page_sha256.is_not(None),
            incidents.c.closed_at.is_(None) | (incidents.c.closed_at >= before),
        ),
    )
    with database.reading() as connection:
        kept = set(connection.scalars(needed))
        candidates = set(connection.scalars(sa.select(looks.c.page_sha256).where(old)))
        candidates |= set(connection.scalars(sa.select(incidents.c.page_sha256).where(closed)))
    forgotten = candidates - kept
    if trial:
        return len(forgotten)
    for digest in forgotten:  # first the file: interrupted between the two, it is simply done again
        archive.remove(digest)
    with database.writing() as connection:
        connection.execute(sa.update(looks).where(old).values(page_sha256=None))
        connection.execute(sa.update(incidents).where(closed).values(page_sha256=None))
    return len(forgotten)


def _count(database: Database, rule: _Rule) -> int:
    with database.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(rule.table).where(rule.where)) or 0


def _delete(database: Database, rule: _Rule) -> int:
    total = 0
    some = sa.select(rule.key).select_from(rule.table).where(rule.where).limit(_AT_ONCE)
    while True:
        with database.writing() as connection:
            keys = list(connection.scalars(some))
            if not keys:
                return total
            total += connection.execute(sa.delete(rule.table).where(rule.key.in_(keys) & rule.where)).rowcount
