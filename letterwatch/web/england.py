"""England as hexagons: one for each authority, near its neighbours. The places stand in hexagons.csv."""

import csv
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from letterwatch.web.history import Standing, Watch
from state import Authority

RADIUS = 20.0  # of a hexagon, centre to corner
_ACROSS = RADIUS * math.sqrt(3)
_MARGIN = 4.0

_MOST_LETTERS = 10
_TAIL = re.compile(r"(?: and | with | upon |-on-|-upon-|,).*| City$")
_SIDE = re.compile(r"\b(?:North|South|East|West)\b(?=.)")

LETTERS: Mapping[Standing, str] = {
    Standing.OUTSTANDING: "O",
    Standing.GOOD: "G",
    Standing.REQUIRES_IMPROVEMENT: "R",
    Standing.ADEQUATE: "A",
    Standing.INADEQUATE: "I",
    Standing.NO_OVERALL: "N",
    Standing.NOT_READ: "?",
    Standing.UNKNOWN: "–",
}
"""What stands in a hexagon, so that nobody needs to tell its colour."""


@dataclass(frozen=True, slots=True)
class Place:
    """The centre of an authority's hexagon, and its corners as SVG wants them."""

    x: float
    y: float
    corners: str


@dataclass(frozen=True, slots=True)
class Known:
    """An authority as it stood on a day."""

    authority: Authority
    standing: Standing
    watch: Watch
    judged_on: date | None
    file_id: str | None

    @property
    def letter(self) -> str:
        """The letter that stands for its standing."""
        return LETTERS[self.standing]

    @property
    def short_name(self) -> str:
        """The name as far as a hexagon has room: "N Tyneside", "Newcastle", "Bath"."""
        name = _SIDE.sub(lambda side: side[0][0], _TAIL.sub("", self.authority.name))
        return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}."


@cache
def load_places() -> Mapping[str, Place]:
    """Each authority's hexagon by URN."""
    text = (files("letterwatch.web") / "hexagons.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["urn"]: _place(int(row["row"]), int(row["column"])) for row in rows}


def measure_map() -> tuple[float, float]:
    """Width and height of the whole."""
    places = load_places().values()
    return (
        round(max(place.x for place in places) + _ACROSS / 2 + _MARGIN, 1),
        round(max(place.y for place in places) + RADIUS + _MARGIN, 1),
    )


def _place(row: int, column: int) -> Place:
    """Columns are half a hexagon wide: every other row is shifted by one."""
    x = _MARGIN + _ACROSS / 2 * (column + 1)
    y = _MARGIN + RADIUS * (1 + 1.5 * row)
    corners = ((math.sin(math.pi / 3 * k), math.cos(math.pi / 3 * k)) for k in range(6))
    size = RADIUS - 0.8
    points = " ".join(f"{x + size * across:.1f},{y - size * up:.1f}" for across, up in corners)
    return Place(round(x, 1), round(y, 1), points)
