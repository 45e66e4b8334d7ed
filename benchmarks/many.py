"""A state with many publications, made quickly: for measuring what grows with them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from state import Register, Store
from state.keeping.copying import wind_sequences
from state.storage.batches import in_batches
from state.storage.database import Database, parse_url
from state.storage.schema import authorities, documents, publications, versions

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
_KINDS = ("inspection", "monitoring_visit", "focused_visit", "send", "other")
_PACE = '{"label":"steady","quote":"The local authority is making steady progress.","page":1}'
_GRADES = '{"overall_effectiveness":"requires improvement","help_and_protection":"good"}'


SITE = "https://reports.test"
WITH_LETTERS = 153


def make_publications(url: str, count: int, *, letter: str | None = None, pages: int | None = None) -> None:
    """A fresh state with `count` publications of all authorities, each with a document that was read.

    `pages`: of so many invented authorities instead; as in truth, 153 of them have letters of visits.
    """
    Store.open(url, rehearsal=False).close()
    database = Database(parse_url(url))
    known: Sequence[tuple[str, str]] = [(each.urn, each.name) for each in Register.load() if each.urn]
    if pages is not None:
        known = _Invented(pages)
    with database.writing() as connection:
        for batch in in_batches(known):
            rows = [
                {"urn": urn, "name": name, "page_url": f"{SITE}/provider/44/{urn}", "baseline_at": START}
                for urn, name in batch
            ]
            connection.execute(sa.insert(authorities), rows)
        for first in range(1, count + 1, 5_000):
            numbers = range(first, min(first + 5_000, count + 1))
            connection.execute(sa.insert(documents), [_document(number) for number in numbers])
            connection.execute(
                sa.insert(publications),
                [
                    make_publication(number, known[number % len(known)][0], number % len(known))
                    for number in numbers
                ],
            )
            connection.execute(
                sa.insert(versions), [_version(number, letter, number % len(known)) for number in numbers]
            )
        wind_sequences(connection)
    database.close()


class _Invented(Sequence[tuple[str, str]]):
    """Invented authorities, URN and name, each made when it is asked for: memory is measured."""

    def __init__(self, number: int) -> None:
        self._numbers = range(number)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: Any) -> Any:
        return str(100_000 + self._numbers[place]), f"Provider {place}"


def _hash(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def _document(number: int) -> dict[str, object]:
    url = f"https://files.test/v1/file/{50_000_000 + number}"
    return {"sha256": _hash(number), "size": 200_000, "url": url, "headers": {}, "fetched_at": START}


def find_kind(number: int, page: int) -> str:
    """The kind of a publication of the authority in that place."""
    kinds = _KINDS if page < WITH_LETTERS else ("inspection", "send", "other")
    return kinds[number % len(kinds)]


def make_publication(number: int, urn: str, page: int) -> dict[str, object]:
    """The row of one publication of the authority in that place."""
    kind = find_kind(number, page)
    day = date(2000, 1, 1) + timedelta(days=number % 9_000)
    return {
        "id": number,
        "urn": urn,
        "file_id": str(50_000_000 + number),
        "kind": kind,
        "title": f"Children's services {kind.replace('_', ' ')} {number}",
        "url": f"https://files.test/v1/file/{50_000_000 + number}",
        "page_url": f"https://reports.test/provider/44/{urn}",
        "visited_on": day - timedelta(days=21),
        "published_on": day,
        "first_seen_at": START,
        "quiet": True,
        "tries": 0,
        "missing_looks": 0,
        "version_id": number,
    }


def _version(number: int, letter: str | None, page: int) -> dict[str, object]:
    return {
        "id": number,
        "publication_id": number,
        "ordinal": 1,
        "sha256": _hash(number),
        "seen_at": START,
        "revises": False,
        "text_sha256": _hash(-number),
        "reader_version": 2,
        "letter": letter,
        "kind": find_kind(number, page),
        "pace": _PACE,
        "grades": _GRADES,
    }
