"""England as hexagons: one for each authority, near its neighbours. The places stand in hexagons.csv."""

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from letterwatch.web.desk import Desk
from letterwatch.web.history import Standing, Watch, find_standing, find_watch, group_by_authority
from state import Authority, Judgement

RADIUS = 20.0  # of a hexagon, centre to corner
_ACROSS = RADIUS * math.sqrt(3)
_MARGIN = 4.0

_MOST_LETTERS = 10
_YEAR_DIGITS = 4
_TAIL = re.compile(r"(?: and | with | upon |-on-|-upon-|,).*| City$")
_END = re.compile(r" (East|West)$")
_SIDE = re.compile(r"\b(?:North|South|East|West)\b(?=.)")

LETTERS: Mapping[Standing, str] = {
    Standing.OUTSTANDING: "O",
    Standing.GOOD: "G",
    Standing.REQUIRES_IMPROVEMENT: "R",
    Standing.ADEQUATE: "A",
    Standing.INADEQUATE: "I",
    Standing.IN_PART: "I*",
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
    judgement: Judgement | None

    @property
    def judged_on(self) -> date | None:
        """When its latest inspection was published."""
        return self.judgement.on if self.judgement else None

    @property
    def file_id(self) -> str | None:
        """The file of its latest inspection."""
        return self.judgement.file_id if self.judgement else None

    @property
    def letter(self) -> str:
        """The letter that stands for its standing."""
        return LETTERS[self.standing]

    @property
    def short_name(self) -> str:
        """The name as far as a hexagon has room: "N Tyneside", "Newcastle", "Bath"."""
        name = _SIDE.sub(lambda side: side[0][0], _TAIL.sub("", self.authority.name))
        name = _END.sub(lambda end: f" {end[1][0]}", name)
        return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}."


@dataclass(frozen=True, slots=True)
class England:
    """Every authority as it stood on a day, the last of a year or today; and the years that are known."""

    day: date
    is_today: bool
    years: Sequence[int]
    known: Sequence[Known]


def see_england(desk: Desk, year: str) -> England:
    """England at the end of a year; today's without one, and the nearest year known where it lies outside."""
    today = desk.clock.now().date()
    judgements = desk.store.judgements()
    first = min((each.on.year for each in judgements if each.on > date.min), default=today.year)
    wanted = int(year) if year.isdecimal() and len(year) == _YEAR_DIGITS else today.year
    day = min(date(min(max(wanted, first), today.year), 12, 31), today)
    groups = group_by_authority(judgements, day)
    known = [
        _know(authority, groups.get(authority.urn, []))
        for authority in desk.register
        if authority.current and authority.urn
    ]
    return England(day, day == today, range(first, today.year + 1), known)


def _know(authority: Authority, judgements: Sequence[Judgement]) -> Known:
    latest = judgements[-1] if judgements else None
    return Known(authority, find_standing(latest), find_watch(judgements), latest)


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
