from datetime import UTC, datetime, timedelta

import pytest

from letterwatch.clock import Clock, ClockError


def test_the_real_clock_is_aware_and_not_a_rehearsal() -> None:
    clock = Clock.from_environment({})
    assert not clock.rehearsal
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("text", ["2019-11-01T09:00Z", "2019-11-01T09:00", "2019-11-01T10:00+01:00"])
def test_a_rehearsal_starts_at_the_given_moment_and_runs_on(text: str) -> None:
    clock = Clock.from_environment({"LETTERWATCH_AT": text})
    start = datetime(2019, 11, 1, 9, tzinfo=UTC)
    first, second = clock.now(), clock.now()
    assert clock.rehearsal
    assert start <= first <= second < start + timedelta(seconds=5)


def test_a_wrong_moment_names_the_variable_and_the_mend() -> None:
    with pytest.raises(
        ClockError, match=r'LETTERWATCH_AT="soon" is not a time; write it like 2019-11-01T09:00Z'
    ):
        Clock.from_environment({"LETTERWATCH_AT": "soon"})
