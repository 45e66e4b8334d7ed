"""The lines of a page in reading order, with characters normalised and fragments joined."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.letters.text.lines import Line, Page

BODY_SIZE = 12.0

_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_HYPHENS = "\u2010\u2011\ufffe\u0002"  # the last two are PDFium's marks of a hyphen at a line's end
_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff" + "".join(
    map(chr, (0, 1, *range(3, 9), *range(11, 32)))
)
_PLAIN = str.maketrans(
    dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_NOTHING, "")
)
_SPECIAL = re.compile(f"[{re.escape(_BLANKS + _HYPHENS + _NOTHING)}]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page whose lines stand in reading order and whose sizes are relative to a body of 12 points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def lay_out(pages: Sequence[Page]) -> tuple[Sheet, ...]:
    """Every page's lines in reading order; a size of 12 is the document's body size."""
    body = _body_size(pages)
    scale = 1.0 if abs(body - BODY_SIZE) < 0.1 else BODY_SIZE / body
    return tuple(
        Sheet(page.number, page.width, page.height, tuple(_join_fragments(_in_order(page.lines), scale)))
        for page in pages
    )


def clean_text(text: str) -> str:
    """Text with plain blanks, without control characters; a line-end hyphen becomes a real one."""
    return text.translate(_PLAIN) if _SPECIAL.search(text) else text


def same_row(one: Line, other: Line) -> bool:
    """True where two lines overlap in height by a good third of the lower one, as raised figures do."""
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.35 * min(one.top - one.bottom, other.top - other.bottom)


def _body_size(pages: Sequence[Page]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes.most_common(1)[0][0], 0.1)


def _in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines by the height at which each run of the content stream starts.

    Within a run the stream's order is right (table cells stay whole); but letterheads, page numbers and
    footnotes are often drawn first or last.
    """
    runs: list[list[Line]] = []
    for line in lines:
        if runs and not _jumps_up(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    runs.sort(key=lambda run: (-round(run[0].top), run[0].left))
    return [line for run in runs for line in run]


def _jumps_up(previous: Line, line: Line) -> bool:
    if same_row(previous, line):
        return line.left < previous.left
    return line.middle > previous.middle


def _join_fragments(lines: Iterable[Line], scale: float) -> Iterable[Line]:
    """Lines of one row that touch become one: superscripts and stray breaks in mid-line."""
    pending: Line | None = None
    for raw in lines:
        line = _normalised(raw, scale)
        if pending is None:
            pending = line
        elif _touch(pending, line):
            pending = _joined(pending, line)
        else:
            yield pending
            pending = line
    if pending is not None:
        yield pending


def _normalised(line: Line, scale: float) -> Line:
    text = clean_text(line.text)
    if text is line.text and scale == 1.0:
        return line
    return line._replace(text=text, size=line.size * scale)


def _touch(one: Line, other: Line) -> bool:
    is_lone_bullet = one.bullet and not one.text.strip()
    if is_lone_bullet:
        return same_row(one, other) and not other.bullet
    gap = other.left - one.right
    return -2.0 <= gap <= 0.8 * max(one.size, other.size) and same_row(one, other)


def _joined(one: Line, other: Line) -> Line:
    if not one.text.strip():
        return other._replace(left=one.left, bullet=one.bullet)
    is_note_mark = other.text.strip().isdigit() and other.size < 0.8 * one.size
    if is_note_mark:
        return one._replace(right=other.right)
    blank = "" if one.text.endswith(" ") or other.left - one.right < 0.12 * one.size else " "
    return one._replace(
        text=one.text + blank + other.text.lstrip(),
        right=other.right,
        top=max(one.top, other.top),
        bottom=min(one.bottom, other.bottom),
        size=max(one.size, other.size),
        bold=one.bold and other.bold,
    )
