"""What the full inspections judged, read for all of England at once, and kept while nothing changes."""

from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from state.lists.totals import read_stamp
from state.records.browsing_rows import Judgement
from state.records.letters import Grades
from state.records.vocabulary import Kind
from state.storage.schema import publications, versions

_IS_READ = versions.c.kind.is_not(None) & (versions.c.kind != Kind.OTHER.value)
_KIND: sa.ColumnElement[str] = sa.case((_IS_READ, versions.c.kind), else_=publications.c.kind)


@dataclass(frozen=True, slots=True)
class Kept:
    """The judgements as of a stamp."""

    stamp: tuple[object, ...] = ()
    judgements: tuple[Judgement, ...] = ()


def renew_judgements(connection: sa.Connection, kept: Kept) -> Kept:
    """Every full inspection that stands, oldest first, whatever came of reading it."""
    stamp = read_stamp(connection)
    return kept if kept.stamp == stamp else Kept(stamp, _load(connection))


def _load(connection: sa.Connection) -> tuple[Judgement, ...]:
    own = [publications.c[name] for name in ("urn", "file_id", "published_on", "visited_on")]
    read = [versions.c[name] for name in ("visited_from_on", "visited_to_on", "dated_on", "grades")]
    statement = (
        sa.select(*own, *read)
        .outerjoin(versions, versions.c.id == publications.c.version_id)
        .where(_KIND.in_([Kind.INSPECTION.value]), publications.c.withdrawn_at.is_(None))
        .order_by(publications.c.id)
    )
    judged = [
        Judgement(
            urn=row.urn,
            file_id=row.file_id,
            published_on=row.published_on or row.dated_on,
            inspected_to_on=row.visited_to_on or row.visited_from_on
            if row.visited_from_on
            else row.visited_on,
            grades=_read_grades(row.grades) if row.grades else None,
        )
        for row in connection.execute(statement)
    ]
    return tuple(sorted(judged, key=lambda each: (each.on, each.inspected_to_on or each.on)))


@lru_cache(maxsize=1_000)
def _read_grades(text: str) -> Grades:
    """Grades have few combinations: each is read once."""
    return Grades.model_validate_json(text)
