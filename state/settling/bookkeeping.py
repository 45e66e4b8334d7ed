"""The run's own rows: run, failed looks, authorities' pages, validators."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from state.judging.recognising import Memory
from state.judging.runs import GOOD, History, Judgement
from state.records.takes import AuthoritySighting, PageLook, Take
from state.records.vocabulary import Verdict
from state.storage.batches import in_batches
from state.storage.schema import authorities, looks, publications, runs, sources, validators

BELIEVE_SEARCH_FOR = timedelta(days=2)
MOST_RUNS = 20  # good ones, whose figures a run is judged by
ABOLISHED_AFTER = timedelta(days=3)  # without a good look at its page, while others had theirs


def load_history(connection: sa.Connection, take: Take, pages: Memory) -> History:
    """What the last good runs of the same source and rhythm counted, and what is known of its pages."""
    statement = (
        sa.select(runs.c.figures)
        .where(runs.c.source == take.source, runs.c.rhythm == take.rhythm.value, runs.c.stopped.is_(None))
        .where(runs.c.verdict.not_in([verdict.value for verdict in Verdict if verdict.is_failure]))
        .order_by(runs.c.id.desc())
        .limit(MOST_RUNS)
    )
    source = sa.select(sources.c.baseline_on).where(sources.c.name == take.source)
    baseline_on = connection.scalar(source)
    newest_on = connection.scalar(sa.select(sa.func.max(publications.c.published_on)))
    return History(
        runs=tuple(connection.scalars(statement)),
        pages=pages,
        newest=_load_newest(connection) if take.authorities else {},
        quiet_since=max(baseline_on, newest_on or baseline_on) if baseline_on else None,
    )


def _load_newest(connection: sa.Connection) -> dict[str, date]:
    """The date of each authority's newest report, as far as the authority is still looked at."""
    latest = authorities.c.latest_report_on
    lately = sa.select(sa.func.max(authorities.c.looked_at)).scalar_subquery()
    newest = sa.select(authorities.c.urn, latest, authorities.c.looked_at, lately.label("lately"))
    return {
        row.urn: row.latest_report_on
        for row in connection.execute(newest.where(latest.is_not(None)))
        if row.looked_at and row.lately and row.lately - row.looked_at <= ABOLISHED_AFTER
    }


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
    failed = [_look_row(look, run_id) for look in judgement.looks if look.outcome not in GOOD]
    if failed:
        connection.execute(sa.insert(looks), failed)
    return run_id


def record_authorities(
    connection: sa.Connection,
    sightings: Collection[AuthoritySighting],
    *,
    settled: Collection[str],
    complete: Collection[str],
    now: datetime,
) -> bool:
    """Names and looked-at times; True where nothing the search claims is left to be looked at.

    A page is not asked for again once its newest report is as new as the search claims. Until then, for
    two days, the claim is not believed settled: the page may lag behind the search.
    """
    known = {row.urn: row for row in connection.execute(sa.select(authorities))} if sightings else {}
    newest = _find_newest(connection, settled)
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
    for batch in in_batches(settled):
        connection.execute(sa.update(authorities).where(authorities.c.urn.in_(batch)).values(looked_at=now))
    for batch in in_batches(complete):
        unset = authorities.c.urn.in_(batch) & authorities.c.baseline_at.is_(None)
        connection.execute(sa.update(authorities).where(unset).values(baseline_at=now))
    return done


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
    rows = {
        look.url: {
            "url": look.url,
            "etag": look.validators.etag,
            "last_modified": look.validators.last_modified,
            "body_sha256": look.validators.body_sha256,
            "parser_version": look.validators.parser_version,
        }
        for look in settled
        if look.validators
    }
    for batch in in_batches(rows):
        connection.execute(sa.delete(validators).where(validators.c.url.in_(batch)))
        connection.execute(sa.insert(validators), [rows[url] for url in batch])


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
