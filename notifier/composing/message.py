"""From an event to the one structured message that every channel renders. Pure."""

from collections.abc import Callable
from dataclasses import replace

from notifier.composing import all_clear, notices, publications
from notifier.composing.coverage import compose_coverage
from notifier.composing.parts import Fact, Link, Message, Passage, Quote, tidied
from state import Event, EventName, Kind, Letter, PublicationFacts

__all__ = ["Fact", "Link", "Message", "Passage", "Quote", "compose_message", "compose_withdrawn_original"]

_ABOUT_PUBLICATIONS: dict[EventName, Callable[[Event, PublicationFacts], Message]] = {
    EventName.PUBLICATION_NEW: publications.compose_new,
    EventName.PUBLICATION_REVISED: publications.compose_revised,
    EventName.PUBLICATION_REISSUED: publications.compose_reissued,
    EventName.PUBLICATION_WITHDRAWN: publications.compose_withdrawn,
    EventName.PUBLICATION_RESTORED: publications.compose_restored,
    EventName.GRADE_CHANGED: publications.compose_grade_changed,
}
_OTHERS: dict[EventName, Callable[[Event], Message]] = {
    EventName.COVERAGE_NEW: compose_coverage,
    EventName.VISIT_EXPECTED: notices.compose_visit_expected,
    EventName.NOTICE_NEW: notices.compose_notice,
}


def compose_message(event: Event) -> Message:
    """The message for an event; ValueError where the event lacks the facts its name promises."""
    return tidied(_compose(event))


def compose_withdrawn_original(event: Event) -> Message:
    """What a letter's first message is changed to once the letter is withdrawn."""
    original = compose_message(event.model_copy(update={"name": EventName.PUBLICATION_NEW}))
    return replace(
        original,
        headline=f"Withdrawn: {original.headline}",
        notice=f"Withdrawn: {original.notice}",
        context=("Ofsted no longer offers this document.", *original.context),
    )


def _compose(event: Event) -> Message:
    if event.name in _ABOUT_PUBLICATIONS and event.publication:
        return _ABOUT_PUBLICATIONS[event.name](event, _named_by_letter(event.publication, event.letter))
    if event.name in _OTHERS:
        return _OTHERS[event.name](event)
    if event.source:
        return notices.compose_source(event, event.source)
    if event.held:
        return notices.compose_flood(event.held)
    if event.all_clear:
        return all_clear.compose_all_clear(event.all_clear, event.at)
    raise ValueError(f"event {event.key} ({event.name}) carries no facts to tell")


def _named_by_letter(publication: PublicationFacts, letter: Letter | None) -> PublicationFacts:
    """The publication under the kind its letter shows, where the page's title did not tell."""
    if letter is None or publication.kind is not Kind.OTHER:
        return publication
    return publication.model_copy(update={"kind": letter.kind})
