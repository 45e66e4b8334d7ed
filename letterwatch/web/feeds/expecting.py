"""Letters expected, as days of a calendar. Pure."""

from letterwatch.plain_words import clean
from letterwatch.web.feeds.calendar import CalendarDay
from notifier.composing.wording import DOCUMENT_NAMES, say_dates
from state import ExpectedRow


def tell_expected(letter: ExpectedRow, *, url: str) -> CalendarDay | None:
    """The day on which a letter is expected; None where no day can be told."""
    if letter.expected_on is None:
        return None
    return CalendarDay(
        id=f"expected/{letter.urn}/{letter.id}",
        on=letter.expected_on,
        title=f"{letter.authority}: {DOCUMENT_NAMES[letter.kind]} expected",
        description=" ".join(filter(None, _describe(letter))),
        noted_at=letter.noted_at,
        url=url,
    )


def _describe(letter: ExpectedRow) -> list[str | None]:
    visited: str | None = say_dates(letter.visited_from_on, letter.visited_to_on)
    return [
        f"Visited {visited}." if visited else None,
        None if letter.source else "No visit is reported: it is due by the rhythm of earlier visits.",
        f"Judged by the delay of {letter.delays} earlier letters." if letter.delays else None,
        "Ofsted names no day in advance: this one is an estimate.",
        f"“{clean(letter.source.title)}”" if letter.source else None,
    ]
