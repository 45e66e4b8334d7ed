"""Visits known before their letters: when each letter is to be expected, from measured delays. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from state.records.filed import Filed
from state.records.vocabulary import Kind
from state.settling.standing import find_standing

ENOUGH_DELAYS = 8  # letters of the last two years; fewer are no measure
RECENT = timedelta(days=730)
LONGEST_DELAY = 200  # days; beyond it, dates were read or typed wrongly
MEASURED = ((2018, 23), (2020, 40), (2021, 32))  # from the year on: median days, of 371 letters
ENOUGH_VISITS = 2  # monitoring visits since the inspection, to tell an authority's cadence
SLACK = timedelta(days=3)  # papers and letters name a visit's days differently
GIVEN_UP_AFTER = timedelta(
    days=120
)  # past the expected day: it was no visit, or its letter stays unpublished


class Basis(StrEnum):
    """Whence a visit is known."""

    REPORTED = "reported"
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class Delay:
    """Days from a visit's last day to its letter's publication: the median, and of how many letters."""

    days: int
    letters: int

    def in_words(self) -> str:
        """What the figure rests on."""
        if not self.letters:
            return f"letters followed {self.days} days after the visit in the median of past years"
        return f"the last {self.letters} letters followed {self.days} days after the visit in the median"


def measure_delay(filed: Iterable[Filed], kind: Kind, today: date) -> Delay:
    """The delay of recent letters of a kind, else the one measured for the year."""
    days = [
        (each.published_on - until).days
        for each in filed
        if each.kind is kind
        and each.published_on
        and today - each.published_on <= RECENT
        and (until := each.visit[1] or each.visit[0])
    ]
    sane = [each for each in days if 0 < each <= LONGEST_DELAY]
    if len(sane) >= ENOUGH_DELAYS:
        return Delay(round(median(sane)), len(sane))
    known = [each for year, each in MEASURED if year <= today.year]
    return Delay(known[-1] if known else MEASURED[0][1], 0)


def expect_letter(visited_to_on: date, delay: Delay) -> date:
    """The day about which a letter is to be expected; never a weekend's."""
    day = visited_to_on + timedelta(days=delay.days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def find_cadence(shelf: Sequence[Filed]) -> date | None:
    """When an authority under watch is due another visit by its own rhythm; None where there is none.

    Under watch: any judgement of the latest full inspection is inadequate. The rhythm is the median of
    the times between its monitoring visits since then.
    """
    standing = find_standing(shelf)
    if standing is None or not standing.inadequate or standing.inspected_to_on is None:
        return None
    visits = sorted(
        {
            each.visit[1] or each.visit[0] or standing.inspected_to_on
            for each in shelf
            if each.kind is Kind.MONITORING_VISIT and each.withdrawn_at is None
        }
    )
    since = [day for day in visits if day > standing.inspected_to_on]
    if len(since) < ENOUGH_VISITS:
        return None
    gaps = [(later - earlier).days for earlier, later in pairwise(since)]
    return since[-1] + timedelta(days=round(median(gaps)))


def is_letter_of(filed: Filed, kind: Kind, visited_from_on: date, visited_to_on: date | None) -> bool:
    """Whether a publication is the letter of a visit: the same kind, and days that meet or nearly do."""
    first, last = filed.visit
    if filed.kind is not kind or first is None:
        return False
    return first <= (visited_to_on or visited_from_on) + SLACK and (last or first) >= visited_from_on - SLACK
