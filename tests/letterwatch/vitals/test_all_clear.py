"""The daily proof of looking: when it is told, when it is clear, and that it comes once."""

import asyncio
import os
import signal
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from apscheduler.triggers.date import DateTrigger

from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.daemon import Daemon
from letterwatch.demo.inbox import SlackMessage
from letterwatch.tidying import tidy
from letterwatch.vitals.all_clear import (
    every_morning,
    find_expected,
    judge_silence,
    make_event,
    tell_all_clear,
)
from state import AllClearFacts, ExpectedRow, Kind, Register, Rhythm, RunRow, SourceRow, Verdict
from tests.letterwatch.conftest import Workplace

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
OFSTED = SourceRow(
    name="ofsted",
    verdict=Verdict.OK,
    cause=None,
    since_at=NOW - 30 * DAY,
    last_look_at=NOW - HOUR / 6,
    last_good_at=NOW - HOUR / 6,
    swept_at=NOW - DAY / 2,
    baseline_on=date(2026, 10, 1),
    failures=0,
    newest_on=date(2026, 11, 18),
)
SWEEP = RunRow(
    id=7,
    source="ofsted",
    rhythm=Rhythm.SWEEP,
    started_at=NOW - DAY / 2,
    finished_at=NOW - DAY / 2,
    settled_at=NOW - DAY / 2,
    stopped=None,
    verdict=Verdict.OK,
    cause=None,
    figures={"pages": 153, "pages_failed": 0, "authorities": 153},
    events=0,
)
SUBSCRIPTION = """
[[subscriptions]]
name = "mornings"
channel = "newsdesk"
events = ["all.clear"]
"""


def judge(*sources: SourceRow, sweep: RunRow | None = SWEEP, poll: timedelta = HOUR / 6) -> AllClearFacts:
    return judge_silence(sources, sweep, now=NOW, poll=poll, sweep_every=DAY)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),  # clocks go forward
        (datetime(2026, 3, 28, 0, tzinfo=UTC), datetime(2026, 3, 28, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 0, tzinfo=UTC), datetime(2026, 10, 24, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),  # and back
    ],
)
def test_it_is_told_at_seven_in_london_whatever_the_clocks_do(after: datetime, expected: datetime) -> None:
    assert every_morning().get_next_fire_time(None, after) == expected


def test_all_is_clear_where_every_page_was_read_lately() -> None:
    facts = judge(OFSTED)
    assert facts.faults == ()
    assert (facts.pages_read, facts.pages, facts.newest_on) == (153, 153, date(2026, 11, 18))
    assert (facts.looked_at, facts.swept_at) == (OFSTED.last_look_at, SWEEP.settled_at)
    assert [(each.name, each.verdict, each.since_at) for each in facts.sources] == [
        ("ofsted", Verdict.OK, OFSTED.since_at)
    ]


@pytest.mark.parametrize(
    ("source", "sweep", "fault"),
    [
        (replace(OFSTED, verdict=Verdict.BLOCKED, cause="403"), SWEEP, "source ofsted is blocked: 403"),
        (replace(OFSTED, verdict=Verdict.DEGRADED, cause="slow"), SWEEP, "source ofsted is degraded: slow"),
        (
            replace(OFSTED, last_look_at=NOW - 3 * HOUR),
            SWEEP,
            "ofsted was not looked at since 24 Nov 2026 04:00",
        ),
        (OFSTED, replace(SWEEP, settled_at=NOW - 3 * DAY), "no full look since 21 Nov 2026 07:00"),
        (
            OFSTED,
            replace(SWEEP, figures={"pages": 153, "pages_failed": 2, "authorities": 153}),
            "151 of 153 pages read in the last full look",
        ),
        (
            OFSTED,
            replace(SWEEP, figures={"pages": 150, "pages_failed": 0, "authorities": 153}),
            "150 of 153 pages read in the last full look",
        ),
        (replace(OFSTED, newest_on=None), SWEEP, "no letter is known"),
        (OFSTED, None, "not every page was looked at yet"),
    ],
)
def test_whatever_is_wrong_is_said(source: SourceRow, sweep: RunRow | None, fault: str) -> None:
    assert judge(source, sweep=sweep).faults == (fault,)


def test_twice_an_interval_is_not_yet_late() -> None:
    assert judge(OFSTED, sweep=replace(SWEEP, settled_at=NOW - 2 * DAY)).faults == ()
    assert judge(replace(OFSTED, last_look_at=NOW - 2 * HOUR)).faults == ()
    assert judge(replace(OFSTED, last_look_at=NOW - 8 * HOUR), poll=4 * HOUR).faults == ()


def test_a_look_that_is_planned_for_later_is_not_late() -> None:
    asleep = replace(OFSTED, last_look_at=NOW - 5 * HOUR, next_look_at=NOW + HOUR)
    assert judge(asleep).faults == ()
    missed = replace(asleep, next_look_at=NOW - 3 * HOUR)
    assert judge(missed).faults == ("ofsted was not looked at since 24 Nov 2026 02:00",)


