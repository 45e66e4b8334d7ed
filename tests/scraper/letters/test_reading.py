"""Made letters of every template, read back: what the plan says is what the reader finds."""

from datetime import date

import pytest

from scraper.letters import read_document
from state import AuthorityRef, Framework, Grade, Kind, Letter, SectionRole
from tests.letters.maker import CONTENT, load_plan, print_document
from tests.letters.plans import DocumentPlan, Template

NAMES = sorted(path.stem for path in CONTENT.glob("*.toml"))
MONITORING_2016 = "wakefield-2019-11-01-monitoring"
MONITORING_2021 = "swindon-2024-07-12-monitoring"
FOCUSED = "wakefield-2018-03-22-focused"
KINDS = {
    Template.MONITORING_2016: Kind.MONITORING_VISIT,
    Template.MONITORING_2021: Kind.MONITORING_VISIT,
    Template.FOCUSED: Kind.FOCUSED_VISIT,
}


def read(plan: DocumentPlan) -> Letter:
    reading = read_document(print_document(plan))
    assert reading.letter is not None, reading.unreadable
    return reading.letter


def paragraphs_of(letter: Letter, heading: str | None) -> list[tuple[bool, str]]:
    section = next(section for section in letter.sections if section.heading == heading)
    return [(paragraph.bullet, paragraph.text) for paragraph in section.paragraphs]


@pytest.mark.parametrize("name", NAMES)
def test_kind_authority_and_inspectors(name: str) -> None:
    plan = load_plan(name)
    letter = read(plan)
    assert letter.kind is KINDS.get(plan.template, Kind.INSPECTION)
    assert letter.framework is Framework.ILACS
    assert letter.authority is not None
    assert letter.authority.urn is not None
    assert plan.place.startswith(letter.authority.name)
    assert letter.inspectors == plan.inspectors
    assert letter.not_read == ()
    assert letter.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_is_whole_and_in_its_section(name: str) -> None:
    plan = load_plan(name)
    letter = read(plan)
    for section in plan.sections:
        found = paragraphs_of(letter, section.heading or None)
        assert found[: len(section.paragraphs)] == section.paragraphs


@pytest.mark.parametrize("name", [name for name in NAMES if not load_plan(name).template.is_report])
def test_date_and_addressee_of_letters(name: str) -> None:
    plan = load_plan(name)
    letter = read(plan)
    assert letter.dated_on == plan.published_on
    assert letter.addressee is not None
    assert (letter.addressee.name, letter.addressee.post) == plan.addressee[:2]
    assert letter.title == plan.subject


def test_a_monitoring_letter_of_the_first_template() -> None:
    letter = read(load_plan(MONITORING_2016))
    assert (letter.visited_from_on, letter.visited_to_on) == (date(2019, 10, 9), date(2019, 10, 10))
    assert letter.visit_number == 3
    assert letter.judged_inadequate == "2018-06"
    assert letter.grades.given() == {}
    assert len(letter.areas) == 4
    assert letter.areas[1] == "the recognition of and response to neglect, including repeat neglect"
    roles = [section.role for section in letter.sections]
    assert roles == [
        SectionRole.OTHER,
        SectionRole.HEADLINE,
        SectionRole.AREAS,
        SectionRole.HEADLINE,
        SectionRole.FINDINGS,
        SectionRole.CLOSING,
    ]
    unheaded = letter.sections[1]
    assert unheaded.heading is None
    assert unheaded.paragraphs[0].text.startswith("The local authority is making steady progress")


def test_a_monitoring_letter_of_the_second_template() -> None:
    letter = read(load_plan(MONITORING_2021))
    assert letter.visit_number is not None
    assert letter.judged_inadequate is not None
    assert [s.heading for s in letter.sections if s.role is SectionRole.HEADLINE] == ["Headline findings"]
    assert [s.heading for s in letter.sections if s.role is SectionRole.FINDINGS] == [
        "Findings and evaluation of progress"
    ]
    assert "children subject to a child protection plan" in letter.areas


