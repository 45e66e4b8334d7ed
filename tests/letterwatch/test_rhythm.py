from datetime import UTC, datetime, timedelta

import pytest

from letterwatch.rhythm import LONGEST_BACKOFF, backoff, choose_rhythm, is_left_alone
from state import Rhythm

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("swept_at", "expected"),
    [
        (None, Rhythm.SWEEP),
        (NOW - DAY, Rhythm.SWEEP),
        (NOW - DAY + timedelta(seconds=1), Rhythm.POLL),
        (NOW - 40 * DAY, Rhythm.SWEEP),
        (NOW + DAY, Rhythm.POLL),
        (NOW + 365 * DAY, Rhythm.SWEEP),
    ],
)
def test_a_sweep_is_due_a_day_after_the_last_settled_one(swept_at: datetime | None, expected: Rhythm) -> None:
    assert choose_rhythm(NOW, swept_at=swept_at, sweep=DAY) is expected


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (1, 10), (2, 20), (3, 40), (8, 1280), (9, 1440), (500, 1440)]
)
def test_a_failing_source_is_asked_less_and_less_but_at_least_daily(failures: int, minutes: int) -> None:
    assert backoff(timedelta(minutes=10), failures) == timedelta(minutes=minutes)
    assert backoff(timedelta(minutes=10), failures) <= LONGEST_BACKOFF


@pytest.mark.parametrize(
    ("minutes", "failures", "expected"),
    [(10, 0, False), (9.9, 1, False), (10, 2, True), (19.9, 2, False), (-365 * 24 * 60, 0, False)],
)
def test_a_source_rests_after_bad_runs_and_not_for_a_clock_set_back(
    minutes: float, failures: int, *, expected: bool
) -> None:
    last = NOW - timedelta(minutes=minutes)
    poll = timedelta(minutes=10)
    assert is_left_alone(NOW, last_look_at=last, poll=poll, failures=failures) is expected
