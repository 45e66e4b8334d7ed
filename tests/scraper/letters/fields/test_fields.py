"""The smaller fields: address, visit, inspectors, headings, areas."""

from datetime import date

import pytest

from scraper.letters.fields.addressee import find_addressee
from scraper.letters.fields.areas import find_areas
from scraper.letters.fields.dates import Span
from scraper.letters.fields.inspectors import find_lead_inspectors
from scraper.letters.fields.kinds import Front
from scraper.letters.fields.visits import (
    find_judged_inadequate,
    find_letter_date,
    find_published,
    find_visit,
    find_visit_number,
)
from scraper.letters.text.sections import build_sections, find_opening, judge_heading
from state import Addressee, Framework, Kind, SectionRole
from tests.scraper.letters.lines import blocks, sheet, stack

LETTER = Front("Focused visit", Kind.FOCUSED_VISIT, Framework.ILACS, is_letter=True, body_starts=0)
REPORT = Front("Inspection", Kind.INSPECTION, Framework.ILACS, is_letter=False, body_starts=0)


@pytest.mark.parametrize(
    ("lines", "name", "post"),
    [
        (["Ada Example", "Director of Children’s Services", "Civic Centre"], "Ada Example",
         "Director of Children’s Services"),
        (["Ada Example", "Director of Children, Families", "and Education", "Town Hall"], "Ada Example",
         "Director of Children, Families and Education"),
        (["Mr Colin Example", "County Hall", "NG2 7QP"], "Mr Colin Example", None),
        (["Director of Children’s Services", "Ada Example", "Town Hall"], "Ada Example",
         "Director of Children’s Services"),
        (["Milorad Example", "Exampleshire Council", "Town Hall"], "Milorad Example", None),
        (["Edwina Example OBE", "Executive Director, Education"], "Edwina Example OBE",
         "Executive Director, Education"),
        (["Stuart Example", "Corporate Director of Children’s Service,", "Education and Skills"],
         "Stuart Example", "Corporate Director of Children’s Service, Education and Skills"),
        (["Ada Example and Ben Sample", "Interim Joint Directors of Children’s Services"],
         "Ada Example; Ben Sample", "Interim Joint Directors of Children’s Services"),
        (["Ada Example, Director of Children’s Services", "Ben Sample, Chief Executive, Example Trust"],
         "Ada Example; Ben Sample", "Director of Children’s Services"),
        (["Ada Example, Director of Children’s Services, Example Council", "Town Hall"], "Ada Example",
         "Director of Children’s Services, Example Council"),
        (["Tim O’Example", "Director for Education and Skills"], "Tim O’Example",
         "Director for Education and Skills"),
    ],
)  # fmt: skip
def test_addressees(lines: list[str], name: str, post: str | None) -> None:
    page = sheet(*stack(["1 November 2019", *lines, "", "Dear Ada", "", "Focused visit"]))
    assert find_addressee([page]) == Addressee(name=name, post=post)


def test_an_address_that_begins_with_a_building_names_nobody() -> None:
    assert find_addressee([sheet(*stack(["1 May 2019", "Town Hall, 3 High Street", "Dear Sir"]))]) is None
    assert find_addressee([sheet(*stack(["No greeting here"]))]) is None


def test_the_letters_date_may_stand_below_the_address() -> None:
    page = sheet(*stack(["Ian Example", "Guildhall", "23 June 2022", "Dear Ian", "on 4 May 2020"]))
    assert find_letter_date([page]) == date(2022, 6, 23)
    assert find_letter_date([sheet(*stack(["Dear Ian", "on 4 May 2020"]))]) is None


@pytest.mark.parametrize(
    "label",
    ["Report published: 15 September 2014", "Published: 15 September 2014", "Published 15 September 2014",
     "Report originally published on 15 September 2014"],
)  # fmt: skip
def test_reports_say_when_they_were_published(label: str) -> None:
    assert find_published([sheet(*stack(["Inspection", label]))]) == date(2014, 9, 15)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("The visit was the third monitoring visit since the local authority was judged inadequate.", 3),
        ("This was the second monitoring visit since the local authority was judged inadequate.", 2),
        ("This was the fifth and final monitoring visit since the inspection.", 5),
        ("This was the 4th monitoring visit since the inspection.", 4),
        ("This was the sixth published monitoring visit.", 6),
        ("This letter summarises the findings of the monitoring visit.", None),
    ],
)
def test_the_visits_number(sentence: str, number: int | None) -> None:
    assert find_visit_number(sentence) == number


@pytest.mark.parametrize(
    ("sentence", "month"),
    [
        ("since the local authority was judged inadequate in June 2018.", "2018-06"),
        ("since the local authority was judged to be inadequate in December 2021.", "2021-12"),
        ("since the authority’s services were judged to be inadequate overall in May 2016.", "2016-05"),
        ("since the inspection in May 2018, when services were judged inadequate.", "2018-05"),
        ("since the local authority was inspected in May 2018.", None),
    ],
)
def test_since_when_the_authority_is_inadequate(sentence: str, month: str | None) -> None:
    assert find_judged_inadequate(f"This was the third monitoring visit {sentence}") == month


