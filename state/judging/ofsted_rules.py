"""What a run over Ofsted's site is held to. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from state.judging.rules import Comparison, Rule
from state.records.vocabulary import Verdict

FEWEST_ROWS_PERCENT = 90  # of the rows of the last good runs of the same rhythm
SMALLEST_PAGE_PERCENT = 40  # of the usual bytes of the search page
CANARIES = 5  # newest reports known, whose authorities must stand in the search with that date or a later one
FEWEST_CANARIES = 3  # fewer prove nothing: one authority may be abolished
MOST_LOST_PERCENT = 20  # of the canaries; a report may be withdrawn, an authority abolished

Silence = tuple[date, date]
"""First and last day of a time in which nothing is published, such as before an election."""


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the configuration expects of the source."""

    fewest_authorities: int = 1
    stale: timedelta = timedelta(days=45)
    silences: tuple[Silence, ...] = ()


def make_rules(expected: Expectations) -> tuple[Rule, ...]:
    """The rules, the gravest first: the first that does not hold gives the run its verdict."""
    least, most, broken = Comparison.AT_LEAST, Comparison.AT_MOST, Verdict.BROKEN
    return (
        Rule(
            "authorities counted", "authorities_counted", least, broken,
            "the search counts {figure} authorities, fewer than the {threshold} that there are at least",
            setting=expected.fewest_authorities, is_void=True,
        ),
        Rule(
            "authorities listed", "search_rows", least, broken,
            "the search lists {figure} authorities, {usual} in the last good runs",
            percent=FEWEST_ROWS_PERCENT, is_void=True,
        ),
        Rule(
            "rows with a date", "search_dated", least, broken,
            "the search gives {figure} authorities a date, {usual} in the last good runs",
            percent=FEWEST_ROWS_PERCENT, is_void=True,
        ),
        Rule(
            "known reports found", "canaries_found", least, broken,
            "the search shows none of the newest reports that are known",
            setting=1, is_void=True,
        ),
        Rule(
            "age of the newest report", "newest_days", most, Verdict.STALE,
            "nothing new for {figure} days, {threshold} are likely at most",
            setting=expected.stale.days,
        ),
        Rule(
            "known reports found", "canaries_found", least, Verdict.DEGRADED,
            "the search shows {figure} of the newest reports that are known, at least {threshold} expected",
            percent=100 - MOST_LOST_PERCENT, of="canaries",
        ),
        Rule(
            "size of the search page", "search_bytes", least, Verdict.DEGRADED,
            "the search page has {figure} bytes, {usual} in the last good runs",
            percent=SMALLEST_PAGE_PERCENT,
        ),
    )  # fmt: skip


def count_days(since: date, until: date, silences: tuple[Silence, ...]) -> int:
    """Days from one day to another, without those in which nothing is published anyway."""
    days = max(0, (until - since).days)
    for first, last in silences:
        overlap = (min(last, until) - max(first, since + timedelta(days=1))).days + 1
        days -= max(0, overlap)
    return max(0, days)
