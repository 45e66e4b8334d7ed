"""Lines and sheets for tests, set as a typical page sets them."""

from collections.abc import Iterable

from scraper.letters.text.layout import Sheet
from scraper.letters.text.lines import Line
from scraper.letters.text.paragraphs import Block, build_blocks

WIDTH, HEIGHT = 595.0, 842.0
PITCH = 14.5
CHARACTER = 5.6  # points, on the average


def line(
    text: str,
    *,
    page: int = 1,
    top: float = 700.0,
    left: float = 71.0,
    size: float = 12.0,
    bold: bool = False,
    bullet: bool = False,
) -> Line:
    right = left + CHARACTER * len(text)
    return Line(page, text, left, right, top, top - size, size, bold, bold_start=bold, bullet=bullet)


def sheet(*lines: Line, number: int = 1) -> Sheet:
    return Sheet(number, WIDTH, HEIGHT, lines)


def stack(texts: Iterable[str], *, page: int = 1, top: float = 700.0) -> list[Line]:
    """Lines below each other; an empty text leaves a gap, "**" in front makes a line bold, "*" a bullet."""
    lines = []
    for row, text in enumerate(texts):
        if text:
            bold, bullet = text.startswith("**"), text.startswith("* ")
            lines.append(line(text.lstrip("* "), page=page, top=top - PITCH * row, bold=bold, bullet=bullet))
    return lines


def blocks(*texts: str) -> tuple[Block, ...]:
    """Blocks of one page, a text each."""
    apart = [part for text in texts for part in (text, "")]
    return build_blocks([sheet(*stack(apart))])
