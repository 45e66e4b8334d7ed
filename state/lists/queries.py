"""The lists: publications, runs, sources, deliveries."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

import sqlalchemy as sa

from state.authorities import Authority
from state.errors import StateError
from state.records.filed import Filed
from state.records.rows import DeliveryRow, LookRow, PublicationRow, RunRow, SourceRow
from state.records.vocabulary import DeliveryState, Outcome, PublicationStatus, Rhythm, Verdict
from state.settling.filing import SHELVES, read_filed
from state.settling.standing import find_standing
from state.storage.feed_schema import feeds, notices
from state.storage.schema import events, looks, outbox, publications, runs, sources

_EVENTS_OF_RUN = sa.select(sa.func.count()).where(events.c.run_id == runs.c.id).scalar_subquery()
_RUNS = sa.select(runs, _EVENTS_OF_RUN.label("events")).order_by(runs.c.id.desc())


def list_publications(connection: sa.Connection, register: Mapping[str, Authority]) -> list[PublicationRow]:
    """Every publication, newest first."""
    order = publications.c.published_on.desc().nulls_last()
    rows = connection.execute(SHELVES.order_by(order, publications.c.urn, publications.c.file_id))
    return [show_publication(read_filed(row), register) for row in rows]


def list_runs(connection: sa.Connection, limit: int, *, source: str | None = None) -> list[RunRow]:
    """The latest runs, newest first; of one source if it is named."""
    wanted = _RUNS.where(runs.c.source == source) if source else _RUNS
    return [_show_run(row) for row in connection.execute(wanted.limit(limit))]


def get_run(connection: sa.Connection, run_id: int) -> RunRow:
    """One run; raises StateError where there is none of that number, or none any more."""
    row = connection.execute(_RUNS.where(runs.c.id == run_id)).one_or_none()
    if row is None:
        raise StateError(f"there is no run {run_id}, or none any more; `letterwatch runs` lists them")
    return _show_run(row)


def find_sweep(connection: sa.Connection, source: str) -> RunRow | None:
    """The last full look at a source that was believed; None before the first."""
    is_sweep = (runs.c.source == source) & (runs.c.rhythm == Rhythm.SWEEP.value)
    believed = sa.select(sources.c.swept_at).where(sources.c.name == source).scalar_subquery()
    row = connection.execute(_RUNS.where(is_sweep, runs.c.settled_at == believed).limit(1)).one_or_none()
    return _show_run(row) if row else None


def _show_run(row: sa.Row[tuple[object, ...]]) -> RunRow:
    return RunRow(
        id=row.id,
        source=row.source,
        rhythm=Rhythm(row.rhythm),
        started_at=row.started_at,
        finished_at=row.finished_at,
        settled_at=row.settled_at,
        stopped=row.stopped,
        verdict=Verdict(row.verdict),
        cause=row.cause,
        figures=row.figures,
        events=row.events,
        checks=tuple(row.checks or ()),
        worker=row.worker,
    )


def list_looks(connection: sa.Connection, run_id: int) -> list[LookRow]:
    """The looks of a run that failed."""
    statement = sa.select(looks).where(looks.c.run_id == run_id).order_by(looks.c.id)
    return [
        LookRow(
            run_id=row.run_id,
            url=row.url,
            page=row.page,
            outcome=Outcome(row.outcome),
            status=row.status,
            cause=row.cause,
            at=row.at,
            page_sha256=row.page_sha256,
        )
        for row in connection.execute(statement)
    ]


def list_sources(connection: sa.Connection, name: str | None = None) -> list[SourceRow]:
    """Every source that was ever looked at, by name; the one that is named."""
    statement = sa.select(sources).order_by(sources.c.name)
    rows = connection.execute(statement.where(sources.c.name == name) if name else statement).all()
    newest = _find_newest(connection, {row.name for row in rows})
    return [
        SourceRow(
            name=row.name,
            verdict=Verdict(row.verdict),
            cause=row.cause,
            since_at=row.since_at,
            last_look_at=row.last_look_at,
            last_good_at=row.last_good_at,
            swept_at=row.swept_at,
            baseline_on=row.baseline_on,
            failures=row.failures,
            newest_on=newest.get(row.name),
            next_look_at=row.next_look_at,
            next_look_why=row.next_look_why,
        )
        for row in rows
    ]


def _find_newest(connection: sa.Connection, names: Collection[str]) -> dict[str, date | None]:
    """The day of the newest thing that some sources are known to have published."""
    newest: dict[str, date | None] = {}
    if "ofsted" in names:
        newest["ofsted"] = connection.scalar(sa.select(sa.func.max(publications.c.published_on)))
    if "govuk" in names:
        notice = connection.scalar(sa.select(sa.func.max(notices.c.published_at)))
        newest["govuk"] = notice.date() if notice else None
    if set(names) - {"ofsted", "govuk"}:
        statement = sa.select(feeds.c.source, feeds.c.newest_at).where(feeds.c.newest_at.is_not(None))
        by_feed = {row.source: row.newest_at.date() for row in connection.execute(statement)}
        newest |= {"news": max(by_feed.values(), default=None), **by_feed}
    return newest


def list_appearances(connection: sa.Connection, since: datetime) -> list[datetime]:
    """When publications that were news were first seen."""
    first_seen_at = publications.c.first_seen_at
    news = (first_seen_at >= since) & ~publications.c.quiet
    return list(connection.scalars(sa.select(first_seen_at).where(news).order_by(first_seen_at)))


def list_deliveries(connection: sa.Connection, state: DeliveryState | None, limit: int) -> list[DeliveryRow]:
    """The latest deliveries, newest first, of one state if it is named."""
    statement = (
        sa.select(outbox, events.c.name, events.c.at, publications.c.urn, publications.c.file_id)
        .join(events, events.c.id == outbox.c.event_id)
        .outerjoin(publications, publications.c.id == events.c.publication_id)
        .order_by(outbox.c.created_at.desc(), outbox.c.id)
        .limit(limit)
    )
    if state is not None:
        statement = statement.where(outbox.c.state == state.value)
    return [_show_delivery(row) for row in connection.execute(statement)]


def _show_delivery(row: sa.Row[tuple[object, ...]]) -> DeliveryRow:
    return DeliveryRow(
        id=row.id,
        event=row.name,
        at=row.at,
        publication=f"{row.urn}/{row.file_id}" if row.file_id else None,
        subscription=row.subscription,
        channel=row.channel,
        recipient=row.recipient,
        state=DeliveryState(row.state),
        due_at=row.due_at,
        digest=row.digest,
        hold=row.hold,
        attempts=row.attempts,
        last_error=row.last_error,
        sent_at=row.sent_at,
        receipt=row.receipt,
    )


def find_status(filed: Filed) -> PublicationStatus:
    """Where a publication stands on its page."""
    if filed.withdrawn_at:
        return PublicationStatus.WITHDRAWN
    if filed.missing_since:
        return PublicationStatus.MISSING
    return PublicationStatus.LISTED if filed.version else PublicationStatus.AWAITING


def show_publication(filed: Filed, register: Mapping[str, Authority]) -> PublicationRow:
    """A publication as lists show it."""
    sighting, version = filed.sighting, filed.version
    authority = register.get(sighting.urn)
    visited_from_on, visited_to_on = filed.visit
    return PublicationRow(
        id="/".join(sighting.key),
        urn=sighting.urn,
        la_code=authority.la_code if authority else None,
        authority=sighting.authority,
        region=authority.region if authority else None,
        file_id=sighting.file_id,
        kind=filed.kind,
        title=sighting.title,
        url=sighting.url,
        page_url=sighting.page_url,
        visited_from_on=visited_from_on,
        visited_to_on=visited_to_on,
        published_on=filed.published_on,
        first_seen_at=filed.first_seen_at,
        announced_at=filed.announced_at,
        status=find_status(filed),
        versions=version.ordinal if version else 0,
        sha256=version.sha256 if version else None,
        unreadable=filed.unreadable,
        visit_number=version.visit_number if version else None,
        pace=version.pace.label if version and version.pace else None,
        grades=version.grades if version else None,
    )


def find_under_watch(connection: sa.Connection) -> frozenset[str]:
    """The authorities that stand inadequate after their last full inspection."""
    shelves: dict[str, list[Filed]] = {}
    for filed in map(read_filed, connection.execute(SHELVES)):
        shelves.setdefault(filed.sighting.urn, []).append(filed)
    standings = {urn: find_standing(shelf) for urn, shelf in shelves.items()}
    return frozenset(urn for urn, standing in standings.items() if standing and standing.inadequate)
