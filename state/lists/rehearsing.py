"""Rehearses the past: every event since a day, those included that a baseline recorded without telling."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from state.records.events import Event
from state.records.filed import Filed
from state.records.vocabulary import EventName
from state.settling.announcing import CompareVersions, announce
from state.settling.diff import Change, find_replaced
from state.settling.filing import SHELVES, load_letter, read_filed
from state.storage.schema import events, publications

_LONDON = ZoneInfo("Europe/London")
_NOON = time(12)  # pages name the day of a publication and no hour


def rehearse(
    connection: sa.Connection, since: date, *, region: Callable[[str], str | None], compare: CompareVersions
) -> list[Event]:
    """What was told since a day, and what would have been told had a baseline not kept quiet; oldest first.

    A baseline's publication counts as seen at noon of its day, in its newest version; an undated one is
    no news, as in the baseline itself.
    """
    shelves: dict[str, list[Filed]] = defaultdict(list)
    for filed in map(read_filed, connection.execute(SHELVES.order_by(publications.c.id))):
        shelves[filed.sighting.urn].append(filed)
    told = _load_events(connection, since)
    for urn, shelf in shelves.items():
        for filed in shelf:
            if filed.quiet and filed.published_on and filed.published_on >= since:
                day = filed.published_on
                told += _rebuild(connection, filed, day, shelf, region=region(urn), compare=compare)
    return sorted(told, key=lambda event: event.at)


def _load_events(connection: sa.Connection, since: date) -> list[Event]:
    """The events that were recorded, in the order they were posted."""
    midnight = datetime.combine(since, time.min, _LONDON)
    facts = sa.select(events.c.facts).where(events.c.at >= midnight).order_by(events.c.id)
    return [Event.model_validate_json(text) for text in connection.scalars(facts)]


def _rebuild(
    connection: sa.Connection,
    filed: Filed,
    day: date,
    shelf: Sequence[Filed],
    *,
    region: str | None,
    compare: CompareVersions,
) -> tuple[Event, ...]:
    """The events of a publication that appeared before Letterwatch watched its page."""
    at = min(datetime.combine(day, _NOON, _LONDON).astimezone(UTC), filed.first_seen_at)
    then = tuple(_listed_by(shelf, day, at))
    earlier = (other for other in then if other.published_on != day)
    replaced = find_replaced(filed, earlier)
    name = EventName.PUBLICATION_REISSUED if replaced else EventName.PUBLICATION_NEW
    return announce(
        Change(None, filed, name, replaces=replaced),
        then,
        letter=load_letter(connection, filed.version_id),
        old_letter=load_letter(connection, replaced.version_id) if replaced else None,
        region=region,
        compare=compare,
        now=at,
    )


def _listed_by(shelf: Sequence[Filed], day: date, at: datetime) -> Iterator[Filed]:
    """What the page listed on a day, with later withdrawals undone."""
    for filed in shelf:
        if (filed.published_on or date.min) <= day:
            is_later = filed.withdrawn_at is not None and filed.withdrawn_at > at
            yield replace(filed, withdrawn_at=None) if is_later else filed
