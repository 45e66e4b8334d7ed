"""What is printed on a page but is not the document's text: letterhead, running lines, notes, imprint."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.letters.text.layout import BODY_SIZE, Sheet, same_row
from scraper.letters.text.lines import Line

NOTE_SIZE = 0.9 * BODY_SIZE
_NEAR_FOOT, _NEAR_HEAD = 0.13, 0.93  # of the page's height; between them only the first page has furniture

_EDGE_PRINT = re.compile(
    r"(?:page )?\d{1,3}(?: of \d{1,3})?|ofsted is proud to use recycled paper", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_LETTERHEAD = re.compile(
    r"piccadilly gate|store street|enquiries@ofsted|www\.(gov\.uk/)?ofsted",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"the office for standards in education, children.s services and skills"
    r"|if you are not happy with the inspection or the report"
    r"|any complaints about the (inspection|report)"
    r"|if you would like a copy of this document in a different format",
    re.IGNORECASE,
)
_CONTENTS_ENTRY = re.compile(r".*[^\d\s]\W*\s\d{1,3}\s*|\d{1,3}")


@dataclass(frozen=True, slots=True)
class Sorted:
    """A document's lines, split into its text and what only furnishes the pages."""

    sheets: tuple[Sheet, ...]
    cover: Sheet  # the first page as it stands, small print included
    running: tuple[str, ...]


def sort_out(sheets: Sequence[Sheet]) -> Sorted:
    """Takes the furniture out; `running` holds the distinct running headers and footers."""
    repeated = _repeated_at_edges(sheets)
    running: dict[str, None] = {}
    kept: list[Sheet] = []
    for sheet in sheets:
        body = []
        foot, head = _NEAR_FOOT * sheet.height, _NEAR_HEAD * sheet.height
        for line in sheet.lines:
            if sheet.number > 1 and foot <= line.middle <= head:
                body.append(line)
            elif _is_edge(line, sheet) and _edge_key(line) in repeated:
                running[line.text.strip()] = None
            elif not _is_furniture(line, sheet):
                body.append(line)
        kept.append(replace(sheet, lines=tuple(_without_notes(body))))
    return Sorted(tuple(_without_contents(_without_imprint(kept))), sheets[0], tuple(running))


def _is_edge(line: Line, sheet: Sheet) -> bool:
    """True in the strips at head and foot where running lines stand."""
    return not 0.085 * sheet.height <= line.middle <= 0.935 * sheet.height


def _edge_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.strip().casefold()), round(line.middle / 8)


def _repeated_at_edges(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    """Lines that come back on several pages at the same height, whatever their numbers."""
    seen = Counter(
        key for sheet in sheets for key in {_edge_key(line) for line in sheet.lines if _is_edge(line, sheet)}
    )
    return {key for key, count in seen.items() if count >= 2}


def _is_furniture(line: Line, sheet: Sheet) -> bool:
    is_near_edge = not _NEAR_FOOT * sheet.height <= line.middle <= _NEAR_HEAD * sheet.height
    if is_near_edge and _EDGE_PRINT.fullmatch(line.text.strip()):
        return True
    return _is_head_print(line, sheet) and any(
        _LETTERHEAD.search(other.text) for other in sheet.lines if _is_head_print(other, sheet)
    )


def _is_head_print(line: Line, sheet: Sheet) -> bool:
    """True for small print at the head of the first page, where letters carry the publisher's address."""
    return sheet.number == 1 and line.size <= NOTE_SIZE and line.middle > 0.75 * sheet.height


def _without_notes(lines: list[Line]) -> list[Line]:
    """Drops the footnotes: the small print below the last full-size line."""
    end = len(lines)
    while end and lines[end - 1].size <= NOTE_SIZE:
        end -= 1
    is_all_small = end == 0
    return lines if is_all_small else lines[:end]


def _without_imprint(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Stops where the publisher's standing text begins, which fills the last page."""
    for sheet in sheets:
        for index, line in enumerate(sheet.lines):
            if _IMPRINT.match(line.text) and sheet.number > 1:
                yield replace(sheet, lines=sheet.lines[:index])
                return
        yield sheet


def _without_contents(sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    """Drops tables of contents: from the heading on, while lines lead to page numbers."""
    in_contents = False
    for sheet in sheets:
        body: list[Line] = []
        at = 0
        while at < len(sheet.lines):
            line = sheet.lines[at]
            if in_contents:
                entries = _entry_length(sheet.lines[at:])
                in_contents = entries > 0
                at += entries
                continue
            in_contents = len(line.text) < 16 and line.text.strip().casefold() == "contents"
            if not in_contents:
                body.append(line)
            at += 1
        yield replace(sheet, lines=tuple(body))


def _entry_length(lines: Sequence[Line]) -> int:
    """How many lines the next entry of a table of contents takes, 0 if there is none."""
    for count, line in enumerate(lines[:4], start=1):
        if _CONTENTS_ENTRY.fullmatch(line.text.strip()) or (count > 1 and same_row(line, lines[0])):
            return count
    return 0
