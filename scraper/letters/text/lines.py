"""What a document's pages come to before anything is read: lines as they are printed."""

from dataclasses import dataclass
from typing import NamedTuple

MAX_BYTES = 50_000_000


class UnreadableError(Exception):
    """The bytes cannot be read as a document; the message is the reason in plain words."""


class Line(NamedTuple):
    """A line of text as printed; positions in points from the page's lower left corner."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    bold_start: bool = False
    bullet: bool = False

    @property
    def middle(self) -> float:
        """The height of the line's centre."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page's lines in the order in which the file draws them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
