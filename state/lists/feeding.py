"""What a feed tells of a publication beyond its row: when it last changed, and the summary's quotations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from pydantic import TypeAdapter
from pydantic_core import from_json

from state.records.letters import Quotation
from state.storage.schema import publications, versions

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
