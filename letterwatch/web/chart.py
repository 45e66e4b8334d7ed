"""Judgements over time as a drawing: a lane for each judgement, a bar for each grade while it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from letterwatch.web.wording import GRADES, JUDGEMENTS, PACES, say_day
from state import Entry, Grade, Judgement, Kind

WIDTH = 760
LEFT = 150  # room for the lanes' names
LANE = 34
TOP = 10
_LETTER_WIDTH = 7.2  # of the chart's text, on average
_SHORT = {Grade.REQUIRES_IMPROVEMENT: "Req. impr.", Grade.OUTSTANDING: "Outst.", Grade.INADEQUATE: "Inad."}
_SPAN = WIDTH - LEFT - 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A grade while it stands; the label is as long as there is room."""

    x: float
    width: float
    grade: Grade
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One judgement through time."""

    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A visit, with its number or a letter for its kind."""

    x: float
    label: str
    kind: Kind
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a year."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing, in its own units."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    dots: tuple[Dot, ...]
    dots_y: int
    ticks: tuple[Tick, ...]
    left: int


def draw_chart(judgements: Sequence[Judgement], visits: Sequence[Entry], today: date) -> Chart | None:
    """The chart of an authority; None where nothing was judged."""
    judged = [judgement for judgement in judgements if judgement.given]
    if not judged:
        return None
    days = [judgement.on for judgement in judged] + [day for day in map(_find_day, visits) if day]
    scale = _Scale(date(min(days).year, 1, 1), date(max(*days, today).year + 1, 1, 1), max(*days, today))
    names = [name for name in JUDGEMENTS if any(name in judgement.given for judgement in judged)]
    lanes = tuple(
        Lane(JUDGEMENTS[name], TOP + place * LANE, tuple(_draw_lane(name, judged, scale)))
        for place, name in enumerate(names)
    )
    dots = tuple(_draw_dots(visits, scale))
    dots_y = TOP + len(lanes) * LANE + 14
    return Chart(
        width=WIDTH,
        height=dots_y + (LANE if dots else 0) + 16,
        lanes=lanes,
        dots=dots,
        dots_y=dots_y,
        ticks=tuple(scale.list_ticks()),
        left=LEFT,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to places across the drawing."""

    first: date
    last: date
    end: date  # bars that still stand end here

    def place(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + share * _SPAN, 1)

    def list_ticks(self) -> Iterator[Tick]:
        years = self.last.year - self.first.year
        step = 1 if years <= 12 else 2 if years <= 24 else 5
        for year in range(self.first.year, self.last.year + 1, step):
            yield Tick(self.place(date(year, 1, 1)), year)


def _draw_lane(name: str, judged: Sequence[Judgement], scale: _Scale) -> Iterator[Bar]:
    """A grade stands until the next inspection, whether that judges the same or not."""
    for place, judgement in enumerate(judged):
        grade = judgement.given.get(name)
        if grade is None:
            continue
        until = judged[place + 1].on if place + 1 < len(judged) else scale.end
        x = scale.place(judgement.on)
        width = round(max(scale.place(until) - x - 2, 3), 1)
        told = f"{JUDGEMENTS[name]}: {GRADES[grade]}, {say_day(judgement.on)}"
        yield Bar(x, width, grade, _fit(grade, width - 12), told)


def _fit(grade: Grade, room: float) -> str:
    """As much of a grade's name as there is room for."""
    forms = (GRADES[grade], _SHORT.get(grade, ""), GRADES[grade][0])
    return next((form for form in forms if form and len(form) * _LETTER_WIDTH <= room), "")


def _draw_dots(visits: Sequence[Entry], scale: _Scale) -> Iterator[Dot]:
    for entry in visits:
        day, row = _find_day(entry), entry.row
        if day is None:
            continue
        is_monitoring = row.kind is Kind.MONITORING_VISIT
        label = str(row.visit_number or "M") if is_monitoring else "F"
        kind = "Monitoring visit" if is_monitoring else "Focused visit"
        pace = f", pace {PACES[row.pace].lower()}" if row.pace else ""
        yield Dot(scale.place(day), label, row.kind, f"{kind}, {say_day(day)}{pace}")


def _find_day(entry: Entry) -> date | None:
    row = entry.row
    return row.visited_to_on or row.visited_from_on or row.published_on
