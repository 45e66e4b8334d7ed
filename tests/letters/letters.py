"""Prints monitoring and focused visit letters."""

from datetime import UTC, datetime, time

from tests.letters.plans import DocumentPlan, SectionPlan, Template
from tests.letters.sheet import LEADING, LEFT, Sheet

LETTERHEAD = ("Ofsted", "Piccadilly Gate", "Store Street", "Manchester", "M1 2WD")
CONTACTS = ("T 0300 123 1231", "Textphone 0161 618 8524", "enquiries@ofsted.gov.uk", "www.gov.uk/ofsted")
DATE_LINE = 171.0  # the letter's date, below the letterhead
BULLET_INDENT = 14.5


def print_letter(plan: DocumentPlan) -> bytes:
    """The PDF of a letter."""
    made_at = datetime.combine(plan.published_on, time(9), tzinfo=UTC)
    sheet = Sheet(plan.subject, made_at, DATE_LINE)
    sheet.at_start = lambda page: _begin_page(sheet, plan, page)
    sheet.at_end = lambda page: _end_page(sheet, plan, page)
    sheet.begin()
    _print_address(sheet, plan)
    for text in _opening(plan):
        sheet.paragraph(text)
        sheet.gap(LEADING)
    for section in plan.sections:
        _print_section(sheet, plan, section)
    _print_close(sheet, plan)
    return sheet.finish()


def _begin_page(sheet: Sheet, plan: DocumentPlan, page: int) -> None:
    if page == 1 and not plan.letterhead_last:
        print_letterhead(sheet)
    if page > 1 and plan.page_numbers:
        sheet.put(517, 783, str(page))


def _end_page(sheet: Sheet, plan: DocumentPlan, page: int) -> None:
    if page == 1 and plan.letterhead_last:
        print_letterhead(sheet)


def print_letterhead(sheet: Sheet) -> None:
    """The publisher’s address in two columns of small print."""
    for row, line in enumerate(LETTERHEAD):
        sheet.put(LEFT, 55.4 + 10.85 * row, line, 9)
    for row, line in enumerate(CONTACTS, start=1):
        sheet.put(185, 55.4 + 10.85 * row, line, 9, bold=row < 3)


def _print_address(sheet: Sheet, plan: DocumentPlan) -> None:
    sheet.paragraph(f"{plan.published_on:%-d %B %Y}")
    sheet.gap(LEADING)
    for line in plan.addressee:
        sheet.paragraph(line)
    sheet.gap(2 * LEADING)
    sheet.paragraph(f"Dear {plan.salutation}")
    sheet.gap(LEADING)
    sheet.paragraph(plan.subject, bold=True)
    sheet.gap(LEADING)


def _opening(plan: DocumentPlan) -> list[str]:
    more = [" ".join(block.split()) for block in plan.opening.split("\n\n") if block.strip()]
    return [_first_paragraph(plan), *more]


def _first_paragraph(plan: DocumentPlan) -> str:
    """The sentence that names the visit, in the words of its time or its own."""
    if plan.first:
        return " ".join(plan.first.split())
    names = " and ".join([", ".join(plan.inspectors[:-1]), plan.inspectors[-1]]).removeprefix(" and ")
    where = f"{plan.place} children’s services on {plan.visited}."
    since = f"{plan.visit} monitoring visit since the local authority was judged inadequate in {plan.judged}."
    inspectors = f"{plan.majesty} Majesty’s Inspectors"
    match plan.template:
        case Template.MONITORING_2016:
            first, second = (
                f"the monitoring visit to {where} The visit was the {since}",
                f"The inspectors were {names}, {inspectors}.",
            )
        case Template.MONITORING_2021:
            first, second = (
                f"the monitoring visit to {where} This was the {since}",
                f"{inspectors} for this visit were {names}.",
            )
        case Template.FOCUSED if plan.published_on.year < 2020:
            named = ", and ".join(f"{name}, HMI" for name in plan.inspectors)
            first, second = f"a focused visit to {where}", f"The inspectors were {named}."
        case _:
            first, second = f"the focused visit to {where}", f"{inspectors} for this visit were {names}."
    return f"This letter summarises the findings of {first} {second}"


def _print_section(sheet: Sheet, plan: DocumentPlan, section: SectionPlan) -> None:
    sheet.need(4 * LEADING)
    heading_y = sheet.y
    sheet.paragraph(section.heading, bold=True)
    if section.footnote:
        sheet.put(LEFT + sheet.width(section.heading, bold=True), heading_y - 4, "1", 8, bold=True)
        sheet.footnote("1", section.footnote)
    sheet.gap(LEADING)
    for bullet, text in section.paragraphs:
        if bullet:
            sheet.paragraph(text, x=LEFT + BULLET_INDENT, glyph=plan.bullet)
        else:
            sheet.paragraph(text)
        sheet.gap(LEADING)


def _print_close(sheet: Sheet, plan: DocumentPlan) -> None:
    for block in plan.closing.split("\n\n"):
        sheet.paragraph(" ".join(block.split()))
        sheet.gap(LEADING)
    sheet.need(6 * LEADING)
    sheet.paragraph("Yours sincerely")
    sheet.gap(2 * LEADING)
    sheet.paragraph(plan.inspectors[0])
    sheet.paragraph(f"{plan.majesty} Majesty’s Inspector", bold=True)
