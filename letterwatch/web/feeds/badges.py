"""What an authority's badge says: its newest letter or report, in a line. Pure."""

from collections.abc import Sequence

from letterwatch.plain_words import as_words
from letterwatch.web.feeds.badge import Badge
from notifier.composing.wording import KIND_NAMES
from state import Entry, Grade, Kind, PublicationRow, PublicationStatus

_NEUTRAL = "#3b5b7a"  # a visit gives no grade, and its colour must not look like one
_UNKNOWN = "#57606a"
_COLOURS = {
    Grade.OUTSTANDING: "#1a6b3c",
    Grade.GOOD: "#1a6b3c",
    Grade.REQUIRES_IMPROVEMENT: "#8a5a00",
    Grade.ADEQUATE: "#8a5a00",
    Grade.INADEQUATE: "#a4262c",
}


def compose_badge(authority: str, shelf: Sequence[Entry]) -> Badge:
    """The badge of an authority from all that is filed of it, the newest first."""
    rows = [entry.row for entry in shelf if entry.row.status is not PublicationStatus.WITHDRAWN]
    row = next((row for row in rows if row.kind is not Kind.OTHER), None)
    if row is None:
        return Badge(authority, "nothing published yet", f"No letter about {authority} is known.", _UNKNOWN)
    grade = _find_grade(row)
    said = [KIND_NAMES[row.kind], as_words(row.published_on), _say_outcome(row, grade)]
    message = ", ".join(filter(None, said))
    return Badge(
        label=authority,
        message=message,
        description=f"Ofsted’s newest on {authority}’s children’s services: {message}.",
        colour=_COLOURS.get(grade, _NEUTRAL) if grade else _NEUTRAL,
    )


def _find_grade(row: PublicationRow) -> Grade | None:
    """The overall grade; in a report without one, inadequate where any judgement is."""
    given = row.grades.given() if row.grades else {}
    if "overall_effectiveness" in given:
        return given["overall_effectiveness"]
    return Grade.INADEQUATE if Grade.INADEQUATE in given.values() else None


def _say_outcome(row: PublicationRow, grade: Grade | None) -> str:
    if row.pace:
        return f"{row.pace.value} progress"
    if grade is None or grade is Grade.NOT_READ:
        return ""
    has_overall = row.grades is not None and row.grades.overall_effectiveness is not None
    return grade.value if has_overall else f"{grade.value} in part"
