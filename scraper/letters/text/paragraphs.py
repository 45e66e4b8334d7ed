"""Lines to paragraphs: joined over lines and pages, with bullets, printed numbers and headings."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scraper.letters.text.layout import BODY_SIZE, Sheet, same_row
from scraper.letters.text.lines import Line

_NUMBER = re.compile(r"(\d{1,3})\.\s*(?=[^\W\d_]|[‘“'\"(])")
_SENTENCE_END = re.compile(r"[.!?:;][’”'\")\]]*\s*(?:\(.*\)\s*)?$")
GREETING = re.compile(r"dear\b.{1,80}", re.IGNORECASE)
_MAX_HEADING = 220
_LONGEST_BOLD_LINE = 90


@dataclass(slots=True)
class Block:
    """A heading, paragraph or bullet under construction; afterwards only read."""

    page: int
    size: float
    heading: bool = False
    bullet: bool = False
    number: int | None = None
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    next_page_at: int | None = None

    def finish(self) -> "Block":
        """Joins the lines to the block's text."""
        self.text = join_lines(line.text for line in self.lines)
        if self.number is not None:
            self.text = _NUMBER.sub("", self.text, count=1)
        self.text = self.text.strip()
        if len(self.text) > _LONGEST_BOLD_LINE and self.text.endswith("."):
            self.heading = False  # a sentence in bold
        if self.lines[-1].page != self.page:
            rest = join_lines(line.text for line in self.lines if line.page != self.page).strip()
            self.next_page_at = len(self.text) - len(rest) if rest else None
        return self


def join_lines(texts: Iterator[str] | Sequence[str]) -> str:
    """One text of several lines: a hyphen at a line's end is a real one and takes no blank behind it."""
    joined = ""
    for text in texts:
        stripped = text.strip()
        blank = "" if not joined or _ends_on_hyphen(joined) else " "
        joined += blank + stripped
    return " ".join(joined.split())


def build_blocks(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """All headings and paragraphs of a document, in order."""
    lines = [line for sheet in sheets for line in sheet.lines]
    if not lines:
        return ()
    measure = _Measure(lines)
    blocks: list[Block] = []
    for line in lines:
        block = blocks[-1] if blocks else None
        if block is None or measure.starts_new(block, line):
            blocks.append(_open_block(line))
        blocks[-1].lines.append(line)
    return tuple(block for block in map(Block.finish, blocks) if block.text)


def is_heading_line(line: Line) -> bool:
    """True for a line that is bold throughout and neither a bullet nor small print."""
    return line.bold and line.size >= 0.95 * BODY_SIZE and not line.bullet


def _is_greeting(line: Line) -> bool:
    return line.text.lstrip()[:1] in ("D", "d") and GREETING.fullmatch(line.text.strip()) is not None


def _ends_on_hyphen(text: str) -> bool:
    return text.endswith("-") and not text.endswith(" -")


def _open_block(line: Line) -> Block:
    number = _NUMBER.match(line.text.strip())
    return Block(
        page=line.page,
        size=line.size,
        heading=is_heading_line(line),
        bullet=line.bullet,
        number=int(number.group(1)) if number and not line.bullet else None,
    )


class _Measure:
    """Tells by distance and indent whether a line goes on with a paragraph."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._pitch = _usual_pitch(lines)
        self._right = sorted(line.right for line in lines)[int(0.97 * (len(lines) - 1))]

    def starts_new(self, block: Block, line: Line) -> bool:
        """True where the line opens a block of its own."""
        if line.bullet or is_heading_line(line) != block.heading:
            return True
        return self._is_new_heading(block, line) if block.heading else self._is_new_paragraph(block, line)

    def _is_new_paragraph(self, block: Block, line: Line) -> bool:
        last = block.lines[-1]
        if _is_greeting(last) or _is_greeting(line):
            return True
        if _NUMBER.match(line.text) and self._may_be_numbered(block, line):
            return True
        if last.page != line.page:
            return self._ended(last, line) or self._is_outdented(block, line)
        gap = last.middle - line.middle
        is_far = gap > 1.32 * self._pitch * max(1.0, line.size / BODY_SIZE) or gap < 0
        if is_far or same_row(last, line) or abs(line.size - last.size) > 1.2:
            return True
        return self._is_outdented(block, line) and self._ended(last, line)

    def _is_new_heading(self, block: Block, line: Line) -> bool:
        last = block.lines[-1]
        size = max(line.size, last.size) / BODY_SIZE
        far = last.page != line.page or last.middle - line.middle > 1.5 * self._pitch * size
        return far or abs(line.size - last.size) > 1.0 or sum(len(x.text) for x in block.lines) > _MAX_HEADING

    def _may_be_numbered(self, block: Block, line: Line) -> bool:
        """A number at the start of a line is a paragraph's, unless a sentence runs through it."""
        if block.number is None:
            return self._ended(block.lines[-1], line)
        return abs(line.left - block.lines[0].left) < 12

    def _is_outdented(self, block: Block, line: Line) -> bool:
        """True where a line under a bullet is back at the bullet's own margin."""
        return block.bullet and line.left < block.lines[0].left + 5

    def _ended(self, last: Line, line: Line) -> bool:
        """True where a sentence ended and the next line's first word would have fitted behind it."""
        if not _SENTENCE_END.search(last.text.strip()):
            return False
        words = line.text.split()
        width = (
            (line.right - line.left) * (len(words[0]) + 1) / max(len(line.text.strip()), 1) if words else 0.0
        )
        return last.right + width < self._right


def _usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in points."""
    places = ((line.page, line.middle) for line in lines)
    gaps = Counter(
        round(gap * 2)
        for (page, above), (next_page, below) in pairwise(places)
        if page == next_page and 8 < (gap := above - below) < 24
    )
    return gaps.most_common(1)[0][0] / 2 if gaps else 1.2 * BODY_SIZE
