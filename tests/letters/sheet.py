"""Paper: sets lines, paragraphs and page furniture as Word set them in Ofsted's documents.

Lengths are points, heights are baselines counted from the top of an A4 page, both measured on real letters.
"""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fpdf import FPDF

WIDTH, HEIGHT = 595.32, 841.92
LEFT, RIGHT = 72.0, 523.0
FIRST_LINE, LAST_LINE = 113.0, 752.0
LEADING = 14.5
FOOTNOTE_LEADING = 12.0
FONTS = Path(__file__).parent / "fonts"
SANS, DINGS = "letter-sans", "letter-dings"


def _wrappable(text: str) -> list[str]:
    """Cuts a text where a line may end: after blanks and after hyphens inside compounds."""
    return [piece for piece in re.split(r"(?<= )|(?<=\w-)(?=\w)", text) if piece]


class Sheet:
    """A document in the making: text flows down its pages, `at_start` and `at_end` add the furniture."""

    def __init__(self, title: str, made_at: datetime, first_line: float) -> None:
        self.pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.add_font(SANS, fname=FONTS / "LetterSans.ttf")
        self.pdf.add_font(SANS, style="B", fname=FONTS / "LetterSans-Bold.ttf")
        self.pdf.add_font(DINGS, fname=FONTS / "LetterDings.ttf")
        self.pdf.set_title(title)
        self.pdf.set_subject("A replica made for Letterwatch, not a document of Ofsted")
        self.pdf.set_creation_date(made_at)
        self.pdf.add_page()
        self.at_start: Callable[[int], None] = lambda _page: None
        self.at_end: Callable[[int], None] = lambda _page: None
        self.y = first_line
        self._last_line = LAST_LINE
        self._footnotes: list[tuple[str, list[str]]] = []

    def begin(self) -> None:
        """Draws the first page's opening furniture, once `at_start` is set."""
        self.at_start(1)

    def put(self, x: float, y: float, text: str, size: float = 12, *, bold: bool = False) -> None:
        """Sets one run of text, wherever."""
        self.pdf.set_font(SANS, "B" if bold else "", size)
        self.pdf.text(x, y, text)

    def width(self, text: str, size: float = 12, *, bold: bool = False) -> float:
        """The width a run of text takes."""
        self.pdf.set_font(SANS, "B" if bold else "", size)
        return float(self.pdf.get_string_width(text))

    def wrap(self, text: str, room: float, size: float = 12, *, bold: bool = False) -> list[str]:
        """Breaks a text into lines that fit."""
        lines = [""]
        for piece in _wrappable(" ".join(text.split())):
            if lines[-1] and self.width((lines[-1] + piece).rstrip(), size, bold=bold) > room:
                lines.append("")
            lines[-1] += piece
        return lines

    def need(self, height: float) -> None:
        """Turns the page unless this much room is left on it."""
        if self.y + height > self._last_line:
            self.turn()

    def gap(self, height: float) -> None:
        """Leaves room above the next line, none at the top of a page."""
        if self.y > FIRST_LINE:
            self.y += height

    def paragraph(
        self,
        text: str,
        *,
        x: float = LEFT,
        size: float = 12,
        bold: bool = False,
        mark: str = "",
        glyph: str = "",
    ) -> None:
        """Flows a paragraph; `mark` (a number) or `glyph` (a bullet) hangs left of its first line."""
        leading = LEADING * max(size, 12) / 12
        lines = self.wrap(text, RIGHT - x, size, bold=bold)
        for line in lines:
            self.need(0)
            if line is lines[0]:
                self._hang(mark, glyph)
            self.put(x, self.y, line, size, bold=bold)
            if line is lines[-1]:  # Word closes every paragraph with a blank of its own
                self.put(x + self.width(line, size, bold=bold), self.y, " ", size)
            self.y += leading

    def footnote(self, mark: str, text: str) -> None:
        """Keeps room for a footnote on this page."""
        lines = self.wrap(text, RIGHT - LEFT - 7, 10)
        self._footnotes.append((mark, lines))
        self._last_line -= FOOTNOTE_LEADING * (len(lines) + 1)

    def finish(self) -> bytes:
        """Closes the last page and returns the PDF."""
        self._close_page()
        return bytes(self.pdf.output())

    def _hang(self, mark: str, glyph: str) -> None:
        if mark:
            self.put(LEFT, self.y, mark)
        if glyph:
            self.pdf.set_font(DINGS, "", 12)
            self.pdf.text(LEFT, self.y, glyph)

    def turn(self) -> None:
        """Goes on to the next page."""
        self._close_page()
        self.pdf.add_page()
        self.at_start(self.pdf.page)
        self.y, self._last_line = FIRST_LINE, LAST_LINE

    def _close_page(self) -> None:
        y = self._last_line + 2 * FOOTNOTE_LEADING
        for mark, lines in self._footnotes:
            self.put(LEFT, y - 3.5, mark + " ", 6.5)
            for line in lines:
                self.put(LEFT + 7, y, line, 10)
                y += FOOTNOTE_LEADING
        self._footnotes.clear()
        self.at_end(self.pdf.page)
