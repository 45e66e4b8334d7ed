"""When to look again and how closely: the decisions and the words for them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterwatch.plain_words import LONDON
from letterwatch.sources.watched import WatchedSource
from letterwatch.watching.habits import ENOUGH, Habits, learn_habits
from letterwatch.watching.rhythm import LONGEST_BACKOFF, NextLook, backoff, choose_rhythm, plan_next
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


MINUTE = timedelta(minutes=1)
OFSTED = WatchedSource("ofsted", poll=10 * MINUTE, sweep=DAY)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def minutes_until_next(now: datetime, habits: Habits | None = None) -> float:
    return (plan_next(OFSTED, habits or Habits(), now, failures=0).at - now) / MINUTE


@pytest.mark.parametrize(
    ("now", "most"),
    [
        ("2026-11-26T09:00", 5),  # a Thursday morning
        ("2026-11-26T15:00", 10),
        ("2026-11-26T23:00", 30),
        ("2026-11-28T09:00", 30),  # a Saturday
        ("2026-11-27T06:50", 10),  # no slow interval reaches into the morning
        ("2026-11-30T06:40", 20),
        ("2026-03-29T01:30", 30),  # the clocks go forward
        ("2026-10-25T01:30", 30),  # and back
    ],
)
def test_fast_when_letters_appear_slow_at_night_and_at_weekends(now: str, most: float) -> None:
    assert most * 0.89 <= minutes_until_next(london(now)) <= most


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001  made UTC below
def test_in_working_hours_no_look_is_later_than_a_poll(naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    at = plan_next(OFSTED, Habits(), now, failures=0).at
    assert now < at <= now + 30 * MINUTE
    morning = at.astimezone(LONDON).replace(hour=7, minute=0, second=0, microsecond=0).astimezone(UTC)
    if at.astimezone(LONDON).weekday() < 5 and morning < at:
        assert at <= max(now, morning) + 10 * MINUTE or at.astimezone(LONDON).hour >= 19


def test_a_short_poll_is_kept_at_all_hours() -> None:
    source = WatchedSource("ofsted", poll=timedelta(seconds=1))
    for now in (london("2026-11-26T09:00"), london("2026-11-28T03:00")):
        assert plan_next(source, Habits(), now, failures=0).at == now + source.poll


def test_a_poll_longer_than_the_slowest_is_not_stretched() -> None:
    source = WatchedSource("govuk", poll=timedelta(hours=2))
    now = london("2026-11-28T03:00")
    assert plan_next(source, Habits(), now, failures=0).at <= now + source.poll


def test_what_was_learned_moves_the_busy_hours_and_wakes_the_night() -> None:
    seen = [london(f"2026-11-{day:02}T14:05") for day in range(2, 28) if day % 7 not in (0, 1)] * 2
    seen += [london("2026-11-26T05:30")] * 4 + [london("2026-11-28T10:00")] * 4
    habits = learn_habits(seen)
    assert (habits.busy, habits.lively_nights, habits.lively_weekends) == ({14}, {5}, True)
    assert minutes_until_next(london("2026-11-26T14:30"), habits) <= 5
    assert 9 <= minutes_until_next(london("2026-11-26T09:30"), habits) <= 10
    assert minutes_until_next(london("2026-11-26T05:10"), habits) <= 10
    assert minutes_until_next(london("2026-11-28T05:10"), habits) <= 10
    why = plan_next(OFSTED, habits, london("2026-11-26T14:30"), failures=0).why
    assert f"learned from {len(seen)} letters" in why


def test_little_is_not_learned_from() -> None:
    assert learn_habits([london("2026-11-26T14:05")] * (ENOUGH - 1)) == Habits()


def test_a_failing_source_and_a_spent_budget_say_why() -> None:
    look = plan_next(OFSTED, Habits(), NOW, failures=3)
    assert 36 * MINUTE <= look.at - NOW <= 40 * MINUTE
    assert look.why == "3 bad runs in a row: left alone for 40 min"
    assert plan_next(OFSTED, Habits(), NOW, failures=30).why == "30 bad runs in a row: asked once a day"
    spent = plan_next(OFSTED, Habits(), NOW, failures=0, is_spent=True)
    midnight = datetime(2026, 11, 3, tzinfo=UTC)
    assert (spent.at, spent.why) == (midnight, "the day's budget of requests is used up")


@pytest.mark.parametrize(
    ("ahead", "due"), [(-MINUTE, True), (MINUTE, False), (DAY, False), (2 * DAY, True), (365 * DAY, True)]
)
def test_a_look_planned_before_the_clock_was_set_back_is_due(ahead: timedelta, *, due: bool) -> None:
    assert NextLook(NOW + ahead, "").is_due(NOW, 10 * MINUTE) is due


def test_a_long_poll_is_not_taken_for_a_clock_set_back() -> None:
    assert not NextLook(NOW + 6 * DAY, "").is_due(NOW, 7 * DAY)


def test_after_an_outage_all_is_looked_at() -> None:
    week = 7 * DAY
    for days, expected in ((1, Rhythm.POLL), (3, Rhythm.SWEEP)):
        rhythm = choose_rhythm(NOW, swept_at=NOW - 4 * DAY, sweep=week, last_good_at=NOW - days * DAY)
        assert rhythm is expected