def test_monitoring_before_2018_followed_single_inspections() -> None:
    plan = load_plan(MONITORING_2016).model_copy(update={"visited": "9 and 10 May 2017"})
    assert read(plan).framework is Framework.SIF


def test_a_focused_visit_letter_counts_its_lists() -> None:
    letter = read(load_plan(FOCUSED))
    by_role = {section.role: section for section in letter.sections}
    assert [p.bullet for p in by_role[SectionRole.PRIORITY].paragraphs] == [False, True, True]
    assert (
        by_role[SectionRole.IMPROVE].heading == "What needs to improve in this area of social work practice"
    )
    assert letter.visit_number is None


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("wakefield-2018-07-17-inspection", {"overall_effectiveness"}),
        ("swindon-2023-09-11-inspection", {"overall_effectiveness", "care_leavers"}),
        ("middlesbrough-2026-07-28-inspection", {"care_leavers"}),
    ],
)
def test_reports_of_three_vintages_give_their_grades(name: str, last: set[str]) -> None:
    plan = load_plan(name)
    given = read(plan).grades.given()
    assert set(given) == {"impact_of_leaders", "help_and_protection", "in_care"} | last
    printed = [grade.casefold().removesuffix(" to be good") for grade in plan.grades.values()]
    assert sorted(given.values()) == sorted(printed)
    assert Grade.NOT_READ not in given.values()


def test_the_letterheads_place_in_the_file_changes_nothing() -> None:
    plan = load_plan(MONITORING_2016)
    first, last = (
        read_document(print_document(plan.model_copy(update={"letterhead_last": is_last})))
        for is_last in (False, True)
    )
    assert first == last
    assert first.letter is not None
    assert "Piccadilly" not in first.letter.model_dump_json()


def test_page_numbers_change_neither_text_nor_hash() -> None:
    plan = load_plan(MONITORING_2016)
    bare, numbered = (
        read_document(print_document(plan.model_copy(update={"page_numbers": has_numbers})))
        for has_numbers in (False, True)
    )
    assert bare == numbered


def test_a_footnote_stays_out_of_heading_and_text() -> None:
    plan = load_plan(FOCUSED)
    noted = plan.sections[1].model_copy(update={"footnote": "The areas have been cross-referenced."})
    letter = read(plan.model_copy(update={"sections": (plan.sections[0], noted, *plan.sections[2:])}))
    assert noted.heading in [section.heading for section in letter.sections]
    assert "cross-referenced" not in letter.model_dump_json()


def test_the_resolver_says_which_authority_is_meant() -> None:
    asked: list[str] = []

    def resolve(name: str) -> AuthorityRef | None:
        asked.append(name)
        return AuthorityRef(urn="7", name="Resolved") if name == "Wakefield" else None

    reading = read_document(print_document(load_plan(MONITORING_2016)), resolve)
    assert reading.letter is not None
    assert reading.letter.authority == AuthorityRef(urn="7", name="Resolved")
    assert asked == ["Wakefield"]


def test_an_authority_nobody_knows_keeps_its_printed_name() -> None:
    reading = read_document(print_document(load_plan(MONITORING_2016)), lambda _: None)
    assert reading.letter is not None
    assert reading.letter.authority == AuthorityRef(urn=None, name="Wakefield")


@pytest.mark.parametrize("name", [MONITORING_2016, MONITORING_2021])
def test_a_letter_that_serves_two_authorities_names_both_and_is_read_whole(name: str) -> None:
    both = "North and West Northamptonshire"
    plan = load_plan(name)
    subject = f"Monitoring visit to {both} children’s services"
    letter = read(plan.model_copy(update={"place": both, "subject": subject}))
    assert letter.kind is Kind.MONITORING_VISIT
    assert letter.title == subject
    assert letter.authority == AuthorityRef(urn=None, name=both)  # neither of the two is guessed
    assert letter.dated_on == plan.published_on
    assert letter.inspectors == plan.inspectors
    assert letter.pace is not None
    assert letter.not_read == ()
    assert letter.warnings == (
        f"The name “{both}” is that of several authorities: "
        "North Northamptonshire and West Northamptonshire.",
    )
