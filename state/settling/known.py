"""What a crawl is told before it starts: known ids, documents to ask for again, validators, robots."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from state.records.takes import KnownAuthority, PublicationSighting, Validators
from state.settling.diff import GONE_AFTER, GONE_AFTER_LOOKS
from state.settling.filing import SHELVES, read_sighting
from state.storage.batches import in_batches
from state.storage.database import insert_or_skip
from state.storage.schema import authorities, publications, robots, validators

RECHECK_FOR = timedelta(days=60)  # after publication, a document may still be amended
RECHECK_EVERY = timedelta(days=1)
LONGEST_WAIT = timedelta(days=1)  # between two tries for a document that never came
ROBOTS_FOR = timedelta(days=1)

_Sightings = dict[str, list[PublicationSighting]]


def load_known(connection: sa.Connection, urns: Collection[str], now: datetime) -> dict[str, KnownAuthority]:
    """Those of some authorities that are known, by URN, with their ids and what to ask for again."""
    known: dict[str, KnownAuthority] = {}
    for batch in in_batches(urns):
        known |= _load_batch(connection, batch, now)
    return known


def _load_batch(connection: sa.Connection, urns: list[str], now: datetime) -> dict[str, KnownAuthority]:
    own, of = publications.c.urn.in_(urns), authorities.c
    file_ids = defaultdict(set)
    for urn, file_id in connection.execute(sa.select(publications.c.urn, publications.c.file_id).where(own)):
        file_ids[urn].add(file_id)
    awaiting, recheck = _find_awaiting(connection, own, now), _find_recheck(connection, own, now)
    pages = sa.select(of.urn, of.name, of.latest_report_on).where(of.urn.in_(urns))
    return {
        row.urn: KnownAuthority(
            urn=row.urn,
            name=row.name,
            latest_report_on=row.latest_report_on,
            file_ids=frozenset(file_ids[row.urn]),
            awaiting=tuple(awaiting[row.urn]),
            recheck=tuple(recheck[row.urn]),
        )
        for row in connection.execute(pages)
    }


def find_recent(connection: sa.Connection, since: date, until: date) -> list[str]:
    """The authorities whose newest report, as far as it was looked at, is of these days."""
    newest = authorities.c.latest_report_on
    return list(connection.scalars(sa.select(authorities.c.urn).where(newest.between(since, until))))


def find_waiting(connection: sa.Connection, now: datetime) -> list[str]:
    """The authorities with documents that are to be asked for again."""
    of_any = sa.true()
    awaiting, recheck = _find_awaiting(connection, of_any, now), _find_recheck(connection, of_any, now)
    return sorted({*awaiting, *recheck})


def load_validators(connection: sa.Connection, urls: Collection[str]) -> dict[str, Validators]:
    """The validators of the last settled good looks at some URLs, by URL."""
    return {
        row.url: Validators(row.etag, row.last_modified, row.body_sha256, row.parser_version)
        for batch in in_batches(urls)
        for row in connection.execute(sa.select(validators).where(validators.c.url.in_(batch)))
    }


def load_robots(connection: sa.Connection, host: str, now: datetime) -> str | None:
    """A host's robots.txt if it was fetched within a day, a clock set back by less than that or not."""
    fresh = robots.c.fetched_at.between(now - ROBOTS_FOR, now + ROBOTS_FOR)
    return connection.scalar(sa.select(robots.c.text).where(robots.c.host == host, fresh))


def keep_robots(connection: sa.Connection, host: str, text: str, now: datetime) -> None:
    """Remembers a host's robots.txt."""
    row = {"host": host, "text": text, "fetched_at": now}
    connection.execute(insert_or_skip(connection, robots).values(row))  # others may be first at this moment
    connection.execute(sa.update(robots).where(robots.c.host == host).values(row))


def _find_awaiting(connection: sa.Connection, own: sa.ColumnElement[bool], now: datetime) -> _Sightings:
    """Entries without a document: every run at first, then in steps of a quarter of their age."""
    wanted = publications.c.version_id.is_(None) & publications.c.withdrawn_at.is_(None)
    awaiting: _Sightings = defaultdict(list)
    for row in connection.execute(SHELVES.where(own & wanted).order_by(publications.c.id)):
        tried_at = row.tried_at or row.first_seen_at
        due_at = tried_at + min((tried_at - row.first_seen_at) / 4, LONGEST_WAIT)
        if now >= due_at or tried_at > now:  # tried before the clock was set back
            awaiting[row.urn].append(read_sighting(row))
    return awaiting


def _find_recheck(connection: sa.Connection, own: sa.ColumnElement[bool], now: datetime) -> _Sightings:
    """Documents to ask for again: recent ones daily, and those that may have been withdrawn."""
    have = publications.c.version_id.is_not(None) & publications.c.withdrawn_at.is_(None)
    due = (publications.c.checked_at <= now - RECHECK_EVERY) | (publications.c.checked_at > now)
    recent = publications.c.published_on >= (now - RECHECK_FOR).date()
    ripe = (publications.c.missing_looks >= GONE_AFTER_LOOKS) & (
        publications.c.missing_since <= now - GONE_AFTER
    )
    recheck: _Sightings = defaultdict(list)
    wanted = own & have & due & (recent | ripe)
    for row in connection.execute(SHELVES.where(wanted).order_by(publications.c.id)):
        recheck[row.urn].append(read_sighting(row))
    return recheck
