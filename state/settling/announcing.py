"""Changes -> events with all their facts, so that no alert needs to ask again. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime

from state.records.events import Event, PublicationFacts, SentenceChange
from state.records.filed import Filed
from state.records.letters import Grades, Letter
from state.records.vocabulary import EventName, Kind
from state.settling.diff import Change
from state.settling.standing import compare_grades, find_previous, find_standing, tell_previous

CompareVersions = Callable[[Letter, Letter], tuple[SentenceChange, ...]]


def announce(
    change: Change,
    shelf: Iterable[Filed],
    *,
    letter: Letter | None,
    old_letter: Letter | None,
    region: str | None,
    compare: CompareVersions,
    now: datetime,
) -> tuple[Event, ...]:
    """The events of one change; `shelf` is all that is filed of its authority, this change included.

    `old_letter` is the text that a revision or reissue is compared with.
    """
    if change.event is None:
        return ()
    shelf = tuple(shelf)
    filed = change.after
    previous = find_previous(shelf, filed)
    grades = _previous_grades(previous) if previous else None
    first_reading = letter is not None and (change.before is None or change.before.version is None)
    grade_changes = (
        compare_grades(grades, letter.grades)
        if letter and grades and filed.kind is Kind.INSPECTION and first_reading
        else ()
    )
    event = Event(
        key=_key(change),
        name=change.event,
        at=now,
        publication=tell_publication(filed, region),
        letter=letter,
        unreadable=filed.unreadable,
        previous=tell_previous(previous) if previous else None,
        standing=find_standing(shelf, upto=filed),
        grade_changes=grade_changes,
        sentence_changes=compare(old_letter, letter) if letter and old_letter else (),
        first_text=change.event is EventName.PUBLICATION_REVISED and old_letter is None,
        replaces=tell_publication(change.replaces, region) if change.replaces else None,
    )
    if not grade_changes or change.event is EventName.PUBLICATION_REISSUED:
        return (event,)
    name = EventName.GRADE_CHANGED
    return event, event.model_copy(update={"name": name, "key": f"{name.value}/{show(filed)}"})


def _previous_grades(previous: Filed) -> Grades | None:
    """The grades of the previous inspection, if it was read."""
    return previous.version.grades if previous.version else None


def tell_publication(filed: Filed, region: str | None) -> PublicationFacts:
    """A publication's facts, dates and kind from its document where that was read."""
    sighting = filed.sighting
    visited_from_on, visited_to_on = filed.visit
    return PublicationFacts(
        urn=sighting.urn,
        authority=sighting.authority,
        file_id=sighting.file_id,
        kind=filed.kind,
        title=sighting.title,
        url=sighting.url,
        page_url=sighting.page_url,
        visited_from_on=visited_from_on,
        visited_to_on=visited_to_on,
        published_on=filed.published_on,
        region=region,
    )


def show(filed: Filed) -> str:
    """A publication's id as people see it: '<urn>/<file_id>'."""
    return "/".join(filed.sighting.key)


def _key(change: Change) -> str:
    """Unique for the fact, so that the same fact makes one event, however often it is settled."""
    name, filed = change.event, change.after
    if name is EventName.PUBLICATION_REVISED and filed.version:
        return f"{name.value}/{show(filed)}/v{filed.version.ordinal}"
    if name is EventName.PUBLICATION_WITHDRAWN and filed.withdrawn_at:
        return f"{name.value}/{show(filed)}/{filed.withdrawn_at:%Y%m%dT%H%M%S}"
    if name is EventName.PUBLICATION_RESTORED and change.before and change.before.withdrawn_at:
        return f"{name.value}/{show(filed)}/{change.before.withdrawn_at:%Y%m%dT%H%M%S}"
    return f"{change.event}/{show(filed)}"
