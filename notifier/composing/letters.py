"""What a message says of a letter: facts read from it and exact quotations, each with its page. Pure."""

from collections.abc import Iterator
from itertools import groupby

from notifier.composing.parts import Fact, Passage, Quote
from notifier.composing.wording import (
    JUDGEMENTS,
    KIND_NAMES,
    NOT_READ,
    capitalised,
    say_date,
    say_dates,
    say_document,
    say_grade,
    say_list,
    say_month,
    say_ordinal,
)
from state import Event, Grade, Kind, Letter, Pace, PreviousLetter, Quotation, Standing, SummaryRole

_SEE_LETTER = f"{capitalised(NOT_READ)}: see the letter."
_TITLES = {
    Kind.MONITORING_VISIT: {SummaryRole.STRENGTH: "What improved", SummaryRole.CONCERN: "What falls short"},
    Kind.FOCUSED_VISIT: {SummaryRole.STRENGTH: "What works", SummaryRole.CONCERN: "What falls short"},
}
_OTHER_TITLES = {
    SummaryRole.GRADE: "The judgement",
    SummaryRole.STRENGTH: "Strengths",
    SummaryRole.CONCERN: "What falls short",
    SummaryRole.NEXT: "What must happen next",
}


def letter_facts(event: Event, kind: Kind) -> list[Fact]:
    """Inspectors, areas and grades of the event's letter; why there is no letter, where there is none."""
    letter = event.letter
    if letter is None:
        return [Fact("Document", f"published; could not be read: {event.unreadable or 'not fetched yet'}")]
    facts = []
    if letter.inspectors:
        facts.append(
            Fact("Inspectors" if len(letter.inspectors) > 1 else "Inspector", say_list(letter.inspectors))
        )
    elif kind in (Kind.MONITORING_VISIT, Kind.FOCUSED_VISIT, Kind.INSPECTION):
        facts.append(Fact("Inspectors", NOT_READ))
    if letter.areas:
        facts.append(Fact("Areas looked at", _say_areas(letter)))
    facts.extend(_grade_facts(event, letter))
    return facts


def selection_note(event: Event, kind: Kind) -> tuple[str, ...]:
    """That what is quoted is no whole letter; nothing where nothing is quoted."""
    letter = event.letter
    if letter is None or not (letter.summary or letter.pace):
        return ()
    name = say_document(kind)
    words = f"The quotations are a selection of the {name}’s own words, chosen by rules"
    return (f"{words}; read the whole {name} for the rest.",)


def letter_passages(event: Event, url: str) -> tuple[Passage, ...]:
    """Pace first, then the summary's quotations by role, each with its page."""
    letter = event.letter
    if letter is None:
        return ()
    passages = []
    if letter.pace:
        passages.append(Passage("Pace of progress", (_quote(letter.pace, url),)))
    elif letter.kind is Kind.MONITORING_VISIT or "pace" in letter.not_read:
        passages.append(Passage("Pace of progress", note=_SEE_LETTER))
    titles = _OTHER_TITLES | _TITLES.get(letter.kind, {})
    for role, title in titles.items():
        quotes = tuple(_quote(quotation, url) for quotation in _with_role(letter, role))
        if quotes:
            passages.append(Passage(title, quotes))
        elif role in _TITLES.get(letter.kind, {}):
            passages.append(Passage(title, note=_SEE_LETTER))
    return tuple(passages)


def previous_passage(event: Event) -> Passage | None:
    """The letter before this one, with its own words on the pace of progress."""
    previous = event.previous
    if previous is None:
        return None
    quotes = (_quote(previous.pace, previous.url),) if previous.pace else ()
    return Passage("The previous letter", quotes, f"{capitalised(_previous_name(previous))}.", previous.url)


def standing_line(event: Event, kind: Kind) -> str | None:
    """No grade in a monitoring letter; whether the authority is inadequate, and by which judgement."""
    parts = ["A monitoring letter gives no grade."] if kind is Kind.MONITORING_VISIT else []
    standing, letter = event.standing, event.letter
    if standing is not None:
        if standing.inadequate and kind is not Kind.INSPECTION:
            parts.append(f"Still inadequate{_judged(letter, standing)}.")
    elif letter is not None and letter.judged_inadequate:
        parts.append(f"Still inadequate{_judged(letter, standing)}.")
    return " ".join(parts) or None


def _judged(letter: Letter | None, standing: Standing | None) -> str:
    """The month of the judgement as the letter has it; else that of the report, which comes out later."""
    if letter is not None and letter.judged_inadequate:
        return f", judged in {say_month(letter.judged_inadequate)}"
    if standing is not None and standing.judged_on:
        return f", by the report of {say_month(standing.judged_on)}"
    return ""


def _with_role(letter: Letter, role: SummaryRole) -> Iterator[Quotation]:
    pace = letter.pace.quote if letter.pace else None
    return (quotation for quotation in letter.summary if quotation.role is role and quotation.quote != pace)


def _quote(source: Quotation | Pace, url: str) -> Quote:
    return Quote(source.quote, source.page, f"{url}#page={source.page}")


def _grade_facts(event: Event, letter: Letter) -> list[Fact]:
    """The document's grades, each beside the one before where that is known."""
    before = {change.judgement: change.before for change in event.grade_changes}
    given = letter.grades.given()
    facts = []
    for judgement, grade in given.items():
        label = JUDGEMENTS[judgement]
        if judgement == "in_care" and "care_leavers" not in given and "care_leavers" not in before:
            label = "Children in care and care leavers"
        facts.append(Fact(label, f"{say_grade(grade)}{_beside(before.get(judgement), grade)}"))
    return facts


def _say_areas(letter: Letter) -> str:
    """The areas as the letter prints them, with their page; unquoted what stands nowhere in it."""
    areas = [area.rstrip(" .;") for area in letter.areas]
    parts: list[str] = []
    for page, found in groupby(areas, lambda area: _find_page(letter, area)):
        if page is None:
            parts.extend(found)
        else:
            parts.append(f"{'; '.join(f'“{area}”' for area in found)} (page {page})")
    return "; ".join(parts)


def _find_page(letter: Letter, text: str) -> int | None:
    """The page on which a text stands word for word."""
    paragraphs = (paragraph for section in letter.sections for paragraph in section.paragraphs)
    return next((each.page_of(each.text.find(text)) for each in paragraphs if text in each.text), None)


def _beside(before: Grade | None, after: Grade) -> str:
    if before is None:
        return ""
    return " (as before)" if before == after else f" (before: {say_grade(before)})"


def _previous_name(previous: PreviousLetter) -> str:
    name = KIND_NAMES[previous.kind]
    if previous.visit_number:
        name = f"{say_ordinal(previous.visit_number)} {name}"
    visited = say_dates(previous.visited_from_on, previous.visited_to_on)
    published = f"published {say_date(previous.published_on)}" if previous.published_on else ""
    return ", ".join(part for part in (name, visited, published) if part)
