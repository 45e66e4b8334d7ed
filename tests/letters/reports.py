"""Prints ILACS inspection reports: cover, table of judgements, summary, numbered paragraphs."""

from datetime import UTC, datetime, time

from tests.letters.plans import DocumentPlan, SectionPlan, Template
from tests.letters.sheet import HEIGHT, LEADING, LEFT, RIGHT, Sheet

TITLE_LINE = 120.0
GRADE_X = {Template.ILACS_2018: 376.0, Template.ILACS_2023: 303.0, Template.ILACS_2026: 303.0}
IMPRINT = """The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and
inspects to achieve excellence in the care of children and young people, and in education and skills for
learners of all ages."""


def print_report(plan: DocumentPlan) -> bytes:
    """The PDF of an inspection report."""
    made_at = datetime.combine(plan.published_on, time(9), tzinfo=UTC)
    sheet = Sheet(plan.subject, made_at, TITLE_LINE)
    sheet.at_start = lambda page: _begin_page(sheet, plan, page)
    sheet.begin()
    _print_cover(sheet, plan)
    _print_grades(sheet, plan)
    number = 1
    for section in plan.sections:
        number = _print_section(sheet, plan, section, number)
    sheet.need(12 * LEADING)
    sheet.gap(4 * LEADING)
    sheet.paragraph(IMPRINT)
    sheet.gap(LEADING)
    sheet.paragraph(f"© Crown copyright {plan.published_on.year}")
    return sheet.finish()


def _title(plan: DocumentPlan) -> str:
    if plan.template is Template.ILACS_2018:
        return "Inspection of children’s social care services"
    return f"Inspection of {plan.place} local authority children’s services"


def _begin_page(sheet: Sheet, plan: DocumentPlan, page: int) -> None:
    if plan.template is not Template.ILACS_2018 and page > 1:
        sheet.put(LEFT, HEIGHT - 39.6, _title(plan), 8)
        sheet.put(LEFT, HEIGHT - 30, plan.visited, 8)
    sheet.put(513, HEIGHT - 34, str(page), 10)


def _print_cover(sheet: Sheet, plan: DocumentPlan) -> None:
    if plan.template is Template.ILACS_2018:
        sheet.paragraph(plan.subject, size=26)
        sheet.paragraph(_title(plan), bold=True)
        lead = f"Lead inspector: {plan.inspectors[0]} HMI"
    else:
        sheet.paragraph(_title(plan), size=26)
        lead = f"Lead inspector: {plan.inspectors[0]}, {plan.majesty} Majesty’s Inspector"
    sheet.gap(LEADING)
    sheet.paragraph(f"Inspection dates: {plan.visited}", bold=True)
    sheet.gap(LEADING)
    sheet.paragraph(lead, bold=True)
    sheet.gap(2 * LEADING)


def _print_grades(sheet: Sheet, plan: DocumentPlan) -> None:
    grade_x = GRADE_X[plan.template]
    sheet.put(LEFT + 5, sheet.y, "Judgement", bold=True)
    sheet.put(grade_x, sheet.y, "Grade", bold=True)
    sheet.y += 2 * LEADING
    for label, grade in plan.grades.items():
        top = sheet.y - 1.5 * LEADING
        labels = sheet.wrap(label, grade_x - LEFT - 20)
        grades = sheet.wrap(grade, RIGHT - grade_x)
        for row, line in enumerate(labels):
            sheet.put(LEFT + 5, sheet.y + row * LEADING, line)
        for row, line in enumerate(grades):
            sheet.put(grade_x, sheet.y + row * LEADING, line)
        sheet.y += LEADING * (max(len(labels), len(grades)) + 1)
        sheet.pdf.rect(LEFT, top, RIGHT - LEFT, sheet.y - 1.5 * LEADING - top)
        sheet.pdf.line(grade_x - 6, top, grade_x - 6, sheet.y - 1.5 * LEADING)
    sheet.gap(LEADING)


def _print_section(sheet: Sheet, plan: DocumentPlan, section: SectionPlan, number: int) -> int:
    """Prints a section and returns the next paragraph number; bullets and the summary are not numbered."""
    if section.heading:
        sheet.need(4 * LEADING)
        sheet.gap(LEADING)
        heading_y = sheet.y
        sheet.paragraph(section.heading, size=14, bold=True)
        if section.footnote:
            sheet.put(LEFT + sheet.width(section.heading, 14, bold=True), heading_y - 5, "1", 9, bold=True)
            sheet.footnote("1", section.footnote)
        sheet.gap(LEADING / 2)
    for bullet, text in section.paragraphs:
        if bullet:
            sheet.paragraph(text, x=LEFT + 18, glyph=plan.bullet)
        elif section.heading:
            sheet.paragraph(text, x=LEFT + 36, mark=f"{number}.")
            number += 1
        else:
            sheet.paragraph(text)
        sheet.gap(LEADING)
    return number
