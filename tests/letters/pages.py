"""Prints documents of every other kind from plain text with a markup of its own.

A blank line parts one block from the next. A block begins with its style: `= ` title, `== ` heading, `! `
bold line, `* ` bullet, `- ` sub-bullet, `| ` a table's row of two cells, `~ ` small print, `/ ` lines kept as
they are, `---` a new page; anything else is a paragraph.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from tests.letters.letters import BULLET_INDENT, print_letterhead
from tests.letters.plans import Plan
from tests.letters.sheet import HEIGHT, LEADING, LEFT, RIGHT, Sheet

FIRST_LINE = {False: 106.0, True: 136.0}  # by whether it is a letter
CELL = 317.0
SUB_BULLET_INDENT = 42.0
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "=": {"size": 26, "bold": True},
    "==": {"size": 14, "bold": True},
    "!": {"bold": True},
    "~": {"size": 10},
}


class PagesPlan(Plan):
    """A document as it is printed, and what a reader must find in it."""

    title: str  # of the file
    printed_on: date
    text: str
    says: dict[str, Any]
    letterhead: bool = False
    running: str = ""  # the line at the foot, "{page}" in it
    bullet: str = "◼"


def print_pages(plan: PagesPlan) -> bytes:
    """The PDF of a document."""
    made_at = datetime.combine(plan.printed_on, time(9), tzinfo=UTC)
    sheet = Sheet(plan.title, made_at, FIRST_LINE[plan.letterhead])
    sheet.at_end = lambda page: _end_page(sheet, plan, page)
    for block in plan.text.strip().split("\n\n"):
        _print_block(sheet, plan, block.strip())
    return sheet.finish()


def _end_page(sheet: Sheet, plan: PagesPlan, page: int) -> None:
    if page == 1 and plan.letterhead:
        print_letterhead(sheet)  # last in the content stream, as in two thirds of the real ones
    if plan.running:
        sheet.put(LEFT, HEIGHT - 39.6, plan.running.format(page=page), 10)


def _print_block(sheet: Sheet, plan: PagesPlan, block: str) -> None:
    style, _, rest = block.partition(" ")
    match style:
        case "---":
            sheet.turn()
            return
        case "|":
            _print_row(sheet, [cell.strip() for cell in rest.split("|")])
        case "/":
            for line in rest.splitlines():
                sheet.paragraph(line.strip())
        case "*":
            sheet.paragraph(rest, x=LEFT + BULLET_INDENT, glyph=plan.bullet)
        case "-":
            sheet.paragraph(f"– {rest}", x=LEFT + SUB_BULLET_INDENT)
        case _ if style in _STYLES:
            sheet.need(3 * LEADING)
            sheet.paragraph(rest, **_STYLES[style])
        case _:
            sheet.paragraph(block)
    sheet.gap(LEADING)


def _print_row(sheet: Sheet, cells: list[str]) -> None:
    """A row of two cells, the second beside the first; each wraps by itself."""
    columns = [sheet.wrap(cells[0], CELL - LEFT - 12), sheet.wrap(cells[1], RIGHT - CELL)]
    for x, lines in zip((LEFT, CELL), columns, strict=True):
        for row, line in enumerate(lines):
            sheet.put(x, sheet.y + row * LEADING, line)
    sheet.y += LEADING * max(map(len, columns))
