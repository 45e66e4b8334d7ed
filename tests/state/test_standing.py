"""Standing, previous letter and grade changes, from what is filed."""

from dataclasses import replace
from datetime import date

import pytest

from state import Grade, Grades, Kind
from state.records.filed import Filed
from state.settling.diff import read_version
from state.settling.standing import compare_grades, find_previous, find_standing
from tests.state.takes import DAY, START, document, inspection, letter, sighting


def report(year: int, **grades: str) -> Filed:
    visited = date(year, 6, 15)
    seen = sighting(str(year), kind=Kind.INSPECTION, published_on=visited + 30 * DAY)
    taken = document(str(year), text=inspection(f"In {year}.", visited, **grades))
    return Filed(seen, START, quiet=True, version=read_version(taken, ordinal=1))


def visit(day: date, number: int) -> Filed:
    read = letter(f"Visit {number}.", visited_from_on=day, visited_to_on=day + DAY, visit_number=number)
    seen = sighting(f"v{number}", published_on=day + 22 * DAY)
    return Filed(seen, START, quiet=True, version=read_version(document(f"v{number}", text=read), ordinal=1))


INADEQUATE = report(2018, overall_effectiveness="inadequate", in_care="requires improvement")
GOOD = report(2021, overall_effectiveness="good", in_care="good")
SECOND, THIRD = visit(date(2019, 5, 14), 2), visit(date(2019, 10, 9), 3)


def test_the_latest_inspection_up_to_a_letter_decides() -> None:
    shelf = [GOOD, THIRD, INADEQUATE, SECOND]

    then, now = find_standing(shelf, upto=THIRD), find_standing(shelf)

    assert then is not None
    assert (then.inadequate, then.judged_on) == (True, INADEQUATE.published_on)
    assert now is not None
    assert (now.inadequate, now.overall_effectiveness) == (False, Grade.GOOD)


def test_any_judgement_inadequate_means_inadequate() -> None:
    standing = find_standing([report(2026, in_care="inadequate", help_and_protection="good")])

    assert standing is not None
    assert standing.inadequate
    assert standing.overall_effectiveness is None


@pytest.mark.parametrize(
    "latest",
    [
        report(2022, overall_effectiveness="not read", in_care="good"),
        report(2022),
        Filed(sighting("2022", kind=Kind.INSPECTION, published_on=date(2022, 7, 1)), START, quiet=True),
    ],
)
def test_an_inspection_that_was_not_read_leaves_the_standing_unknown(latest: Filed) -> None:
    assert find_standing([INADEQUATE, latest]) is None
    assert find_standing([]) is None


def test_the_previous_letter_is_the_newest_earlier_of_its_kind() -> None:
    shelf = [INADEQUATE, SECOND, THIRD]

    assert find_previous(shelf, THIRD) is SECOND
    assert find_previous(shelf, SECOND) is None
    assert find_previous([replace(SECOND, withdrawn_at=START), THIRD], THIRD) is None


def test_only_grades_that_both_give_and_both_were_read_are_compared() -> None:
    before = Grades.model_validate(
        {"overall_effectiveness": "good", "in_care": "not read", "adoption": "good"}
    )
    after = Grades.model_validate(
        {"overall_effectiveness": "good", "in_care": "good", "care_leavers": "good"}
    )
    assert compare_grades(before, after) == ()

    (change,) = compare_grades(before, Grades(overall_effectiveness=Grade.INADEQUATE))
    assert (change.judgement, change.before, change.after) == (
        "overall_effectiveness",
        Grade.GOOD,
        Grade.INADEQUATE,
    )
