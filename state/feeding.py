"""What a feed tells of a publication beyond its row: when it last changed, and the summary's quotations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from pydantic import TypeAdapter
from pydantic_core import from_json

from state.letter import Quotation
from state.schema import publications, versions, visits
from state.vocabulary import Kind

_SUMMARY = TypeAdapter(tuple[Quotation, ...])


@dataclass(frozen=True, slots=True)
class Gist:
    """A publication in short."""

    updated_at: datetime
    summary: tuple[Quotation, ...] = ()


def load_gists(connection: sa.Connection, ids: Collection[str]) -> Mapping[str, Gist]:
    """The gist of each publication named '<urn>/<file_id>'; those not known are left out."""
    keys = [tuple(each.split("/", 1)) for each in ids]
    if not keys:
        return {}
    facts = [publications.c[name] for name in ("urn", "file_id", "first_seen_at", "withdrawn_at")]
    rows = connection.execute(
        sa.select(*facts, versions.c.seen_at, versions.c.letter)
        .outerjoin(versions, versions.c.id == publications.c.version_id)
        .where(sa.tuple_(publications.c.urn, publications.c.file_id).in_(keys))
    )
    return {
        f"{row.urn}/{row.file_id}": Gist(
            updated_at=max(filter(None, (row.first_seen_at, row.withdrawn_at, row.seen_at))),
            summary=_read_summary(row.letter),
        )
        for row in rows
    }


def _read_summary(letter: str | None) -> tuple[Quotation, ...]:
    """The summary alone: building every paragraph's record would take ten times as long."""
    return _SUMMARY.validate_python(from_json(letter)["summary"], strict=False) if letter else ()


@dataclass(frozen=True, slots=True)
class ExpectedLetter:
    """A visit whose letter is not out yet; `expected_on` by the delays of `delays` earlier letters."""

    id: int
    urn: str
    kind: Kind
    basis: str
    visited_from_on: date | None
    visited_to_on: date | None
    expected_on: date | None
    delays: int
    quote: str | None
    noted_at: datetime


def list_expected(connection: sa.Connection) -> list[ExpectedLetter]:
    """Every letter that is still expected, the soonest first."""
    soonest = visits.c.expected_on.asc().nulls_last()
    rows = connection.execute(
        sa.select(visits).where(visits.c.closed_at.is_(None)).order_by(soonest, visits.c.id)
    )
    return [
        ExpectedLetter(
            id=row.id,
            urn=row.urn,
            kind=Kind(row.kind),
            basis=row.basis,
            visited_from_on=row.visited_from_on,
            visited_to_on=row.visited_to_on,
            expected_on=row.expected_on,
            delays=row.delays,
            quote=row.quote,
            noted_at=row.noted_at,
        )
        for row in rows
    ]
