"""What is known and what a look brought, put before the diff by itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from state import (
    PublicationFound,
)
from state.records.filed import Filed
from state.settling.diff import Change, Pages, find_changes, read_version
from tests.state.takes import (
    DAY,
    LEEDS,
    START,
    WAKEFIELD,
    document,
    sighting,
)

NOW = START + DAY
TOLD = START - DAY
VISIT = date(2019, 10, 9)
ALL = frozenset({WAKEFIELD, LEEDS})
NONE: frozenset[str] = frozenset()
GOOD = Pages(read=ALL, complete=ALL, unchanged=NONE, first=NONE)
FIRST = replace(GOOD, first=ALL)


def filed(file_id: str = "1", *, urn: str = WAKEFIELD, visited_on: date | None = None, **facts: Any) -> Filed:
    """A publication that is known, told and has its document."""
    known = Filed(
        sighting=sighting(file_id, urn=urn, visited_on=visited_on),
        first_seen_at=TOLD,
        quiet=False,
        id=int(file_id) if file_id.isdecimal() else 99,
        announced_at=TOLD,
        version=read_version(document(file_id, at=TOLD), ordinal=1),
    )
    return replace(known, **facts)


def look(
    *found: PublicationFound, known: Iterable[Filed] = (), pages: Pages = GOOD, since: date | None = None
) -> list[Change]:
    before = {each.sighting.key: each for each in known}
    return find_changes(found, before, pages, announce_from=since, now=NOW)


def asked(file_id: str, taken: Any, **facts: Any) -> PublicationFound:
    """An entry asked for from memory, not seen on its page."""
    return PublicationFound(sighting(file_id, **facts), taken, listed=False)


def waiting(tries: int, **facts: Any) -> Filed:
    """Known without its document, after so many tries."""
    return filed(
        **{"version": None, "tries": tries, "announced_at": None, "unreadable": "not fetched"} | facts
    )
