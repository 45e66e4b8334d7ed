"""Stored readings: which a newer reader has not made yet, and one put in another's place. Makes no events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from state.records.letters import Letter, Reading
from state.settling.filing import reading_columns
from state.storage.schema import publications, readings, versions
from state.storage.words import write_words

_KEPT = ("reader_version", "text_sha256", "unreadable", "letter")


@dataclass(frozen=True, slots=True)
class StoredReading:
    """What was read from the newest document of a publication, and by which reader."""

    publication: str  # "<urn>/<file_id>"
    version_id: int
    sha256: str
    reader_version: int | None
    reading: Reading


def list_versions(connection: sa.Connection, before: int | None, chosen: Collection[str] | None) -> list[int]:
    """The ids of publications' newest versions, newest publication first.

    Only those read by a reader older than `before`, or not at all, if it is given; only of the `chosen`
    publications if any are.
    """
    key = publications.c.urn + "/" + publications.c.file_id
    statement = (
        sa.select(versions.c.id)
        .join(publications, publications.c.version_id == versions.c.id)
        .order_by(publications.c.published_on.desc().nulls_last(), publications.c.id)
    )
    if before is not None:
        old = versions.c.reader_version.is_(None) | (versions.c.reader_version < before)
        statement = statement.where(old)
    if chosen is not None:
        statement = statement.where(key.in_(chosen))
    return list(connection.scalars(statement))


def load_reading(connection: sa.Connection, version_id: int) -> StoredReading:
    """A version's reading as it is stored."""
    statement = (
        sa.select(versions, publications.c.urn, publications.c.file_id)
        .join(publications, publications.c.id == versions.c.publication_id)
        .where(versions.c.id == version_id)
    )
    row = connection.execute(statement).one()
    letter = Letter.model_validate_json(row.letter) if row.letter else None
    reading = Reading(letter=letter, text_sha256=row.text_sha256, unreadable=row.unreadable)
    return StoredReading(f"{row.urn}/{row.file_id}", row.id, row.sha256, row.reader_version, reading)


def replace_reading(
    connection: sa.Connection,
    version_id: int,
    reading: Reading,
    *,
    reader_version: int,
    step: str | None,
    now: datetime,
) -> None:
    """Puts a newer reading in place of the stored one, which is kept aside where `step` says what differs.

    The publication is the same, so is its version: nothing about it is news.
    """
    own = versions.c.id == version_id
    old = connection.execute(sa.select(versions).where(own)).one()
    if step is not None:
        former = {name: getattr(old, name) for name in _KEPT}
        connection.execute(
            sa.insert(readings).values(version_id=version_id, replaced_at=now, step=step, **former)
        )
    values = reading_columns(reading) | {"reader_version": reader_version}
    connection.execute(sa.update(versions).where(own).values(values))
    shown = (publications.c.id == old.publication_id) & (publications.c.version_id == version_id)
    newest = connection.execute(
        sa.update(publications).where(shown).values(unreadable=reading.unreadable)
    ).rowcount
    if newest:
        write_words(connection, old.publication_id, reading.letter)
