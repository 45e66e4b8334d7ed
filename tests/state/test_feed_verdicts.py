"""The verdicts on feeds and on a round of them, without a database."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from state import FeedLook, KnownFeed, Outcome, PageLook, Rhythm, RunVerdict, Take, Verdict
from state.judging.feeds import STALE_AFTER, FeedJudgement, RoundJudgement, judge_feed, judge_round
from state.records.takes import spool_looks
from tests.state.takes import DAY, HOUR, START

PAPER = "Wakefield Express"
URL = "https://paper.example/rss"


def look(
    outcome: Outcome = Outcome.OK,
    *,
    source: str = PAPER,
    rows: int | None = 25,
    newest_at: datetime | None = START,
    **facts: object,
) -> FeedLook:
    cause = None if outcome in (Outcome.OK, Outcome.NOT_MODIFIED) else "answered 503"
    page = PageLook(URL, "feed", outcome, START, rows=rows, cause=cause, bytes_received=100)
    return FeedLook(source, page, newest_at, **facts)  # type: ignore[arg-type]


def known(verdict: Verdict = Verdict.OK, **facts: object) -> KnownFeed:
    return KnownFeed(PAPER, verdict, **facts)  # type: ignore[arg-type]


def judged(feed: FeedLook, before: KnownFeed | None = None, now: datetime = START) -> FeedJudgement:
    return judge_feed(feed, before, now)


def test_a_good_look_is_remembered_with_what_it_lists() -> None:
    feed = look()
    assert judged(feed) == FeedJudgement(
        feed,
        RunVerdict(Verdict.OK, None, {}),
        KnownFeed(PAPER, Verdict.OK, items=25, newest_at=START),
        was=Verdict.OK,
        is_first=True,
    )
    before = known(Verdict.BROKEN, failures=4, items=9, newest_at=START + HOUR, rests_until=START)
    assert judged(feed, before) == FeedJudgement(
        feed,
        RunVerdict(Verdict.OK, None, {}),
        KnownFeed(PAPER, Verdict.OK, items=25, newest_at=START + HOUR),
        was=Verdict.BROKEN,
        is_first=False,
    )


FAILED = f"{URL} answered 503"


@pytest.mark.parametrize(
    ("outcome", "before", "verdict", "cause"),
    [
        (Outcome.BLOCKED, None, Verdict.BLOCKED, FAILED),
        (Outcome.GONE, None, Verdict.BROKEN, FAILED),
        (Outcome.SOFT_ERROR, None, Verdict.BROKEN, FAILED),
        (Outcome.TRANSIENT, None, Verdict.DEGRADED, f"unreachable: {FAILED}"),
        (Outcome.TRANSIENT, known(failures=1), Verdict.DEGRADED, f"unreachable: {FAILED}"),
        (Outcome.TRANSIENT, known(failures=2), Verdict.BROKEN, f"unreachable: {FAILED}"),
        (Outcome.TRANSIENT, known(Verdict.BLOCKED), Verdict.BROKEN, f"unreachable: {FAILED}"),
    ],
)
def test_a_failed_look_has_its_verdict_and_keeps_what_was_known(
    outcome: Outcome, before: KnownFeed | None, verdict: Verdict, cause: str
) -> None:
    had = replace(before or known(), items=9, newest_at=START - DAY)
    judgement = judged(look(outcome, newest_at=None), had)

    assert judgement.run == RunVerdict(verdict, cause, {})
    assert (judgement.known.items, judgement.known.newest_at) == (9, START - DAY)
    assert judgement.known.failures == had.failures + 1
    assert judgement.known.rests_until is not None


@pytest.mark.parametrize(
    ("outcome", "failures", "rest"),
    [
        (Outcome.BROKEN, 0, HOUR),
        (Outcome.BROKEN, 1, 2 * HOUR),
        (Outcome.TRANSIENT, 4, 16 * HOUR),
        (Outcome.TRANSIENT, 5, DAY),
        (Outcome.TRANSIENT, 5000, DAY),
        (Outcome.BLOCKED, 0, DAY),
        (Outcome.GONE, 0, DAY),
    ],
)
def test_who_fails_is_left_alone_for_longer_each_time(
    outcome: Outcome, failures: int, rest: timedelta
) -> None:
    judgement = judged(look(outcome), known(failures=failures), START + HOUR)
    assert judgement.known.rests_until == START + HOUR + rest
    assert judgement.known.failures == failures + 1


@pytest.mark.parametrize(
    ("feed", "before", "verdict", "cause"),
    [
        (look(rows=0), None, Verdict.BROKEN, f"{URL} lists nothing"),
        (look(rows=0), known(items=9), Verdict.BROKEN, f"{URL} lists nothing, 9 at the last good look"),
        (look(rows=0, may_be_empty=True), known(items=9), Verdict.OK, None),
        (look(Outcome.NOT_MODIFIED, rows=None), known(items=9), Verdict.OK, None),
        (look(newest_at=None, flaw="no dates"), None, Verdict.DEGRADED, "no dates"),
        (look(newest_at=START - STALE_AFTER), None, Verdict.OK, None),
        (look(newest_at=START - STALE_AFTER - HOUR), None, Verdict.STALE, "the newest story is 30 days old"),
        (
            look(Outcome.NOT_MODIFIED, newest_at=None),
            known(newest_at=START - 40 * DAY),
            Verdict.STALE,
            "the newest story is 40 days old",
        ),
    ],
)
def test_what_a_feed_lists_is_judged(
    feed: FeedLook, before: KnownFeed | None, verdict: Verdict, cause: str | None
) -> None:
    judgement = judged(feed, before)
    assert judgement.run == RunVerdict(verdict, cause, {})
    assert judgement.known.verdict is verdict
    assert (judgement.known.rests_until is not None) is (verdict is Verdict.BROKEN)


def test_what_is_kept_of_the_number_of_stories_is_the_last_good_one() -> None:
    assert judged(look(rows=0), known(items=9)).known.items == 9
    assert judged(look(rows=0, may_be_empty=True), known(items=9)).known.items == 0
    assert judged(look(Outcome.NOT_MODIFIED, rows=None), known(items=9)).known.items == 9
    assert judged(look(rows=0), known(failures=1)).known.failures == 2


def test_a_cause_that_names_no_page_is_told_by_its_outcome() -> None:
    feed = look(Outcome.BLOCKED)
    bare = replace(feed, look=replace(feed.look, cause=None))
    assert judged(bare).run.cause == f"{URL} blocked"


def judge(*feeds: FeedLook, stopped: str | None = None) -> RoundJudgement:
    take = Take("news", Rhythm.POLL, START, feeds=list(feeds), stopped=stopped)
    take.looks = spool_looks(feed.look for feed in feeds)
    return judge_round(take, {}, START)


def some(*outcomes: Outcome) -> list[FeedLook]:
    return [look(outcome, source=f"paper {number}") for number, outcome in enumerate(outcomes)]


OK, AWAY, NO, BAD = Outcome.OK, Outcome.TRANSIENT, Outcome.BLOCKED, Outcome.GONE


@pytest.mark.parametrize(
    ("outcomes", "void"),
    [
        ((AWAY,) * 3, True),
        ((AWAY,) * 2, False),
        ((AWAY,) * 3 + (OK,) * 3, False),
        ((AWAY,) * 3 + (OK,) * 2, True),
        ((AWAY,) * 4 + (OK,) * 6, False),
    ],
)
def test_where_most_feeds_are_out_of_reach_our_own_network_is_doubted(
    outcomes: tuple[Outcome, ...], *, void: bool
) -> None:
    feeds = some(*outcomes)
    feeds[0] = replace(feeds[0], look=replace(feeds[0].look, cause="no route"))
    judgement = judge(*feeds)
    assert judgement.is_void is void
    if void:
        away = outcomes.count(AWAY)
        cause = f"{away} of {len(outcomes)} feeds out of reach, first {URL} no route"
        assert (judgement.run.verdict, judgement.run.cause) == (Verdict.BROKEN, cause)
        assert judgement.feeds == ()
        assert judgement.run.figures["pages"] == len(outcomes)
    else:
        assert len(judgement.feeds) == len(outcomes)


@pytest.mark.parametrize(
    ("outcomes", "verdict", "cause"),
    [
        ((OK, OK), Verdict.OK, None),
        ((OK, AWAY), Verdict.OK, None),
        ((OK, NO), Verdict.DEGRADED, f"1 of 2 feeds failed, first paper 1: {FAILED}"),
        ((NO, NO), Verdict.BLOCKED, f"2 of 2 feeds failed, first paper 0: {FAILED}"),
        ((NO, BAD), Verdict.BROKEN, f"2 of 2 feeds failed, first paper 0: {FAILED}"),
        ((BAD,), Verdict.BROKEN, f"1 of 1 feed failed, first paper 0: {FAILED}"),
        ((), Verdict.OK, None),
    ],
)
def test_a_round_is_as_its_feeds_are(
    outcomes: tuple[Outcome, ...], verdict: Verdict, cause: str | None
) -> None:
    judgement = judge(*some(*outcomes))
    assert (judgement.run.verdict, judgement.run.cause, judgement.is_void) == (verdict, cause, False)
    assert [feed.look.look.outcome for feed in judgement.feeds] == [*outcomes]
    assert judgement.run.figures["pages"] == len(outcomes)


def test_a_round_that_was_stopped_says_so() -> None:
    judgement = judge(*some(OK, AWAY), stopped="shut\n down")
    assert (judgement.run.verdict, judgement.run.cause) == (Verdict.DEGRADED, "ended early: shut down")
    assert (judgement.is_void, judgement.run.figures["pages"]) == (False, 2)
    assert [feed.look.source for feed in judgement.feeds] == ["paper 0", "paper 1"]


def test_feeds_out_of_reach_in_a_round_that_was_cut_short_blame_nobody() -> None:
    judgement = judge(*some(OK, AWAY, AWAY, AWAY), stopped="deadline")
    assert (judgement.run.verdict, judgement.is_void, judgement.feeds) == (Verdict.DEGRADED, True, ())
    assert (judgement.run.cause or "").startswith("ended early: deadline; 3 of 4 feeds out of reach")


def test_of_a_feed_looked_at_twice_the_last_look_counts_against_what_was_known_of_it() -> None:
    take = Take("news", Rhythm.POLL, START, feeds=[look(NO), look(OK)])
    judgement = judge_round(take, {PAPER: known(Verdict.BROKEN)}, START)
    (feed,) = judgement.feeds
    assert (feed.was, feed.is_first, feed.run.verdict) == (Verdict.BROKEN, False, Verdict.OK)


def test_a_round_s_figures_count_what_came() -> None:
    feeds = some(OK, Outcome.NOT_MODIFIED, NO)
    take = Take("news", Rhythm.POLL, START, feeds=feeds)
    stories = [
        PageLook(f"https://paper.example/{number}", "article", outcome, START, bytes_received=10)
        for number, outcome in enumerate((OK, OK, BAD, OK))
    ]
    take.looks = spool_looks([*(feed.look for feed in feeds), *stories])
    assert judge_round(take, {}, START).run.figures == {
        "pages": 3,
        "pages_unmodified": 1,
        "pages_failed": 1,
        "stories_opened": 4,
        "stories_failed": 1,
        "articles": 0,
        "bytes": 340,
    }
