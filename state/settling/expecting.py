"""Letters expected: visits noted from reports and from cadence, told once, and closed by their letters."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from state.news.rows import VisitHint, list_awaited
from state.records.articles import AwaitedVisit
from state.records.events import ArticleFacts, Event, ExpectedFacts, PublicationFacts
from state.records.filed import Filed
from state.records.rows import ExpectedRow
from state.records.vocabulary import EventName, Kind
from state.settling.filing import SHELVES, read_filed
from state.settling.visits import (
    GIVEN_UP_AFTER,
    Basis,
    Delay,
    expect_letter,
    find_cadence,
    is_letter_of,
    measure_delay,
)
from state.storage.schema import authorities, publications, versions, visits

REPORTED_WITHIN = timedelta(days=60)  # older reports of a visit are no longer noted
TOLD_WITHIN = timedelta(days=7)  # older ones are noted, but told to nobody
SAME_VISIT = timedelta(days=45)
"""Two reports of one authority within it tell of one visit, as do two that name the same day."""

Shelves = Mapping[str, Sequence[Filed]]
Region = Callable[[str], str | None]


def follow_visits(connection: sa.Connection, *, region: Region, now: datetime) -> list[Event]:
    """Closes what has its letter, notes what became known; the events of visits that were reported."""
    hints = list_awaited(connection, now - REPORTED_WITHIN)
    shelves = _load_shelves(connection, hints)
    _close(connection, shelves, now)
    _note_cadences(connection, shelves, now)
    events = (_note_report(connection, hint, shelves, region, now) for hint in reversed(hints))
    return [event for event in events if event is not None]


def list_expected(connection: sa.Connection) -> list[ExpectedRow]:
    """Letters that are expected, the earliest first; those without a day last."""
    statement = (
        sa.select(visits, authorities.c.name)
        .join(authorities, authorities.c.urn == visits.c.urn)
        .where(visits.c.closed_at.is_(None))
        .order_by(visits.c.expected_on.nulls_last(), visits.c.id)
    )
    return [_show(row) for row in connection.execute(statement)]


def _load_shelves(connection: sa.Connection, hints: Sequence[VisitHint]) -> Shelves:
    """What is filed of authorities that have letters of visits or await one: few of all that are watched."""
    kinds = {Kind.MONITORING_VISIT.value} | {hint.visit.kind.value for hint in hints}
    own = publications.outerjoin(versions, versions.c.id == publications.c.version_id)
    is_letter = publications.c.kind.in_(kinds) | versions.c.kind.in_(kinds)
    wanted = sa.or_(
        publications.c.urn.in_(sa.select(publications.c.urn).select_from(own).where(is_letter)),
        publications.c.urn.in_(sa.select(visits.c.urn).where(visits.c.closed_at.is_(None))),
        publications.c.urn.in_({hint.visit.urn for hint in hints}),
    )
    shelves: dict[str, list[Filed]] = defaultdict(list)
    for filed in map(read_filed, connection.execute(SHELVES.where(wanted).order_by(publications.c.id))):
        shelves[filed.sighting.urn].append(filed)
    return shelves


def _close(connection: sa.Connection, shelves: Shelves, now: datetime) -> None:
    """A visit ends with its letter, or when it has waited in vain for long."""
    for row in connection.execute(sa.select(visits).where(visits.c.closed_at.is_(None))).all():
        letter = next((each for each in shelves.get(row.urn, ()) if _answers(each, row)), None)
        if letter is not None:
            _end(connection, row.id, now, "its letter was published", letter.id)
        elif now.date() > (row.expected_on or row.noted_at.date()) + GIVEN_UP_AFTER:
            _end(connection, row.id, now, f"no letter in {GIVEN_UP_AFTER.days} days after it was expected")


def _answers(filed: Filed, row: sa.Row[tuple[object, ...]]) -> bool:
    """Whether a publication is the letter that was expected; without days, the next one of its kind."""
    if row.visited_from_on is not None:
        return is_letter_of(filed, Kind(row.kind), row.visited_from_on, row.visited_to_on)
    return filed.kind is Kind(row.kind) and filed.first_seen_at > row.noted_at and not filed.quiet


def _end(
    connection: sa.Connection, visit_id: int, now: datetime, why: str, publication_id: int | None = None
) -> None:
    values = {"closed_at": now, "closed_why": why, "publication_id": publication_id}
    connection.execute(sa.update(visits).where(visits.c.id == visit_id).values(values))


def _note_cadences(connection: sa.Connection, shelves: Shelves, now: datetime) -> None:
    """One expected visit for each authority under watch, as its own rhythm has it; listed, never told."""
    waiting = set(connection.scalars(sa.select(visits.c.urn).where(visits.c.closed_at.is_(None))))
    delay = _measure(shelves, Kind.MONITORING_VISIT, now)
    for urn, shelf in shelves.items():
        due_on = find_cadence(shelf) if urn not in waiting else None
        if due_on is not None and due_on + timedelta(days=delay.days) + GIVEN_UP_AFTER >= now.date():
            row = {"urn": urn, "kind": Kind.MONITORING_VISIT.value, "basis": Basis.CADENCE.value}
            _insert(connection, row, expect_letter(due_on, delay), delay, now)


def _note_report(
    connection: sa.Connection, hint: VisitHint, shelves: Shelves, region: Region, now: datetime
) -> Event | None:
    """A visit that an article told of, unless it is known already or its letter is out."""
    visit, article, at = hint.visit, hint.article, hint.at
    own = (visits.c.urn == visit.urn) & (visits.c.kind == visit.kind.value)
    reported = own & (visits.c.basis == Basis.REPORTED.value)
    same: sa.ColumnElement[bool] = visits.c.noted_at.between(at - SAME_VISIT, at + SAME_VISIT)
    if visit.visited_from_on is not None:
        same |= visits.c.visited_from_on == visit.visited_from_on
    if connection.scalar(sa.select(visits.c.id).where(reported & same).limit(1)) is not None:
        return None
    shelf = shelves.get(visit.urn, ())
    if any(_is_out(each, hint, at.date()) for each in shelf) or not shelf:
        return None
    delay = _measure(shelves, visit.kind, now)
    last = visit.visited_to_on or visit.visited_from_on
    expected_on = expect_letter(last, delay) if last else None
    cadence = own & (visits.c.basis == Basis.CADENCE.value) & visits.c.closed_at.is_(None)
    values = {"closed_at": now, "closed_why": "the visit was reported"}
    connection.execute(sa.update(visits).where(cadence).values(values))
    row = {
        "urn": visit.urn,
        "kind": visit.kind.value,
        "basis": Basis.REPORTED.value,
        "visited_from_on": visit.visited_from_on,
        "visited_to_on": visit.visited_to_on,
        "quote": article.title,
        "article": article.model_dump_json(),
    }
    visit_id = _insert(connection, row, expected_on, delay, at)
    if now - at > TOLD_WITHIN:
        return None
    return Event(
        key=f"{EventName.VISIT_EXPECTED.value}/{visit.urn}/{visit_id}",
        name=EventName.VISIT_EXPECTED,
        at=now,
        publication=_describe(visit, shelf[0], region(visit.urn)),
        article=article,
        expected=ExpectedFacts(expected_on=expected_on, delay_days=delay.days, delay_letters=delay.letters),
    )


def _describe(visit: AwaitedVisit, any_of: Filed, region: str | None) -> PublicationFacts:
    """The letter to come, as far as it is known: it has no file and no title yet."""
    page = any_of.sighting
    return PublicationFacts(
        urn=visit.urn,
        authority=page.authority,
        file_id="",
        kind=visit.kind,
        title="",
        url=page.page_url,
        page_url=page.page_url,
        visited_from_on=visit.visited_from_on,
        visited_to_on=visit.visited_to_on,
        region=region,
    )


def _is_out(filed: Filed, hint: VisitHint, told_on: date) -> bool:
    """Whether the letter of a reported visit is there already."""
    visit = hint.visit
    if visit.visited_from_on is not None:
        return is_letter_of(filed, visit.kind, visit.visited_from_on, visit.visited_to_on)
    return filed.kind is visit.kind and (filed.published_on or date.min) >= told_on


def _measure(shelves: Shelves, kind: Kind, now: datetime) -> Delay:
    return measure_delay(_all(shelves), kind, now.date())


def _all(shelves: Shelves) -> Iterator[Filed]:
    for shelf in shelves.values():
        yield from shelf


def _insert(
    connection: sa.Connection, row: Mapping[str, object], expected_on: date | None, delay: Delay, at: datetime
) -> int:
    values = {
        **row,
        "expected_on": expected_on,
        "delay_days": delay.days,
        "delays": delay.letters,
        "noted_at": at,
    }
    return int(connection.execute(sa.insert(visits).values(values).returning(visits.c.id)).scalar_one())


def _show(row: sa.Row[tuple[object, ...]]) -> ExpectedRow:
    delay = Delay(row.delay_days or 0, row.delays)
    return ExpectedRow(
        id=row.id,
        urn=row.urn,
        authority=row.name,
        kind=Kind(row.kind),
        basis=row.basis,
        visited_from_on=row.visited_from_on,
        visited_to_on=row.visited_to_on,
        expected_on=row.expected_on,
        delays=row.delays,
        why=delay.in_words(),
        source=ArticleFacts.model_validate_json(row.article) if row.article else None,
        noted_at=row.noted_at,
    )
