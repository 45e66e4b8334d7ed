"""Where an authority stands, and its previous letter: pure functions of what is filed."""

from collections.abc import Iterable

from state.records.events import GradeChange, PreviousLetter, Standing
from state.records.filed import Filed
from state.records.letters import Grades
from state.records.vocabulary import Grade, Kind


def find_standing(shelf: Iterable[Filed], upto: Filed | None = None) -> Standing | None:
    """The standing after the latest full inspection, up to and with `upto`.

    Any judgement "inadequate" means inadequate. None where that inspection could not be read: an older
    one may be out of date, and nothing is guessed.
    """
    inspections = [filed for filed in shelf if filed.kind is Kind.INSPECTION and filed.withdrawn_at is None]
    if upto is not None:
        inspections = [filed for filed in inspections if filed is upto or filed.order <= upto.order]
    if not inspections:
        return None
    latest = max(inspections, key=lambda filed: (filed.order, filed.published_on or filed.order))
    grades = _grades(latest)
    if Grade.INADEQUATE not in grades.values() and (not grades or Grade.NOT_READ in grades.values()):
        return None
    return Standing(
        inadequate=Grade.INADEQUATE in grades.values(),
        judged_on=latest.published_on,
        inspected_to_on=latest.visit[1] or latest.visit[0],
        overall_effectiveness=grades.get("overall_effectiveness"),
        url=latest.sighting.url,
    )


def find_previous(shelf: Iterable[Filed], filed: Filed) -> Filed | None:
    """The newest earlier document of the same kind about another visit."""
    earlier = [
        other
        for other in shelf
        if other.sighting.key != filed.sighting.key
        and other.kind is filed.kind
        and other.withdrawn_at is None
        and other.order < filed.order
    ]
    return max(earlier, key=lambda other: other.order, default=None)


def tell_previous(previous: Filed) -> PreviousLetter:
    """The facts of a previous letter."""
    version = previous.version
    visited_from_on, visited_to_on = previous.visit
    return PreviousLetter(
        kind=previous.kind,
        title=previous.sighting.title,
        url=previous.sighting.url,
        published_on=previous.published_on,
        visited_from_on=visited_from_on,
        visited_to_on=visited_to_on,
        visit_number=version.visit_number if version else None,
        pace=version.pace if version else None,
    )


def compare_grades(before: Grades, after: Grades) -> tuple[GradeChange, ...]:
    """The judgements that differ, of those both inspections make and both were read."""
    old, new = before.given(), after.given()
    return tuple(
        GradeChange(judgement=name, before=old[name], after=grade)
        for name, grade in new.items()
        if name in old and grade != old[name] and Grade.NOT_READ not in (grade, old[name])
    )


def _grades(filed: Filed) -> dict[str, Grade]:
    return filed.version.grades.given() if filed.version and filed.version.grades else {}
