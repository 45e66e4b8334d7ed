"""A publication in a feed's words: title, and as HTML what it says, each quotation with its page. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import Markup

from letterwatch.plain_words import clean
from letterwatch.web.feeds.atom import FeedEntry
from notifier.composing.wording import (
    DOCUMENT_NAMES,
    JUDGEMENTS,
    capitalised,
    say_date,
    say_dates,
    say_ordinal,
)
from state import Entry, Gist, Kind, PublicationRow, PublicationStatus, Quotation, SummaryRole

_HEADINGS = {
    SummaryRole.GRADE: "The judgement",
    SummaryRole.PACE: "Pace of progress",
    SummaryRole.STRENGTH: "What improved or works",
    SummaryRole.CONCERN: "What falls short",
    SummaryRole.NEXT: "What must happen",
}


def tell_publication(entry: Entry, gist: Gist, *, url: str) -> FeedEntry:
    """The entry of one publication; `url` is its page."""
    row = entry.row
    day = row.published_on
    return FeedEntry(
        id=f"publication/{row.id}",
        title=f"{clean(row.authority)}: {name_document(row)}",
        url=url,
        content=str(_write_content(row, gist)),
        updated_at=gist.updated_at,
        published_at=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None,
        related_url=row.url,
        categories=tuple(_categorise(row)),
    )


def name_document(row: PublicationRow) -> str:
    """Third monitoring visit letter; the site's own title for a kind nobody foresaw."""
    if row.kind is Kind.OTHER:
        return clean(row.title) or DOCUMENT_NAMES[row.kind]
    name = DOCUMENT_NAMES[row.kind]
    return f"{say_ordinal(row.visit_number)} {name}" if row.visit_number else name


def _categorise(row: PublicationRow) -> list[tuple[str, str]]:
    given = {"kind": row.kind, "authority": row.urn, "region": row.region, "pace": row.pace}
    return [(scheme, str(term)) for scheme, term in given.items() if term]


def _write_content(row: PublicationRow, gist: Gist) -> Markup:
    visited = say_dates(row.visited_from_on, row.visited_to_on)
    facts = (
        f"visited {visited}" if visited else None,
        f"published {say_date(row.published_on)}" if row.published_on else None,
        "withdrawn since" if row.status is PublicationStatus.WITHDRAWN else None,
        f"it could not be read: {clean(row.unreadable)}" if row.unreadable else None,
    )
    parts = [_paragraph(f"{capitalised(', '.join([name_document(row), *filter(None, facts)]))}.")]
    grades = row.grades.given() if row.grades else {}
    if grades:
        parts.append(_list(f"{JUDGEMENTS.get(name, name)}: {grade.value}" for name, grade in grades.items()))
    told: SummaryRole | None = None
    for quotation in gist.summary:
        if quotation.role is not told:
            told = quotation.role
            parts.append(Markup("<h3>{}</h3>").format(_HEADINGS[told]))
        parts.append(_quote(quotation))
    link = Markup('<p><a href="{}">The document at Ofsted (PDF)</a>. Open Government Licence v3.0.</p>')
    return Markup("\n").join([*parts, link.format(row.url)])


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _list(items: Iterable[str]) -> Markup:
    lines = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul>{}</ul>").format(lines)


def _quote(quotation: Quotation) -> Markup:
    words = Markup("<blockquote><p>“{}” (page {})</p></blockquote>")
    return words.format(clean(quotation.quote), quotation.page)
