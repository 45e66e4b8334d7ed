"""A source's own row after a run: its verdict since when, its failures in a row, and its incident."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from state.judging.runs import Judgement
from state.records.events import Event
from state.records.takes import PageLook, RunVerdict
from state.records.vocabulary import Rhythm, Verdict
from state.settling.incidents import TELL_AGAIN_AFTER, find_incident, follow_incident
from state.storage.schema import looks, runs, sources


@dataclass(frozen=True, slots=True)
class SourceRun:
    """What one run says of one source; `broke` is the first page that came home broken.

    `is_void`: nothing of it could be believed. `is_whole`: all of the source was looked at. `run_id` is
    the run's row; a feed that one run looked at among others has none of its own. `told_by_parts`: its
    parts are sources that tell of this themselves, so that it begins no incident of its own. `untold`: its
    incident is told by another source, or later. `is_cut_short`: we ended it ourselves.
    """

    source: str
    verdict: RunVerdict
    is_void: bool
    is_whole: bool
    run_id: int | None = None
    broke: PageLook | None = None
    told_by_parts: bool = False
    untold: bool = False
    is_cut_short: bool = False
    again_after: timedelta = TELL_AGAIN_AFTER


def update_source(connection: sa.Connection, run: SourceRun, *, now: datetime) -> Event | None:
    """The source's state after a run; an event where its incident began, changed, ended or lasts a day more.

    `failures` counts the void runs in a row: a page that fails is no reason to leave the others alone. A run
    that we cut short before it proved anything leaves all as it was.
    """
    before = connection.execute(sa.select(sources).where(sources.c.name == run.source)).one_or_none()
    verdict, failed = run.verdict, run.verdict.verdict.is_failure
    proves_nothing = run.is_cut_short and run.is_void and not failed
    if before is not None and proves_nothing:
        seen = sa.update(sources).where(sources.c.name == run.source).values(last_look_at=now)
        connection.execute(seen)
        return None
    changed = before is None or _soften(Verdict(before.verdict)) is not _soften(verdict.verdict)
    row = {
        "name": run.source,
        "verdict": verdict.verdict.value,
        "cause": verdict.cause,
        "since_at": now if changed or before is None else before.since_at,
        "last_look_at": now,
        "failures": (before.failures if before else 0) + 1 if run.is_void and not proves_nothing else 0,
        "last_good_at": (before.last_good_at if before else None) if failed or run.is_void else now,
        "swept_at": now if run.is_whole else before.swept_at if before else None,
        "baseline_on": (before.baseline_on if before else None) or (now.date() if run.is_whole else None),
    }
    if before is None:
        connection.execute(sa.insert(sources).values(row))
    else:
        connection.execute(sa.update(sources).where(sources.c.name == run.source).values(row))
    if run.told_by_parts and (not failed or find_incident(connection, run.source) is None):
        verdict = RunVerdict(Verdict.OK, verdict.cause, {})
    return follow_incident(
        connection,
        run.source,
        verdict,
        now=now,
        run_id=run.run_id,
        broke=run.broke,
        again_after=run.again_after,
        untold=run.untold,
    )


def _soften(verdict: Verdict) -> Verdict:
    """A page not reached now and then leaves a source as well as it was."""
    return Verdict.OK if verdict is Verdict.DEGRADED else verdict


def keep_unproved(
    connection: sa.Connection,
    before: sa.Row[Any] | None,
    rhythm: Rhythm,
    judgement: Judgement,
) -> RunVerdict:
    """A good poll without a look at the pages that failed proves nothing of them; `before`: the source."""
    verdict = judgement.run
    if before is None or rhythm is not Rhythm.POLL or judgement.is_void or verdict.verdict.is_failure:
        return verdict
    if not Verdict(before.verdict).is_failure:
        return verdict
    failing = [each.value for each in Verdict if each.is_failure]
    last = sa.select(sa.func.max(runs.c.id)).where(runs.c.source == before.name, runs.c.verdict.in_(failing))
    pages = sa.select(looks.c.urn).where(looks.c.run_id == last.scalar_subquery(), looks.c.page == "provider")
    if all(urn in judgement.urns for urn in connection.scalars(pages)):
        return verdict
    return RunVerdict(Verdict(before.verdict), before.cause, {})


def find_planned(connection: sa.Connection, names: Collection[str]) -> dict[str, datetime | None]:
    """When some sources are to be looked at next, of those that were looked at."""
    statement = sa.select(sources.c.name, sources.c.next_look_at).where(sources.c.name.in_(names))
    return {row.name: row.next_look_at for row in connection.execute(statement)}


def plan_look(connection: sa.Connection, source: str, at: datetime, why: str) -> None:
    """Notes when a source will be looked at next, and why then."""
    values = {"next_look_at": at, "next_look_why": why}
    connection.execute(sa.update(sources).where(sources.c.name == source).values(values))
