"""London times, through both clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.sending.backoff import wait_before_retry
from notifier.sending.schedule import LONDON, QuietHours, Schedule

MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CLOCKS = st.times().map(lambda t: f"{t:%H:%M}")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("delivery", "now", "due"),
    [
        ("daily 07:30", "2019-11-01T07:29Z", "2019-11-01T07:30Z"),
        ("daily 07:30", "2019-11-01T07:30Z", "2019-11-02T07:30Z"),
        ("daily 07:30", "2019-07-01T00:00Z", "2019-07-01T06:30Z"),
        ("weekly Mon 07:30", "2019-11-01T09:00Z", "2019-11-04T07:30Z"),
        ("weekly Fri 07:30", "2019-11-01T09:00Z", "2019-11-08T07:30Z"),
        # clocks go forward on 31 March 2019 at 01:00 UTC: 01:30 does not exist
        ("daily 01:30", "2019-03-31T00:00Z", "2019-03-31T01:30Z"),
        ("daily 07:30", "2019-03-30T08:00Z", "2019-03-31T06:30Z"),
        # clocks go back on 27 October 2019 at 01:00 UTC: 01:30 comes twice, the digest once
        ("daily 01:30", "2019-10-27T00:00Z", "2019-10-27T00:30Z"),
        ("daily 01:30", "2019-10-27T00:30Z", "2019-10-28T01:30Z"),
        ("daily 07:30", "2019-10-26T07:00Z", "2019-10-27T07:30Z"),
    ],
)
def test_the_next_digest(delivery: str, now: str, due: str) -> None:
    schedule = Schedule.parse(delivery)
    assert schedule
    assert schedule.next_after(at(now)) == at(due)


@pytest.mark.parametrize(
    ("quiet", "now", "due"),
    [
        ("22:00-07:00", "2019-11-01T21:59Z", "2019-11-01T21:59Z"),
        ("22:00-07:00", "2019-11-01T22:00Z", "2019-11-02T07:00Z"),
        ("22:00-07:00", "2019-11-02T06:59Z", "2019-11-02T07:00Z"),
        ("22:00-07:00", "2019-11-02T07:00Z", "2019-11-02T07:00Z"),
        ("12:00-13:00", "2019-11-01T12:30Z", "2019-11-01T13:00Z"),
        ("12:00-13:00", "2019-11-01T13:30Z", "2019-11-01T13:30Z"),
        ("22:00-07:00", "2019-03-30T23:00Z", "2019-03-31T06:00Z"),
        ("22:00-07:00", "2019-10-26T22:00Z", "2019-10-27T07:00Z"),
        ("00:30-01:30", "2019-10-27T01:10Z", "2019-10-27T01:10Z"),
    ],
)
def test_quiet_hours(quiet: str, now: str, due: str) -> None:
    assert QuietHours.parse(quiet).delay(at(now)) == at(due)


@given(MOMENTS, CLOCKS)
def test_a_daily_digest_comes_within_a_day_at_its_hour(now: datetime, clock: str) -> None:
    schedule = Schedule.parse(f"daily {clock}")
    assert schedule
    due = schedule.next_after(now)
    assert timedelta(0) < due - now <= timedelta(hours=25)
    local = due.astimezone(LONDON)
    assert f"{local:%H:%M}" == clock or local.utcoffset() == timedelta(hours=1)
    assert schedule.next_after(due) > due


@given(MOMENTS, CLOCKS, CLOCKS)
def test_quiet_hours_never_hasten_and_delay_at_most_a_day(now: datetime, start: str, end: str) -> None:
    if start == end:
        return
    hours = QuietHours.parse(f"{start}-{end}")
    due = hours.delay(now)
    assert timedelta(0) <= due - now <= timedelta(hours=25)


@pytest.mark.parametrize(
    "text", ["", "daily", "daily 7:30", "daily 24:00", "weekly 07:30", "weekly Mo 07:30", "hourly"]
)
def test_what_is_no_delivery_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="weekly Mon 07:30"):
        Schedule.parse(text)


@pytest.mark.parametrize("text", ["", "22:00", "22-07", "22:00-25:00", "07:00-07:00"])
def test_what_are_no_quiet_hours_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="22:00-07:00"):
        QuietHours.parse(text)


def test_instant_is_no_schedule() -> None:
    assert Schedule.parse("instant") is None


def test_waits_double_to_a_day_and_honour_what_was_asked() -> None:
    waits = [wait_before_retry(attempts, None, lambda: 0.5).total_seconds() for attempts in range(1, 20)]
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == 86_400
    assert wait_before_retry(1, None, lambda: 0.0) == timedelta(seconds=22.5)
    assert wait_before_retry(9, 7.0, lambda: 0.0) == timedelta(seconds=7)
    assert wait_before_retry(1, 7.0, lambda: 1.0) == timedelta(seconds=10)