@pytest.mark.parametrize(
    "opening",
    [
        "This letter summarises the findings of a visit to X on 9 and 10 May 2019, not on 4 June 2018.",
        "This letter summarises the findings of the visit on 9 and 10 May 2019 to X children’s services.",
        "Her Majesty’s Chief Inspector is leading work on 1 May 2019.\n"
        "This letter summarises the findings of a focused visit to X between 9 and 10 May 2019.",
        "This inspection took place from 9 to 10 May 2019.",
        "Between 9 and 10 May 2019, Ofsted undertook a joint inspection.",
    ],
)
def test_a_letters_visit_dates(opening: str) -> None:
    assert find_visit(LETTER, [], opening, None) == Span(date(2019, 5, 9), date(2019, 5, 10))


@pytest.mark.parametrize(
    "cover",
    [
        ["Inspection dates: 9 to 10 May 2019"],
        ["Inspection date : 9 May 2019 – 10 May 2019"],
        ["Dates of previous inspection: 3 May 2012", "Inspection dates:", "9 to 10 May 2019"],
        ["Inspection dates: 9 May 2019 to", "10 May 2019"],
    ],
)
def test_a_reports_inspection_dates(cover: list[str]) -> None:
    assert find_visit(REPORT, [sheet(*stack(cover))], "", None) == Span(date(2019, 5, 9), date(2019, 5, 10))


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Lead inspector: Ada Example HMI", "Deputy lead inspector: Ben Sample"], ("Ada Example",)),
        (["Lead inspector: Ada Example, Her Majesty’s Inspector", "Judgement Grade"], ("Ada Example",)),
        (["Lead inspector: Ada Example (HMI)"], ("Ada Example",)),
        (["Lead inspector on site: Ada Example Senior HMI"], ("Ada Example",)),
        (["Lead inspector:", "Ada Example", "Her Majesty’s Inspector"], ("Ada Example",)),
        (["Lead inspectors: Ada Example, HMI, and", "Ben Sample, HMI"],
         ("Ada Example", "Ben Sample")),
        (["Reporting inspector Ada Example HMI"], ("Ada Example",)),
        (["Judgement Grade"], ()),
    ],
)  # fmt: skip
def test_lead_inspectors(lines: list[str], names: tuple[str, ...]) -> None:
    assert find_lead_inspectors([sheet(*stack(lines))], Kind.INSPECTION) == names


@pytest.mark.parametrize(
    "line",
    ["Ada Example, Ofsted HMI Lead inspector Ben Sample, CQC Lead inspector",
     "Ada Example HMI, Ofsted lead inspector",
     "Ada Example, Ofsted lead inspector Ben Sample, CQC lead inspector"],
)  # fmt: skip
def test_the_lead_inspector_of_an_area_inspection(line: str) -> None:
    last = sheet(*stack(["Ofsted Care Quality Commission", line, "Ben Other, Ofsted HMI"]))
    assert find_lead_inspectors([last], Kind.SEND) == ("Ada Example",)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Overview", SectionRole.HEADLINE),
        ("Headline Findings.", SectionRole.HEADLINE),
        ("Areas covered by the visit", SectionRole.AREAS),
        ("What needs to improve in this area of social work practice?", SectionRole.IMPROVE),
        ("What needs to improve in this area of practice:", SectionRole.IMPROVE),
        ("Areas for Improvement", SectionRole.IMPROVE),
        ("Area for priority action", SectionRole.PRIORITY),
        ("Areas for priority action:", SectionRole.PRIORITY),
        ("Findings and evaluation of progress", SectionRole.FINDINGS),
        ("Main Findings", SectionRole.FINDINGS),
        ("The experiences and progress of care leavers: good", SectionRole.CARE_LEAVERS),
        ("The experiences and progress of children in care and care leavers", SectionRole.IN_CARE),
        ("Areas of strength", SectionRole.FINDINGS),
        ("What needs to improve. They are well aware of this", SectionRole.OTHER),
    ],
)
def test_headings_have_roles(heading: str, role: SectionRole) -> None:
    assert judge_heading(heading) is role


def test_a_second_headline_heading_after_the_list_holds_the_findings() -> None:
    sections = build_sections(
        blocks("**Headline findings", "Much is well.", "**What needs to improve", "* plans",
               "**Headline findings", "Plans are weak.",
               "Ofsted will take the findings into account.", "Yours sincerely"),
        Kind.FOCUSED_VISIT, is_letter=True,
    )  # fmt: skip
    assert [section.role for section in sections] == [
        SectionRole.HEADLINE, SectionRole.IMPROVE, SectionRole.FINDINGS, SectionRole.CLOSING,
    ]  # fmt: skip


def test_a_body_line_that_begins_like_a_heading_is_none() -> None:
    text = "Areas for improvement were found by leaders before this visit."
    sections = build_sections(blocks("**Findings", text), Kind.FOCUSED_VISIT, is_letter=True)
    assert [section.heading for section in sections] == ["Findings"]


def test_areas_come_from_bullets_or_from_the_sentence() -> None:
    listed = build_sections(
        blocks("This letter summarises the findings.", "**Areas covered by the visit", "Inspectors saw:",
               "* neglect", "* pathway plans", "**Overview", "Well."),
        Kind.MONITORING_VISIT, is_letter=True,
    )  # fmt: skip
    said = build_sections(
        blocks("This letter summarises the findings.", "Inspectors looked at arrangements for care leavers.",
               "Inspectors looked at a range of evidence, including case records.", "**Overview"),
        Kind.FOCUSED_VISIT, is_letter=True,
    )  # fmt: skip
    assert find_areas(listed) == ("neglect", "pathway plans")
    assert find_areas(said) == ("Inspectors looked at arrangements for care leavers.",)
    assert find_opening(said).count("\n") == 2
