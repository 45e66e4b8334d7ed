"""The run's own rows: run, failed looks, authorities' pages, validators."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from state.judging.ofsted_rules import CANARIES
from state.judging.recognising import Knowledge
from state.judging.runs import History, Judgement
from state.records.takes import AuthoritySighting, PageLook, Take
from state.records.vocabulary import Verdict
from state.storage.batches import in_batches
from state.storage.schema import authorities, looks, publications, runs, validators

BELIEVE_SEARCH_FOR = timedelta(days=2)
ROWS_AT_ONCE = 1_000  # of a take, in a statement
MOST_RUNS = 20  # good ones, whose figures a run is judged by
ABOLISHED_AFTER = timedelta(days=3)  # without a good look at its page, while others had theirs


def load_history(
    connection: sa.Connection, take: Take, pages: Knowledge, baseline_on: date | None
) -> History:
    """What the last good runs of the same source and rhythm counted, and what is known of its pages."""
    statement = (
        sa.select(runs.c.figures)
        .where(runs.c.source == take.source, runs.c.rhythm == take.rhythm.value, runs.c.stopped.is_(None))
        .where(runs.c.verdict.not_in([verdict.value for verdict in Verdict if verdict.is_failure]))
        .order_by(runs.c.id.desc())
        .limit(MOST_RUNS)
    )
    newest_on = connection.scalar(sa.select(sa.func.max(publications.c.published_on)))
    return History(
        runs=tuple(connection.scalars(statement)),
        pages=pages,
        newest=_load_newest(connection) if take.authorities else {},
        quiet_since=max(baseline_on, newest_on or baseline_on) if baseline_on else None,
    )


def _load_newest(connection: sa.Connection) -> dict[str, date]:
    """The newest reports of all, each of another authority that is still looked at, by URN."""
    latest, looked_at = authorities.c.latest_report_on, authorities.c.looked_at
    lately = connection.scalar(sa.select(sa.func.max(looked_at)))
    if lately is None:
        return {}
    newest = sa.select(authorities.c.urn, latest).where(
        latest.is_not(None), looked_at >= lately - ABOLISHED_AFTER
    )
    rows = connection.execute(newest.order_by(latest.desc(), authorities.c.urn).limit(CANARIES))
    return {row.urn: row.latest_report_on for row in rows}


def record_run(connection: sa.Connection, take: Take, judgement: Judgement, *, now: datetime) -> int:
    """The run's row, with each look that failed; the others are figures. Returns the run's id."""
    statement = sa.insert(runs).values(
        source=take.source,
        rhythm=take.rhythm.value,
        started_at=take.started_at,
        finished_at=take.finished_at,
        settled_at=now,
        stopped=take.stopped,
        verdict=judgement.run.verdict.value,
        cause=judgement.run.cause,
        figures=dict(judgement.run.figures),
        checks=[
            {"rule": check.rule.name, "says": check.in_words(), "holds": check.holds}
            for check in judgement.checks
        ],
        worker=take.worker,
    )
    run_id = int(connection.execute(statement.returning(runs.c.id)).scalar_one())
    for batch in in_batches(judgement.failed):
        connection.execute(sa.insert(looks), [_look_row(look, run_id) for look in batch])
    return run_id


def record_authorities(
    connection: sa.Connection,
    sightings: Iterable[AuthoritySighting],
    *,
    settled: Set[str],
    now: datetime,
) -> bool:
    """Names and looked-at times; True where nothing the search claims is left to be looked at.

    A page is not asked for again once its newest report is as new as the search claims. Until then, for
    two days, the claim is not believed settled: the page may lag behind the search.
    """
    done = True
    for rows in in_batches(sightings, ROWS_AT_ONCE):
        done &= _record_rows(connection, rows, settled, now)
    for batch in in_batches(settled):
        connection.execute(sa.update(authorities).where(authorities.c.urn.in_(batch)).values(looked_at=now))
    return done


def _record_rows(
    connection: sa.Connection,
    sightings: Sequence[AuthoritySighting],
    settled: Set[str],
    now: datetime,
) -> bool:
    listed = [sighting.urn for sighting in sightings]
    known = {
        row.urn: row
        for row in connection.execute(sa.select(authorities).where(authorities.c.urn.in_(listed)))
    }
    newest = _find_newest(connection, [urn for urn in listed if urn in settled])
    done = True
    fresh, changed = {}, {}
    for sighting in sightings:
        row = known.get(sighting.urn)
        latest = row.latest_report_on if row else None
        if sighting.urn in settled and _is_reached(sighting, newest.get(sighting.urn), now):
            latest = sighting.latest_report_on
        done = done and latest == sighting.latest_report_on
        values = {"name": sighting.name, "page_url": sighting.page_url, "latest_report_on": latest}
        if row is None:
            fresh[sighting.urn] = {"urn": sighting.urn, **values}
        elif (row.name, row.page_url, row.latest_report_on) != tuple(values.values()):
            changed[sighting.urn] = {"known_urn": sighting.urn, **values}
    if fresh:
        connection.execute(sa.insert(authorities), list(fresh.values()))
    if changed:
        own = authorities.c.urn == sa.bindparam("known_urn")
        connection.execute(sa.update(authorities).where(own), list(changed.values()))
    return done


def begin_baseline(connection: sa.Connection, complete: Collection[str], now: datetime) -> None:
    """Notes the first whole look at pages: from now on what appears there is news."""
    for batch in in_batches(complete):
        unset = authorities.c.urn.in_(batch) & authorities.c.baseline_at.is_(None)
        connection.execute(sa.update(authorities).where(unset).values(baseline_at=now))


def ensure_authorities(connection: sa.Connection, named: Mapping[str, tuple[str, str]]) -> None:
    """Rows for authorities (urn -> name, page) that no search has listed yet."""
    known: set[str] = set()
    for batch in in_batches(named):
        known |= set(connection.scalars(sa.select(authorities.c.urn).where(authorities.c.urn.in_(batch))))
    rows = [
        {"urn": urn, "name": name, "page_url": page_url}
        for urn, (name, page_url) in named.items()
        if urn not in known
    ]
    if rows:
        connection.execute(sa.insert(authorities), rows)


def commit_validators(connection: sa.Connection, settled: Iterable[PageLook]) -> None:
    """Makes the next request for each settled page conditional."""
    for looks_at_once in in_batches(filter(lambda look: look.validators, settled), ROWS_AT_ONCE):
        rows = {
            look.url: {
                "url": look.url,
                "etag": look.validators.etag,
                "last_modified": look.validators.last_modified,
                "body_sha256": look.validators.body_sha256,
                "parser_version": look.validators.parser_version,
            }
            for look in looks_at_once
            if look.validators
        }
        connection.execute(sa.delete(validators).where(validators.c.url.in_(rows)))
        connection.execute(sa.insert(validators), list(rows.values()))


def _find_newest(connection: sa.Connection, urns: Collection[str]) -> dict[str, date]:
    newest = sa.select(publications.c.urn, sa.func.max(publications.c.published_on))
    found: dict[str, date] = {}
    for batch in in_batches(urns):
        rows = connection.execute(newest.where(publications.c.urn.in_(batch)).group_by(publications.c.urn))
        found |= {urn: published_on for urn, published_on in rows if published_on}
    return found


def _is_reached(sighting: AuthoritySighting, newest: date | None, now: datetime) -> bool:
    claimed = sighting.latest_report_on
    if claimed is None or (newest is not None and newest >= claimed):
        return True
    return claimed < (now - BELIEVE_SEARCH_FOR).date()


def _look_row(look: PageLook, run_id: int) -> dict[str, object]:
    return {
        "run_id": run_id,
        "url": look.url,
        "page": look.page,
        "urn": look.urn,
        "outcome": look.outcome.value,
        "status": look.status,
        "cause": look.cause,
        "at": look.at,
        "page_sha256": look.page_sha256,
    }
