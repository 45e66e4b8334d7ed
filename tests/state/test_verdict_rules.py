"""Where a run is judged by those before it: each rule's limit, its verdict and its words."""

from dataclasses import replace
from datetime import date

import pytest

from state import Take, Verdict
from state.judging.runs import History, judge_take
from tests.state.judged import SEARCH, search, sweep, told
from tests.state.takes import sighting

USUAL = ({"search_rows": 10, "search_dated": 10, "search_bytes": 1000},)
URNS = [str(80400 + number) for number in range(10)]


def dated(number: int) -> Take:
    """A sweep of ten authorities of which so many have a date."""
    take = sweep(10)
    for place in range(number, 10):
        take.authorities._held[place] = replace(take.authorities._held[place], latest_report_on=None)
    return take


def newest(ahead: int) -> dict[str, date]:
    """The newest reports known; of so many the search shows older ones."""
    return {urn: date(2019, 11, 1 + (place < ahead)) for place, urn in enumerate(URNS[:5])}


@pytest.mark.parametrize(
    ("take", "history", "expected"),
    [
        (search(sweep(10), {"rows": 9, "expected_rows": 9}), History(runs=USUAL), (Verdict.OK, None, False)),
        (
            search(sweep(10), {"rows": 8, "expected_rows": 8}),
            History(runs=USUAL),
            (Verdict.BROKEN, "the search lists 8 authorities, 10 in the last good runs", True),
        ),
        (dated(9), History(runs=USUAL), (Verdict.OK, None, False)),
        (
            dated(8),
            History(runs=USUAL),
            (Verdict.BROKEN, "the search gives 8 authorities a date, 10 in the last good runs", True),
        ),
        (sweep(10), History(newest=newest(1)), (Verdict.OK, None, False)),
        (
            sweep(10),
            History(newest=newest(2)),
            (
                Verdict.DEGRADED,
                "the search shows 3 of the newest reports that are known, at least 4 expected",
                False,
            ),
        ),
        (
            sweep(10),
            History(newest=newest(5)),
            (Verdict.BROKEN, "the search shows none of the newest reports that are known", True),
        ),
        (
            search(sweep(10), {"bytes_received": 399}),
            History(runs=USUAL),
            (Verdict.DEGRADED, "the search page has 399 bytes, 1000 in the last good runs", False),
        ),
        (search(sweep(10), {"bytes_received": 400}), History(runs=USUAL), (Verdict.OK, None, False)),
        (
            sweep(10),
            History(quiet_since=date(2019, 9, 16)),
            (Verdict.STALE, "nothing new for 46 days, 45 are likely at most", False),
        ),
        (sweep(10), History(quiet_since=date(2019, 9, 17)), (Verdict.OK, None, False)),
    ],
)
def test_each_rule_has_its_verdict_and_its_words(
    take: Take, history: History, expected: tuple[Verdict, str | None, bool]
) -> None:
    take.found._held[:] = [replace(found, sighting=sighting("1", published_on=None)) for found in take.found]
    verdict, cause, is_void = expected
    where = f"{SEARCH}: " if is_void else ""
    if not take.looks._held[0].bytes_received:
        take.looks._held[0] = replace(take.looks._held[0], bytes_received=1000)
    assert told(judge_take(take, history)) == (verdict, f"{where}{cause}" if cause else None, is_void)
