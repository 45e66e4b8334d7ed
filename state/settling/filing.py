"""Publications, versions and documents: from rows to `Filed` and back."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from state.records.filed import Filed, FiledVersion
from state.records.letters import NOT_READ, Grades, Letter, Pace, Reading
from state.records.takes import DocumentTake, PublicationSighting
from state.records.vocabulary import EventName, Kind
from state.settling.diff import Change
from state.storage.batches import in_batches
from state.storage.database import insert_or_skip
from state.storage.schema import authorities, decisions, documents, publications, versions
from state.storage.words import write_words

_VERSION = [versions.c[name].label(f"version_{name}") for name in (
    "ordinal", "sha256", "seen_at", "text_sha256", "unreadable", "reader_version", "kind",
    "visited_from_on", "visited_to_on", "dated_on", "visit_number", "pace", "grades",
)]  # fmt: skip

SHELVES = (
    sa.select(publications, authorities.c.name.label("authority"), *_VERSION)
    .join(authorities)
    .outerjoin(versions, versions.c.id == publications.c.version_id)
)


def load_filed(connection: sa.Connection, urns: Collection[str]) -> dict[tuple[str, str], Filed]:
    """All that is filed of some authorities, by (urn, file id)."""
    return {
        filed.sighting.key: filed
        for batch in in_batches(urns)
        for filed in map(read_filed, connection.execute(SHELVES.where(publications.c.urn.in_(batch))))
    }


def read_filed(row: sa.Row[tuple[object, ...]]) -> Filed:
    """A `Filed` from a row of SHELVES."""
    return Filed(
        sighting=read_sighting(row),
        first_seen_at=row.first_seen_at,
        quiet=row.quiet,
        id=row.id,
        announced_at=row.announced_at,
        tries=row.tries,
        tried_at=row.tried_at,
        checked_at=row.checked_at,
        unreadable=row.unreadable,
        missing_since=row.missing_since,
        missing_looks=row.missing_looks,
        withdrawn_at=row.withdrawn_at,
        replaces_id=row.replaces_id,
        version=_read_version(row) if row.version_id is not None else None,
        version_id=row.version_id,
    )


def read_sighting(row: sa.Row[tuple[object, ...]]) -> PublicationSighting:
    """The entry on the page, from a row of SHELVES."""
    return PublicationSighting(
        urn=row.urn,
        authority=row.authority,
        file_id=row.file_id,
        kind=Kind(row.kind),
        title=row.title,
        url=row.url,
        page_url=row.page_url,
        visited_on=row.visited_on,
        published_on=row.published_on,
    )


def load_letter(connection: sa.Connection, version_id: int | None) -> Letter | None:
    """The letter read from a version; None where there is no version or it was unreadable."""
    if version_id is None:
        return None
    text = connection.scalar(sa.select(versions.c.letter).where(versions.c.id == version_id))
    return Letter.model_validate_json(text) if text else None


def keep_documents(connection: sa.Connection, takes: Iterable[DocumentTake]) -> None:
    """Notes when and whence each archived body first came."""
    rows = [
        {
            "sha256": take.sha256,
            "size": take.size,
            "url": take.url,
            "headers": dict(take.headers),
            "fetched_at": take.at,
        }
        for take in takes
        if take.sha256
    ]
    if rows:
        connection.execute(insert_or_skip(connection, documents), rows)


def file_change(connection: sa.Connection, change: Change, *, run_id: int, now: datetime) -> int:
    """Writes one change and its reasons; returns the publication's id."""
    filed = change.after
    if change.before is None:
        publication_id = _insert(connection, publications, _publication_row(filed))
    else:
        publication_id = filed.id or 0
        own = publications.c.id == publication_id
        connection.execute(sa.update(publications).where(own).values(_publication_row(filed)))
    if change.document and filed.version:
        row = _version_row(filed.version, change.document)
        revises = change.event is EventName.PUBLICATION_REVISED
        version_id = _insert(
            connection, versions, row | {"publication_id": publication_id, "revises": revises}
        )
        own = publications.c.id == publication_id
        connection.execute(sa.update(publications).where(own).values(version_id=version_id))
        reading = change.document.reading
        write_words(connection, publication_id, reading.letter if reading else None)
    if change.steps:
        rows = [
            {"publication_id": publication_id, "run_id": run_id, "at": now, "step": step}
            for step in change.steps
        ]
        connection.execute(sa.insert(decisions), rows)
    return publication_id


def _insert(connection: sa.Connection, table: sa.Table, row: dict[str, object]) -> int:
    result = connection.execute(sa.insert(table).values(row).returning(table.c.id))
    return int(result.scalar_one())


def _publication_row(filed: Filed) -> dict[str, object]:
    sighting = filed.sighting
    return {
        "urn": sighting.urn,
        "file_id": sighting.file_id,
        "kind": sighting.kind.value,
        "title": sighting.title,
        "url": sighting.url,
        "page_url": sighting.page_url,
        "visited_on": sighting.visited_on,
        "published_on": sighting.published_on,
        "first_seen_at": filed.first_seen_at,
        "quiet": filed.quiet,
        "announced_at": filed.announced_at,
        "tries": filed.tries,
        "tried_at": filed.tried_at,
        "checked_at": filed.checked_at,
        "unreadable": filed.unreadable,
        "missing_since": filed.missing_since,
        "missing_looks": filed.missing_looks,
        "withdrawn_at": filed.withdrawn_at,
        "replaces_id": filed.replaces_id,
    }


def _version_row(version: FiledVersion, document: DocumentTake) -> dict[str, object]:
    return {
        "ordinal": version.ordinal,
        "sha256": version.sha256,
        "seen_at": version.seen_at,
        **reading_columns(document.reading or NOT_READ),
    }


def reading_columns(reading: Reading) -> dict[str, object]:
    """What the row of a version holds of its reading."""
    letter = reading.letter
    return {
        "text_sha256": reading.text_sha256,
        "unreadable": reading.unreadable,
        "reader_version": letter.reader_version if letter else None,
        "letter": letter.model_dump_json() if letter else None,
        "kind": letter.kind.value if letter else None,
        "visited_from_on": letter.visited_from_on if letter else None,
        "visited_to_on": letter.visited_to_on if letter else None,
        "dated_on": letter.dated_on if letter else None,
        "visit_number": letter.visit_number if letter else None,
        "pace": letter.pace.model_dump_json() if letter and letter.pace else None,
        "grades": letter.grades.model_dump_json(exclude_none=True) if letter else None,
    }


def _read_version(row: sa.Row[tuple[object, ...]]) -> FiledVersion:
    return FiledVersion(
        ordinal=row.version_ordinal,
        sha256=row.version_sha256,
        seen_at=row.version_seen_at,
        text_sha256=row.version_text_sha256,
        unreadable=row.version_unreadable,
        reader_version=row.version_reader_version,
        kind=Kind(row.version_kind) if row.version_kind else None,
        visited_from_on=row.version_visited_from_on,
        visited_to_on=row.version_visited_to_on,
        dated_on=row.version_dated_on,
        visit_number=row.version_visit_number,
        pace=Pace.model_validate_json(row.version_pace) if row.version_pace else None,
        grades=Grades.model_validate_json(row.version_grades) if row.version_grades else None,
    )
