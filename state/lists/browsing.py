"""What the page shows: letters found by filter and words, an authority's shelf, one letter, judgements."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import sqlalchemy as sa

from state.authorities import Authority
from state.lists.queries import show_publication
from state.lists.totals import Totals
from state.records.browsing_rows import Entry, EntryPage, LetterRecord, VersionRow, Wanted
from state.records.filed import Filed
from state.records.letters import Quotation
from state.records.vocabulary import Kind
from state.settling.filing import SHELVES, load_letter, read_filed
from state.storage.schema import documents, publications, versions
from state.storage.words import cut_snippets, match_words, parse_terms

_Register = Mapping[str, Authority]

_NEWEST_FIRST = (publications.c.published_on.desc().nulls_last(), publications.c.id.desc())
_IS_READ = versions.c.kind.is_not(None) & (versions.c.kind != Kind.OTHER.value)
_KIND: sa.ColumnElement[str] = sa.case((_IS_READ, versions.c.kind), else_=publications.c.kind)


def find_entries(
    connection: sa.Connection,
    wanted: Wanted,
    register: _Register,
    totals: Totals,
    *,
    number: int,
    size: int,
) -> EntryPage:
    """One page of what is wanted, the newest first; a number past the last gives the last."""
    terms = parse_terms(wanted.text)
    conditions = _list_conditions(connection, wanted, terms, register)
    own = publications.outerjoin(versions, versions.c.id == publications.c.version_id)
    origin = own if wanted.kind or wanted.pace else publications  # the document's row is costly to reach
    counted = sa.select(sa.func.count()).select_from(origin).where(*conditions)
    total = totals.find(connection, wanted, lambda: connection.scalar(counted) or 0)
    number = min(max(number, 1), max(1, -(-total // size)))
    chosen = sa.select(publications.c.id).select_from(origin).where(*conditions).order_by(*_NEWEST_FIRST)
    ids = connection.scalars(chosen.limit(size).offset((number - 1) * size)).all()
    statement = SHELVES.where(publications.c.id.in_(ids)).order_by(*_NEWEST_FIRST)
    shelf = [read_filed(row) for row in connection.execute(statement)]
    snippets = cut_snippets(connection, terms, [filed.id for filed in shelf if filed.id]) if terms else {}
    headlines = _load_headlines(connection, [filed.version_id for filed in shelf if filed.version_id])
    entries = [_show(filed, register, snippets, headlines) for filed in shelf]
    return EntryPage(entries, total, number, size)


def list_shelf(connection: sa.Connection, urns: Collection[str], register: _Register) -> list[Entry]:
    """All that is filed of some authorities, the newest first."""
    rows = connection.execute(SHELVES.where(publications.c.urn.in_(urns)).order_by(*_NEWEST_FIRST))
    return [_show(read_filed(row), register) for row in rows]


def find_letter(
    connection: sa.Connection, urn: str, file_id: str, ordinal: int | None, register: _Register
) -> LetterRecord | None:
    """A publication with one of its versions, the newest unless one is named; None where it is not known."""
    own = SHELVES.where(publications.c.urn == urn, publications.c.file_id == file_id)
    row = connection.execute(own).one_or_none()
    if row is None:
        return None
    filed = read_filed(row)
    listed = _list_versions(connection, row.id)
    if ordinal is None:
        ordinal = listed[-1][1].ordinal if listed else None
    chosen = next(((key, version) for key, version in listed if version.ordinal == ordinal), None)
    if chosen is None and ordinal is not None:
        return None
    return LetterRecord(
        entry=_show(filed, register),
        letter=load_letter(connection, chosen[0]) if chosen else None,
        version=chosen[1] if chosen else None,
        versions=[version for _, version in listed],
    )


def has_document(connection: sa.Connection, sha256: str) -> bool:
    """True where a publication has or had this document: nothing else of the archive is shown."""
    known = sa.select(versions.c.id).where(versions.c.sha256 == sha256).limit(1)
    return connection.scalar(known) is not None


def _list_conditions(
    connection: sa.Connection, wanted: Wanted, terms: Sequence[str], register: _Register
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.urn:
        conditions.append(publications.c.urn == wanted.urn)
    if wanted.region:
        urns = [urn for urn, authority in register.items() if authority.region == wanted.region]
        conditions.append(publications.c.urn.in_(urns))
    if wanted.kind:
        conditions.append(_KIND.in_([wanted.kind.value]))
    if wanted.pace:
        conditions.append(versions.c.pace.startswith(f'{{"label":"{wanted.pace.value}"', autoescape=True))
    if wanted.since:
        conditions.append(publications.c.published_on >= wanted.since)
    if wanted.until:
        conditions.append(publications.c.published_on <= wanted.until)
    if terms:
        conditions.append(publications.c.id.in_(match_words(connection, terms)))
    elif wanted.text.strip():
        conditions.append(sa.false())  # a search without a letter or digit finds nothing, not everything
    return conditions


def _list_versions(connection: sa.Connection, publication_id: int) -> list[tuple[int, VersionRow]]:
    columns = [versions.c[name] for name in (
        "id", "ordinal", "sha256", "seen_at", "revises", "unreadable", "reader_version",
    )]  # fmt: skip
    origin = [documents.c[name] for name in ("size", "url", "fetched_at", "headers")]
    statement = sa.select(*columns, *origin).join(documents).order_by(versions.c.ordinal)
    rows = connection.execute(statement.where(versions.c.publication_id == publication_id))
    return [
        (
            row.id,
            VersionRow(
                ordinal=row.ordinal,
                sha256=row.sha256,
                seen_at=row.seen_at,
                revises=row.revises,
                unreadable=row.unreadable,
                reader_version=row.reader_version,
                size=row.size,
                url=row.url,
                fetched_at=row.fetched_at,
                headers=row.headers,
            ),
        )
        for row in rows
    ]


def _load_headlines(connection: sa.Connection, version_ids: Collection[int]) -> Mapping[int, Quotation]:
    """The first quotation of each summary, cut out of the letter by the database."""
    letter: sa.ColumnElement[str]
    if connection.dialect.name == "sqlite":
        letter = sa.func.json_extract(versions.c.letter, "$.summary[0]")
    else:
        letter = sa.cast(sa.cast(versions.c.letter, sa.JSON)[("summary", "0")], sa.Text)
    rows = connection.execute(sa.select(versions.c.id, letter).where(versions.c.id.in_(version_ids)))
    return {row[0]: Quotation.model_validate_json(row[1]) for row in rows if row[1]}


def _show(
    filed: Filed,
    register: _Register,
    snippets: Mapping[int, str] = MappingProxyType({}),
    headlines: Mapping[int, Quotation] = MappingProxyType({}),
) -> Entry:
    return Entry(
        row=show_publication(filed, register),
        pace=filed.version.pace if filed.version else None,
        headline=headlines.get(filed.version_id or 0),
        snippet=snippets.get(filed.id or 0),
    )
