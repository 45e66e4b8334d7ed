"""The picture as SVG: light and dark, each house in its colour. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from tools.picture.house import FILES, HOUSES, PEOPLE, SAID, WAY, WORLD

WIDTH, HEIGHT = 1320, 792
_STYLE = """
svg { --paper: #fcfbf8; --ink: #1c2530; --soft: #5d6875; --line: #c9ced6; --room: #ffffff;
      --letterwatch: #475569; --scraper: #0f766e; --state: #4046a8; --notifier: #b4530a; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #12161c; --ink: #e9edf2; --soft: #a3adba; --line: #3a4452; --room: #1a212a;
        --letterwatch: #93a3b8; --scraper: #3fc1b4; --state: #98a0ff; --notifier: #f2a65a; }
}
text { font-family: "Source Sans 3", "Source Sans Pro", "Segoe UI", system-ui, sans-serif; fill: var(--ink); }
.name { font-size: 17px; font-weight: 600; }
.says { font-size: 12.5px; fill: var(--soft); }
.title { font-size: 22px; font-weight: 700; }
.out { font-size: 15.5px; }
.flow { font-size: 14px; font-style: italic; fill: var(--soft); }
.room { fill: var(--room); stroke: var(--line); }
.file { fill: none; stroke: var(--line); stroke-dasharray: 4 4; }
.house { fill-opacity: 0.07; stroke-width: 1.8; }
.pill { fill: none; stroke: var(--line); stroke-width: 1.4; }
.way { fill: none; stroke: var(--soft); stroke-width: 2; }
.step { font-size: 14px; }
.number { font-size: 13px; font-weight: 700; fill: var(--paper); }
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Halfway from left to right."""
        return self.x + self.width / 2


_PLACES: Mapping[str, tuple[Box, int]] = {
    "letterwatch": (Box(190, 30, 940, 202), 6),
    "scraper": (Box(190, 288, 224, 408), 1),
    "state": (Box(494, 288, 366, 408), 2),
    "notifier": (Box(932, 288, 198, 408), 1),
}
"""Where each house stands, and how many rooms side by side."""
_GAP, _SIDE, _HEAD, _ROOM = 10, 16, 54, 58


def draw() -> str:
    """The whole picture."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Letterwatch’s packages, their rooms, and the way of the data">',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="var(--soft)"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="var(--paper)"/>',
        *(line for house in HOUSES for line in _draw_house(house)),
        *_draw_outside(),
        *_draw_flows(),
        *_draw_way(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _draw_house(house: str) -> Iterator[str]:
    box, columns = _PLACES[house]
    x, colour = box.x + _SIDE, f"var(--{house})"
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="12" class="house" '
        f'fill="{colour}" stroke="{colour}"/>'
        f'<text x="{x}" y="{box.y + 29}" class="title" style="fill: {colour}">{house}</text>'
        f'<text x="{x}" y="{box.y + 47}" class="says">{SAID[house]}</text>'
    )
    width = (box.width - 2 * _SIDE - (columns - 1) * _GAP) / columns
    rooms = [(room, says, "room") for room, says in HOUSES[house].items()]
    if house in FILES:
        rooms.append((*FILES[house], "file"))
    for place, (room, says, sort) in enumerate(rooms):
        left = x + (place % columns) * (width + _GAP)
        top = box.y + _HEAD + 6 + (place // columns) * (_ROOM + _GAP)
        yield (
            f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{_ROOM}" rx="7" class="{sort}"/>'
            f'<text x="{left + 11:g}" y="{top + 25:g}" class="name">{room}</text>'
            f'<text x="{left + 11:g}" y="{top + 44:g}" class="says">{escape(says)}</text>'
        )


def _draw_outside() -> Iterator[str]:
    """The world on the left, people on the right, as far apart as the houses are high."""
    house = _PLACES["scraper"][0]
    for names, x in ((WORLD, 24.0), (PEOPLE, WIDTH - 24 - 124.0)):
        first = house.y + house.height / 2 - (len(names) * 52 - 12) / 2
        for place, name in enumerate(names):
            yield from _draw_pill(Box(x, first + place * 52, 124, 40), name)
    roof = _PLACES["letterwatch"][0]
    yield from _draw_pill(Box(WIDTH - 148, roof.y + 110, 124, 40), "browsers")
    yield from _draw_pill(Box(24, roof.y + 110, 124, 40), "operators")


def _draw_pill(box: Box, name: str) -> Iterator[str]:
    yield (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width}" height="{box.height}" rx="20" class="pill"/>'
        f'<text x="{box.middle:g}" y="{box.y + 25:g}" text-anchor="middle" class="out">{escape(name)}</text>'
    )


def _draw_flows() -> Iterator[str]:
    """Who hands what to whom."""
    roof, scraper, state, notifier = (_PLACES[house][0] for house in HOUSES)
    middle = scraper.y + scraper.height / 2
    yield _draw_arrow(150, middle, scraper.x - 4, middle)
    yield _draw_arrow(scraper.right + 4, middle, state.x - 4, middle)
    yield _tell((scraper.right + state.x) / 2, middle - 14, "a run’s", "sightings")
    yield _draw_arrow(state.right + 4, middle - 40, notifier.x - 4, middle - 40)
    yield _tell((state.right + notifier.x) / 2, middle - 52, "outbox")
    yield _draw_arrow(notifier.x - 4, middle + 40, state.right + 4, middle + 40)
    yield _tell((state.right + notifier.x) / 2, middle + 62, "ledger")
    yield _draw_arrow(notifier.right + 4, middle, WIDTH - 151, middle)
    for house in (scraper, state, notifier):
        yield _draw_arrow(house.middle, roof.bottom + 4, house.middle, house.y - 4)
    yield _draw_arrow(150, roof.y + 130, roof.x - 4, roof.y + 130)
    yield _draw_arrow(roof.right + 4, roof.y + 130, WIDTH - 151, roof.y + 130)


def _draw_arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" class="way" marker-end="url(#tip)"/>'


def _tell(x: float, y: float, *lines: str) -> str:
    """Words over an arrow, the last line at `y`."""
    first = y - 17 * (len(lines) - 1)
    return "".join(
        f'<text x="{x:g}" y="{first + 17 * at:g}" text-anchor="middle" class="flow">{line}</text>'
        for at, line in enumerate(lines)
    )


def _draw_way() -> Iterator[str]:
    """The way of the data in words, below the houses."""
    x, y = 44.0, HEIGHT - 44.0
    for number, step in enumerate(WAY, 1):
        yield (
            f'<circle cx="{x:g}" cy="{y - 5:g}" r="11" fill="var(--letterwatch)"/>'
            f'<text x="{x:g}" y="{y:g}" text-anchor="middle" class="number">{number}</text>'
            f'<text x="{x + 19:g}" y="{y:g}" class="step">{step}</text>'
        )
        x += 48 + len(step) * 7.1
