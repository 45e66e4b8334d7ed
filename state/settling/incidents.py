"""Incidents: a source that is not well, from its first bad run to its first good one, and who hears when."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from state.records.events import Event, SourceFacts
from state.records.rows import IncidentRow
from state.records.takes import PageLook, RunVerdict
from state.records.vocabulary import EventName, Verdict
from state.storage.schema import incidents

TELL_AGAIN_AFTER = timedelta(hours=23)  # daily, whatever the minute of that day's look
SET_BACK = timedelta(hours=1)  # a clock set back by less puts a day's telling off by as much
TELL_DEGRADED_AFTER = timedelta(hours=24)  # a page not reached once is no news, for a day it is
_NAMES = {
    Verdict.BROKEN: EventName.SOURCE_BROKEN,
    Verdict.BLOCKED: EventName.SOURCE_BLOCKED,
    Verdict.STALE: EventName.SOURCE_STALE,
    Verdict.DEGRADED: EventName.SOURCE_DEGRADED,
    Verdict.OK: EventName.SOURCE_RECOVERED,
}


def follow_incident(
    connection: sa.Connection,
    source: str,
    verdict: RunVerdict,
    *,
    now: datetime,
    run_id: int | None = None,
    broke: PageLook | None = None,
    again_after: timedelta = TELL_AGAIN_AFTER,
    untold: bool = False,
) -> Event | None:
    """Opens, changes or closes a source's incident after a run; the event to be told of it, if any.

    Told once per change and daily while it lasts, or every `again_after`. A degraded source is told of only
    once it has been so for a day, and its recovery only if it was. What stays `untold` for now, since
    another source's incident tells it, is told after the first run in which it does not.
    """
    standing = find_incident(connection, source)
    if verdict.verdict is Verdict.OK:
        return _close(connection, standing, verdict, now) if standing else None
    if standing and verdict.verdict is Verdict.DEGRADED is not standing.verdict:
        told = _close(connection, standing, verdict, now)  # what failed works again, if not all of it
        _open(connection, source, verdict, now=now, run_id=run_id, broke=broke)
        return told
    if standing is None:
        standing = _open(connection, source, verdict, now=now, run_id=run_id, broke=broke)
    elif verdict.verdict is not standing.verdict:
        standing = _change(connection, standing, verdict, now=now, run_id=run_id, broke=broke)
    return None if untold else _tell(connection, standing, verdict, now, again_after)


def find_incident(connection: sa.Connection, source: str) -> IncidentRow | None:
    """A source's incident that is not closed yet."""
    still_open = (incidents.c.source == source) & incidents.c.closed_at.is_(None)
    row = connection.execute(sa.select(incidents).where(still_open)).one_or_none()
    return _show(row) if row else None


def list_incidents(connection: sa.Connection, limit: int, *, open_only: bool = False) -> list[IncidentRow]:
    """The latest incidents, newest first."""
    statement = sa.select(incidents).order_by(incidents.c.id.desc()).limit(limit)
    if open_only:
        statement = statement.where(incidents.c.closed_at.is_(None))
    return [_show(row) for row in connection.execute(statement)]


def close_unwatched(connection: sa.Connection, watched: Collection[str], now: datetime) -> list[str]:
    """Ends the incidents of sources that are not watched, which no run would end; whose they were."""
    still_open = incidents.c.closed_at.is_(None) & incidents.c.source.not_in(watched)
    statement = sa.update(incidents).where(still_open).values(closed_at=now)
    return sorted(set(connection.scalars(statement.returning(incidents.c.source))))


def _open(
    connection: sa.Connection,
    source: str,
    verdict: RunVerdict,
    *,
    now: datetime,
    run_id: int | None,
    broke: PageLook | None,
) -> IncidentRow:
    row = {"source": source, "opened_at": now} | _values(verdict, now, run_id, broke)
    statement = sa.insert(incidents).values(row).returning(incidents)
    return _show(connection.execute(statement).one())


def _change(
    connection: sa.Connection,
    standing: IncidentRow,
    verdict: RunVerdict,
    *,
    now: datetime,
    run_id: int | None,
    broke: PageLook | None,
) -> IncidentRow:
    """Another verdict than before: it is told anew."""
    values = _values(verdict, now, run_id, broke) | {"told_at": None}
    statement = sa.update(incidents).where(incidents.c.id == standing.id).values(values)
    return _show(connection.execute(statement.returning(incidents)).one())


def _close(
    connection: sa.Connection, standing: IncidentRow, verdict: RunVerdict, now: datetime
) -> Event | None:
    connection.execute(sa.update(incidents).where(incidents.c.id == standing.id).values(closed_at=now))
    if standing.told_at is None:
        return None
    facts = SourceFacts(
        name=standing.source,
        verdict=verdict.verdict,
        cause=verdict.cause,
        since_at=now,
        day=_count_days(standing, now),
    )
    return _event(EventName.SOURCE_RECOVERED, facts, now)


def _tell(
    connection: sa.Connection,
    standing: IncidentRow,
    verdict: RunVerdict,
    now: datetime,
    again_after: timedelta,
) -> Event | None:
    """The incident's event where it is due: at its change, and again while it lasts."""
    due = standing.told_at + again_after if standing.told_at else standing.changed_at
    if standing.told_at is None and standing.verdict is Verdict.DEGRADED:
        due = standing.opened_at + TELL_DEGRADED_AFTER
    if standing.told_at is not None and standing.told_at - now > SET_BACK:
        due = now  # it was told before the clock was set back
    if now < due:
        return None
    values = {"told_at": now, "cause": verdict.cause}
    connection.execute(sa.update(incidents).where(incidents.c.id == standing.id).values(values))
    facts = SourceFacts(
        name=standing.source,
        verdict=standing.verdict,
        cause=verdict.cause,
        since_at=standing.opened_at,
        day=_count_days(standing, now),
        page_url=standing.page_url,
        page_sha256=standing.page_sha256,
    )
    return _event(_NAMES[standing.verdict], facts, now)


def _event(name: EventName, facts: SourceFacts, now: datetime) -> Event:
    return Event(key=f"{name.value}/{facts.name}/{now:%Y%m%dT%H%M%S.%f}", name=name, at=now, source=facts)


def _count_days(standing: IncidentRow, now: datetime) -> int:
    return max(0, (now - standing.opened_at).days) + 1


def _values(
    verdict: RunVerdict, now: datetime, run_id: int | None, broke: PageLook | None
) -> dict[str, object]:
    return {
        "verdict": verdict.verdict.value,
        "cause": verdict.cause,
        "changed_at": now,
        "run_id": run_id,
        "page_url": broke.url if broke else None,
        "page_sha256": broke.page_sha256 if broke else None,
    }


def _show(row: sa.Row[tuple[object, ...]]) -> IncidentRow:
    return IncidentRow(
        id=row.id,
        source=row.source,
        verdict=Verdict(row.verdict),
        cause=row.cause,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        told_at=row.told_at,
        closed_at=row.closed_at,
        run_id=row.run_id,
        page_url=row.page_url,
        page_sha256=row.page_sha256,
    )
