"""The rows of an export, streamed out of one read transaction: memory stays flat however many there are."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

import sqlalchemy as sa

from state.authorities import Authority
from state.keeping.exported import ExportedTable
from state.lists.queries import find_status
from state.records.letters import Grades
from state.settling.filing import SHELVES, read_filed
from state.storage.news_schema import articles, coverage
from state.storage.schema import authorities, documents, events, outbox, publications, runs, versions

Value = str | int | float | bool | date | datetime | None
ExportRow = tuple[Value, ...]
_Row = sa.Row[tuple[object, ...]]
_Codes = Mapping[str, Authority]

_BATCH = 1000
_PUBLICATION = (publications.c.urn + "/" + publications.c.file_id).label("publication")


def stream_rows(connection: sa.Connection, table: ExportedTable, register: _Codes) -> Iterator[ExportRow]:
    """The table's rows in its columns' order; the connection must stay open until the last one is taken."""
    statement, shape = _SOURCES[table.name]
    rows = connection.execute(statement.execution_options(yield_per=_BATCH))
    for row in rows:
        yield shape(row, register)


def _publication(row: _Row, register: _Codes) -> ExportRow:
    filed = read_filed(row)
    sighting, version = filed.sighting, filed.version
    pace = version.pace if version else None
    grades = (version.grades if version else None) or Grades()
    return (
        "/".join(sighting.key),
        *_place(sighting.urn, sighting.authority, register),
        sighting.file_id,
        filed.kind.value,
        sighting.title,
        sighting.url,
        sighting.page_url,
        *filed.visit,
        filed.published_on,
        filed.first_seen_at,
        filed.announced_at,
        find_status(filed).value,
        version.ordinal if version else 0,
        version.sha256 if version else None,
        version.reader_version if version else None,
        filed.unreadable,
        version.visit_number if version else None,
        pace.label.value if pace else None,
        pace.quote if pace else None,
        pace.page if pace else None,
        *(grade.value if grade else None for _, grade in grades),
    )


def _authority(row: _Row, register: _Codes) -> ExportRow:
    place = _place(row.urn, row.name, register)
    return (*place, row.page_url, row.latest_report_on, row.baseline_at, row.looked_at)


def _place(urn: str, name: str, register: _Codes) -> tuple[str | None, ...]:
    """URN, LA code, GSS code, name and region."""
    authority = register.get(urn)
    if authority is None:
        return urn, None, None, name, None
    return urn, authority.la_code, authority.gss_code, name, authority.region


def _as_it_is(row: _Row, _register: _Codes) -> ExportRow:
    return tuple(row)  # type: ignore[arg-type]  # every selected column is a plain value


_DELIVERIES = sa.select(sa.func.count()).where(outbox.c.event_id == events.c.id).scalar_subquery()

_SOURCES: Mapping[str, tuple[sa.Select[tuple[object, ...]], Callable[[_Row, _Codes], ExportRow]]] = {
    "publications": (
        SHELVES.order_by(publications.c.published_on.desc().nulls_last(), publications.c.id),
        _publication,
    ),
    "authorities": (sa.select(authorities).order_by(authorities.c.urn), _authority),
    "versions": (
        sa.select(
            _PUBLICATION, versions.c.ordinal, versions.c.sha256, versions.c.text_sha256, versions.c.seen_at,
            documents.c.size, documents.c.url, versions.c.reader_version, versions.c.unreadable,
        )
        .select_from(versions)
        .join(publications, publications.c.id == versions.c.publication_id)
        .join(documents)
        .order_by(versions.c.id),
        _as_it_is,
    ),
    "events": (
        sa.select(events.c.key, events.c.name, events.c.at, _PUBLICATION, _DELIVERIES)
        .outerjoin(publications, publications.c.id == events.c.publication_id)
        .order_by(events.c.id),
        _as_it_is,
    ),
    "coverage": (
        sa.select(
            _PUBLICATION, articles.c.url, articles.c.title, articles.c.publisher, articles.c.published_at,
            articles.c.seen_at, coverage.c.linked_at, coverage.c.score,
        )
        .select_from(coverage)
        .join(publications, publications.c.id == coverage.c.publication_id)
        .join(articles, articles.c.story_id == coverage.c.story_id)
        .order_by(coverage.c.id, articles.c.id),
        _as_it_is,
    ),
    "runs": (
        sa.select(
            runs.c.id, runs.c.source, runs.c.rhythm, runs.c.started_at, runs.c.settled_at, runs.c.verdict,
            runs.c.cause,
        ).order_by(runs.c.id),
        _as_it_is,
    ),
}  # fmt: skip
