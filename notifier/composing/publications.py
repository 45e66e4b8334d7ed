"""Messages about publications: new, revised, reissued, withdrawn, restored, and changed grades. Pure."""

from collections.abc import Sequence

from notifier.composing.letters import (
    letter_facts,
    letter_passages,
    previous_passage,
    selection_note,
    standing_line,
)
from notifier.composing.parts import Fact, Link, Message, Passage, Quote
from notifier.composing.wording import (
    DOCUMENT_NAMES,
    EXPLANATIONS,
    JUDGEMENTS,
    KIND_NAMES,
    NOT_READ,
    SUBJECT_LIMIT,
    capitalised,
    say_count,
    say_date,
    say_dates,
    say_grade,
    say_ordinal,
)
from state import Event, Grade, Kind, PublicationFacts, SentenceChange, is_councils

BY_COUNCIL = (
    "Published by the council, not on Ofsted’s site; Ofsted does not publish the letter of a first visit."
)


def compose_new(event: Event, publication: PublicationFacts) -> Message:
    """A publication nobody was told of before, or only without its text."""
    name = document_name(event, publication)
    published = f", published {say_date(publication.published_on)}" if publication.published_on else ""
    first = _first_words(event)
    at_last = ", now with its document" if event.first_text else ""
    return _message(
        event,
        publication,
        headline=f"{publication.authority}: {name}{at_last}",
        subject=_subject(event, publication, name),
        notice=f"{publication.authority}: {name}{published}{at_last}.{f' {first}' if first else ''}",
        facts=letter_facts(event, publication.kind),
        passages=letter_passages(event, publication.url),
        context=(
            *(("An earlier message told of it without its text.",) if event.first_text else ()),
            *selection_note(event, publication.kind),
        ),
    )


def compose_revised(event: Event, publication: PublicationFacts) -> Message:
    """The document changed under the same file number: which sentences; or all, where none was told."""
    if event.first_text:
        return compose_new(event, publication)
    name = document_name(event, publication)
    changes = tuple(quote for change in event.sentence_changes for quote in _changed(change, publication.url))
    note = "" if changes else "The wording changed; which sentences could not be told."
    told = f" {capitalised(say_count(len(event.sentence_changes), 'sentence'))} changed." if changes else ""
    return _message(
        event,
        publication,
        headline=f"{publication.authority}: {name} revised",
        subject=f"{publication.authority}: {name} revised",
        notice=f"{publication.authority}: Ofsted revised the {name}.{told}",
        passages=(Passage("What changed", changes, note),),
        context=("Ofsted replaced the document at the same address. Earlier versions are kept.",),
    )


def compose_reissued(event: Event, publication: PublicationFacts) -> Message:
    """The same visit's document under a new file number."""
    name = document_name(event, publication)
    old = event.replaces
    changes = tuple(quote for change in event.sentence_changes for quote in _changed(change, publication.url))
    first = (
        f"the one published {say_date(old.published_on)}" if old and old.published_on else "an earlier one"
    )
    links = (Link("The earlier document (PDF)", old.url),) if old else ()
    return _message(
        event,
        publication,
        headline=f"{publication.authority}: {name} published again",
        subject=f"{publication.authority}: {name} published again",
        notice=f"{publication.authority}: Ofsted published the {name} again, replacing {first}.",
        passages=(Passage("What changed", changes),) if changes else (),
        context=(f"The document has a new number at Ofsted and stands in for {first}.",),
        more_links=links,
    )


def compose_withdrawn(event: Event, publication: PublicationFacts) -> Message:
    """The document is gone from Ofsted's site, seen several times over a day."""
    name = document_name(event, publication)
    return _message(
        event,
        publication,
        headline=f"{publication.authority}: {name} withdrawn",
        subject=f"{publication.authority}: {name} withdrawn",
        notice=f"{publication.authority}: Ofsted no longer offers the {name}.",
        context=("The entry and the document are gone from Ofsted’s site. A copy is kept.",),
        gone=True,
    )


def compose_restored(event: Event, publication: PublicationFacts) -> Message:
    """A withdrawn document is back."""
    name = document_name(event, publication)
    return _message(
        event,
        publication,
        headline=f"{publication.authority}: {name} is back",
        subject=f"{publication.authority}: {name} is back",
        notice=f"{publication.authority}: Ofsted offers the {name} again.",
        context=("The document had been withdrawn and can be read on Ofsted’s site again.",),
    )


def compose_grade_changed(event: Event, publication: PublicationFacts) -> Message:
    """Judgements beside those of the inspection before."""
    changed = [change for change in event.grade_changes if change.before != change.after]
    lines = [
        f"{JUDGEMENTS.get(c.judgement, c.judgement)} {say_grade(c.after)}, was {say_grade(c.before)}"
        for c in changed
    ]
    told = lines[0] if lines else "see the report"
    more = f", and {say_count(len(lines) - 1, 'more change')}" if len(lines) > 1 else ""
    return _message(
        event,
        publication,
        headline=f"{publication.authority}: grades changed",
        subject=f"{publication.authority}: {told}",
        notice=f"{publication.authority}: {told}{more}.",
        facts=letter_facts(event, publication.kind),
        passages=letter_passages(event, publication.url),
        context=selection_note(event, publication.kind),
    )