@pytest.mark.parametrize(
    ("failing", "faults"), [(0, ()), (2, ()), (3, ("3 of 8 news feeds fail: see `letterwatch sources`",))]
)
def test_feeds_are_counted_and_some_may_fail(failing: int, faults: tuple[str, ...]) -> None:
    feeds = [
        replace(
            OFSTED,
            name=f"paper {number}",
            verdict=Verdict.BLOCKED if number < failing else Verdict.OK,
            last_look_at=NOW - DAY,
        )
        for number in range(8)
    ]
    names = [feed.name for feed in feeds]
    news = replace(
        OFSTED, name="news", verdict=Verdict.DEGRADED if failing else Verdict.OK, newest_on=NOW.date()
    )
    facts = judge_silence([OFSTED, news, *feeds], SWEEP, now=NOW, poll=HOUR / 6, sweep_every=DAY, feeds=names)
    assert (facts.feeds_read, facts.feeds, facts.faults) == (8 - failing, 8, faults)
    assert facts.feeds_failing == tuple(names[:failing])
    assert [source.name for source in facts.sources] == ["ofsted", "news"]
    assert facts.newest_on == OFSTED.newest_on, "a story's day is no letter's"


def test_the_letter_expected_next_is_told() -> None:
    overdue, soonest, later = [each for each in Register.load() if each.urn][:3]
    letters = [
        ExpectedRow(
            id=number,
            urn=str(each.urn),
            authority=each.name,
            kind=Kind.MONITORING_VISIT,
            basis="cadence",
            visited_from_on=None,
            visited_to_on=None,
            expected_on=on,
            delays=4,
            why="",
            source=None,
            noted_at=NOW,
        )
        for number, each, on in (
            (1, overdue, NOW.date() - DAY),  # it may come any day, and is listed
            (2, soonest, NOW.date() + 9 * DAY),
            (3, later, NOW.date() + 20 * DAY),
        )
    ]
    assert find_expected(letters, NOW) == (soonest.name, date(2026, 12, 3))
    assert find_expected([], NOW) is None


def test_before_the_first_look_nothing_is_clear() -> None:
    assert judge(sweep=None).faults == ("not every page was looked at yet",)


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 2, 5, 59, tzinfo=UTC), "2026-07-01"),  # late: the next morning's is to come yet
    ],
)
def test_each_morning_has_its_one_event(at: datetime, morning: str) -> None:
    assert make_event(judge(OFSTED), at).key == f"all.clear/{morning}"


def subscribe(workplace: Workplace) -> None:
    with workplace.config.open("a", encoding="utf-8") as file:
        file.write(SUBSCRIPTION)


def test_it_comes_once_a_day_however_often_it_is_posted(workplace: Workplace) -> None:
    subscribe(workplace)
    assert workplace.check()[0] == 0
    for _ in range(2):
        with open_app(load_config(workplace.config, {}), Clock()) as app:
            tell_all_clear(app, "ofsted")
            app.deliver()
    (message,) = workplace.inbox.slack
    pages = len(workplace.site.replica.authorities)
    assert message.payload["text"].startswith(f"All clear: {pages} of {pages} pages read, newest letter ")


def test_what_is_not_watched_any_more_spoils_no_morning(workplace: Workplace) -> None:
    """A paper that was looked at while its feed was dead, and is then taken out of the configuration."""
    subscribe(workplace)
    plain = workplace.config.read_text("utf-8")
    dead = f'[[news]]\nname = "Dead Paper"\nfeed = "{workplace.site.url}/nowhere/rss"\n'
    workplace.config.write_text(f"{plain}\n{dead}", "utf-8")
    assert workplace.check()[0] == 3
    workplace.config.write_text(plain, "utf-8")
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        assert {row.name for row in app.store.sources()} > {"ofsted", "Dead Paper"}
        assert {each.source for each in app.store.incidents(open_only=True)} >= {"Dead Paper"}
        facts = tell_all_clear(app, "ofsted").all_clear
        assert facts is not None
        assert (facts.faults, facts.feeds, [each.name for each in facts.sources]) == ((), 0, ["ofsted"])
        assert "not watched any more, so its incident is over: Dead Paper" in tidy(app)
        assert app.store.incidents(open_only=True) == []


def test_the_daemon_tells_it_at_its_time(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is made now, and it looks at nothing; the first message ends it."""

    def receive(payload: dict[str, Any], at: float) -> SlackMessage:
        os.kill(os.getpid(), signal.SIGTERM)
        return SlackMessage(payload, at)

    subscribe(workplace)
    monkeypatch.setattr("letterwatch.demo.inbox.SlackMessage", receive)
    monkeypatch.setattr("letterwatch.daemon.every_morning", DateTrigger)
    monkeypatch.setattr(Daemon, "look", lambda _self: asyncio.sleep(0))
    with open_app(load_config(workplace.config, {}), Clock()) as app:
        asyncio.run(asyncio.wait_for(Daemon(app).run(), timeout=30))
    (message,) = workplace.inbox.slack
    assert message.payload["text"] == "Not all clear: not every page was looked at yet."
