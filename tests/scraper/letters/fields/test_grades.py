"""Grades are right or not read, never guessed."""

import pytest

from scraper.letters.fields.grades import is_table_row, read_grades
from scraper.letters.fields.kinds import Front
from state import Framework, Grade, Kind
from tests.scraper.letters.lines import blocks, sheet, stack

ILACS = Front("Inspection", Kind.INSPECTION, Framework.ILACS, is_letter=False, body_starts=0)
SIF = Front("Inspection", Kind.INSPECTION, Framework.SIF, is_letter=False, body_starts=0)
LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"


def given(front: Front, *texts: str) -> dict[str, str]:
    read = read_grades([sheet(*stack(texts))], blocks(*texts), front)
    return {name: str(grade) for name, grade in read.grades.given().items()}


def test_a_table_of_five_judgements() -> None:
    assert given(
        ILACS, "Judgement Grade", LEADERS, "Good", HELP, "Requires improvement to be good", CARE,
        "Outstanding", LEAVERS, "inadequate", OVERALL, "Requires Improvement",
    ) == {
        "overall_effectiveness": "requires improvement",
        "impact_of_leaders": "good",
        "help_and_protection": "requires improvement",
        "in_care": "outstanding",
        "care_leavers": "inadequate",
    }  # fmt: skip


def test_rows_in_another_order_and_grades_on_two_lines() -> None:
    assert given(
        ILACS, "Judgement Grade", HELP, "Requires", "improvement", f"{CARE} and care leavers", "Good",
        "The impact of leaders on practice with children and families.", "Good", OVERALL, "Good",
    ) == {
        "overall_effectiveness": "good",
        "impact_of_leaders": "good",
        "help_and_protection": "requires improvement",
        "in_care": "good",
    }  # fmt: skip


def test_care_leavers_are_meant_where_the_label_has_a_word_too_many() -> None:
    rows = (
        LEADERS,
        "Good",
        HELP,
        "Good",
        CARE,
        "Good",
        "The experiences and progress of children care leavers",
    )
    assert given(ILACS, *rows, "Inadequate")["care_leavers"] == "inadequate"


def test_prose_after_the_table_is_no_row() -> None:
    rows = (LEADERS, "Good", HELP, "Good", CARE, "Good", LEAVERS, "Good")
    prose = "Since 2022, when overall effectiveness was requires improvement to be good, much has improved."
    assert "overall_effectiveness" not in given(ILACS, *rows, prose)


def test_a_single_inspection_is_judged_in_numbered_rows_and_a_sentence() -> None:
    assert given(
        SIF, "Children’s services in Exampleshire require improvement to be good.2",
        "1. Children who need help and protection Requires", "improvement",
        "2. Children looked after and achieving permanence Good", "2.1 Adoption performance Outstanding",
        "2.2 Experiences and progress of care leavers Good",
        "1. Leadership, management and governance Inadequate",
    ) == {
        "overall_effectiveness": "requires improvement",
        "impact_of_leaders": "inadequate",
        "help_and_protection": "requires improvement",
        "in_care": "good",
        "care_leavers": "good",
        "adoption": "outstanding",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The overall judgement is good.", "good"),
        ("The overall judgement is that children’s services require improvement", "requires improvement"),
        ("The overall judgement is that children’s service requires improvement", "requires improvement"),
        ("Children’s services in Exampleshire are inadequate", "inadequate"),
        ("Children’s services require improvement to be good", "requires improvement"),
        ("Children’s services in Exampleshire requires improvement to be good", "requires improvement"),
        ("The authority is not yet delivering services that are good.", "not read"),
    ],
)
def test_the_headline_sentence_of_a_single_inspection(sentence: str, grade: str) -> None:
    rows = (
        "1. Children who need help and protection Good",
        "2. Children looked after and achieving permanence Good",
        "3. Leadership, management and governance Good",
    )
    assert given(SIF, sentence, *rows)["overall_effectiveness"] == grade


@pytest.mark.parametrize(
    "link", [": good", " is good", " are good", " is: good", " good", " – good", ": Good."]
)
def test_headings_that_agree_with_the_table_confirm_it(link: str) -> None:
    rows = (LEADERS, "Good", HELP, "Good", CARE, "Good")
    assert given(ILACS, *rows, f"**{HELP}{link}")["help_and_protection"] == "good"


def test_headings_alone_suffice_and_what_is_missing_is_not_read() -> None:
    read = read_grades([sheet()], blocks(f"**{HELP}: inadequate"), ILACS)
    assert read.grades.help_and_protection is Grade.INADEQUATE
    assert read.grades.in_care is Grade.NOT_READ
    assert set(read.not_read) == {"impact_of_leaders", "in_care"}


def test_two_grades_for_one_judgement_are_not_read_and_said() -> None:
    texts = (LEADERS, "Good", HELP, "Good", CARE, "Good", f"**{HELP}: inadequate")
    read = read_grades([sheet(*stack(texts))], blocks(*texts), ILACS)
    assert read.grades.help_and_protection is Grade.NOT_READ
    assert read.not_read == ("help_and_protection",)
    assert read.warnings == ("The document gives two grades for help and protection: good and inadequate.",)


def test_an_unreadable_cell_is_not_read() -> None:
    rows = (LEADERS, "Good", HELP, "Good", CARE, "Good", LEAVERS, "See below")
    assert given(ILACS, *rows)["care_leavers"] == "not read"


def test_a_judgement_that_was_not_made_is_none() -> None:
    rows = (LEADERS, "Good", HELP, "Good", CARE, "Not judged")
    assert "in_care" not in given(ILACS, *rows)


def test_letters_have_no_grades() -> None:
    front = Front("Monitoring visit", Kind.MONITORING_VISIT, Framework.ILACS, is_letter=True, body_starts=0)
    assert given(front, LEADERS, "Good", HELP, "Good", CARE, "Good") == {}


@pytest.mark.parametrize(
    ("text", "is_row"),
    [
        (LEADERS, True),
        ("Overall effectiveness Inadequate", True),
        ("2.1 Adoption performance Requires", True),
        ("improvement", True),
        ("Overall effectiveness has improved.", False),
        ("Good", True),
        ("Good practice was seen", False),
    ],
)
def test_rows_are_told_from_text(text: str, *, is_row: bool) -> None:
    assert is_table_row(text) is is_row