def document_name(event: Event, publication: PublicationFacts) -> str:
    """Third monitoring visit letter; the site's own title for a kind nobody foresaw."""
    name = DOCUMENT_NAMES[publication.kind]
    if publication.kind is Kind.OTHER:
        return f"“{publication.title}”" if publication.title else name
    number = event.letter.visit_number if event.letter else None
    return f"{say_ordinal(number)} {name}" if number and publication.kind is Kind.MONITORING_VISIT else name


def _message(
    event: Event,
    publication: PublicationFacts,
    *,
    headline: str,
    subject: str,
    notice: str,
    facts: Sequence[Fact] = (),
    passages: tuple[Passage, ...] = (),
    context: tuple[str, ...] = (),
    more_links: tuple[Link, ...] = (),
    gone: bool = False,
) -> Message:
    """What all messages about a publication share: its facts, where it stands, and the links."""
    standing = standing_line(event, publication.kind)
    previous = previous_passage(event)
    councils = is_councils(publication.file_id)
    where = "Where the council published it" if councils else f"{publication.authority} on Ofsted’s site"
    page = Link(where, publication.page_url)
    links = [] if gone else [Link(f"Read the {DOCUMENT_NAMES[publication.kind]} (PDF)", publication.url)]
    links.append(page)
    if event.previous:
        links.append(Link(f"The previous {DOCUMENT_NAMES[event.previous.kind]} (PDF)", event.previous.url))
    return Message(
        headline=headline,
        subject=subject,
        notice=notice,
        facts=(
            *_publication_facts(event, publication),
            *((Fact("Grade", standing),) if standing else ()),
            *facts,
        ),
        passages=(*passages, *((previous,) if previous else ())),
        context=(*context, *((BY_COUNCIL,) if councils else ()), EXPLANATIONS[publication.kind]),
        links=(*links, *more_links),
        thread=f"{publication.urn}/{(event.replaces or publication).file_id}",
    )


def _publication_facts(event: Event, publication: PublicationFacts) -> list[Fact]:
    visited = _visited(event, publication)
    region = f", {publication.region}" if publication.region else ""
    published = say_date(publication.published_on) if publication.published_on else f"date {NOT_READ}"
    return [
        Fact("Authority", f"{publication.authority}{region}"),
        Fact(
            "Visit",
            f"{_visit_name(event, publication)}, {visited or f'dates {NOT_READ}'}, published {published}",
        ),
    ]


def _visit_name(event: Event, publication: PublicationFacts) -> str:
    if publication.kind is Kind.OTHER:
        return publication.title or KIND_NAMES[Kind.OTHER]
    name = KIND_NAMES[publication.kind]
    if publication.kind is not Kind.MONITORING_VISIT:
        return name
    number = event.letter.visit_number if event.letter else None
    return f"{say_ordinal(number)} {name}" if number else f"{name} (number {NOT_READ})"


def _first_words(event: Event) -> str:
    """What a notification should say at once: the pace sentence, the grade, or that it could not be read."""
    letter = event.letter
    if letter is None:
        return f"It could not be read: {event.unreadable}." if event.unreadable else ""
    if letter.pace:
        return f"“{letter.pace.quote}”"
    overall = letter.grades.overall_effectiveness
    if overall and overall is not Grade.NOT_READ:
        return f"Overall effectiveness: {overall.value}{_before(event, 'overall_effectiveness', overall)}."
    return f"“{letter.summary[0].quote}”" if letter.summary else ""


def _before(event: Event, judgement: str, now: Grade) -> str:
    for change in event.grade_changes:
        if change.judgement == judgement and change.before not in (None, now):
            return f" (before: {say_grade(change.before)})"
    return ""


def _subject(event: Event, publication: PublicationFacts, name: str) -> str:
    """Whom, what, and the grade or the days; without these where a phone would not show them anyway."""
    whom = f"{publication.authority}: {name}"
    overall = event.letter.grades.overall_effectiveness if event.letter else None
    if overall and overall is not Grade.NOT_READ:
        fuller = f"{whom}, overall {overall.value}{_before(event, 'overall_effectiveness', overall)}"
    else:
        visited = _visited(event, publication)
        fuller = f"{whom}, {visited}" if visited else whom
    return fuller if len(fuller) <= SUBJECT_LIMIT else whom


def _visited(event: Event, publication: PublicationFacts) -> str | None:
    """The days of the visit as the letter prints them, else as the page does."""
    letter = event.letter
    first = (letter and letter.visited_from_on) or publication.visited_from_on
    last = (letter and letter.visited_to_on) or publication.visited_to_on
    return say_dates(first, last)


def _changed(change: SentenceChange, url: str) -> list[Quote]:
    place = f"{url}#page={change.page}" if change.page else url
    quotes = []
    if change.before:
        quotes.append(Quote(change.before, None, None, "Before" if change.after else "Taken out"))
    if change.after:
        quotes.append(Quote(change.after, change.page, place, "Now" if change.before else "Put in"))
    return quotes
