"""Judges each feed by its own history, and a round of feeds as a whole. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from state.errors import count, one_line
from state.judging.endings import is_cut_short, tell_end
from state.judging.runs import GOOD
from state.records.takes import FeedLook, KnownFeed, RunVerdict, Take
from state.records.vocabulary import Outcome, Verdict

STALE_AFTER = timedelta(days=30)  # without a new story: the slowest council newsroom writes more often
PATIENCE = 3  # failures to reach a feed, one after the other, before it counts as broken
_REST = {
    Outcome.BLOCKED: timedelta(days=1),  # who refuses us is asked once a day
    Outcome.GONE: timedelta(days=1),
}
_FIRST_REST, _LONGEST_REST = timedelta(hours=1), timedelta(days=1)
_FEWEST_DOUBTED = 3  # feeds of a round that must be out of reach before our own network is doubted


@dataclass(frozen=True, slots=True)
class FeedJudgement:
    """A feed's verdict after a look, and what is remembered of it from then on."""

    look: FeedLook
    run: RunVerdict
    known: KnownFeed
    was: Verdict
    is_first: bool


@dataclass(frozen=True, slots=True)
class RoundJudgement:
    """A round's verdict and each feed's; a void round says nothing of any feed."""

    run: RunVerdict
    feeds: tuple[FeedJudgement, ...]
    is_void: bool


def judge_round(take: Take, known: Mapping[str, KnownFeed], now: datetime) -> RoundJudgement:
    """Verdict, cause and figures of a round, and what becomes of its feeds."""
    last = {feed.source: feed for feed in take.feeds}
    feeds = tuple(judge_feed(feed, known.get(feed.source), now) for feed in last.values())
    figures = _count(take, feeds)
    unreached = [feed for feed in feeds if feed.look.look.outcome is Outcome.TRANSIENT]
    if len(unreached) >= _FEWEST_DOUBTED and len(unreached) * 2 > len(feeds):
        cause = f"{len(unreached)} of {len(feeds)} feeds out of reach, first {_describe(unreached[0].look)}"
        verdict, cause = (
            (Verdict.DEGRADED, f"{tell_end(take)}; {cause}")
            if is_cut_short(take)
            else (Verdict.BROKEN, cause)
        )
        return RoundJudgement(RunVerdict(verdict, cause, figures), (), is_void=True)
    failed = [feed for feed in feeds if feed.run.verdict.is_failure]
    if failed:
        kinds = {feed.run.verdict for feed in failed}
        every = len(failed) == len(feeds)
        worst = (Verdict.BLOCKED if kinds == {Verdict.BLOCKED} else Verdict.BROKEN) if every else None
        cause = f"{len(failed)} of {count(len(feeds), 'feed', 'feeds')} failed, first {_name(failed[0])}"
        return RoundJudgement(RunVerdict(worst or Verdict.DEGRADED, cause, figures), feeds, is_void=False)
    if take.stopped:
        return RoundJudgement(RunVerdict(Verdict.DEGRADED, tell_end(take), figures), feeds, is_void=False)
    return RoundJudgement(RunVerdict(Verdict.OK, None, figures), feeds, is_void=False)


def judge_feed(feed: FeedLook, known: KnownFeed | None, now: datetime) -> FeedJudgement:
    """One feed's verdict; "nothing new" is not the same as "lists nothing"."""
    look = feed.look
    before = known or KnownFeed(feed.source, Verdict.OK)
    newest_at = max((at for at in (feed.newest_at, before.newest_at) if at), default=None)
    verdict, cause = _judge(feed, before, newest_at, now)
    bad = look.outcome not in GOOD or verdict.is_failure
    failures = before.failures + 1 if bad else 0
    read = look.outcome is Outcome.OK and not verdict.is_failure
    after = KnownFeed(
        source=feed.source,
        verdict=verdict,
        failures=failures,
        items=look.rows or 0 if read else before.items,
        newest_at=newest_at,
        rests_until=now + _rest(look.outcome, failures) if bad else None,
    )
    return FeedJudgement(
        feed, RunVerdict(verdict, cause, {}), after, was=before.verdict, is_first=known is None
    )


def _judge(
    feed: FeedLook, before: KnownFeed, newest_at: datetime | None, now: datetime
) -> tuple[Verdict, str | None]:
    look = feed.look
    if look.outcome is Outcome.BLOCKED:
        return Verdict.BLOCKED, _describe(feed)
    if look.outcome is Outcome.TRANSIENT:
        patient = before.failures + 1 < PATIENCE and not before.verdict.is_failure
        return (Verdict.DEGRADED if patient else Verdict.BROKEN), f"unreachable: {_describe(feed)}"
    if look.outcome not in GOOD:
        return Verdict.BROKEN, _describe(feed)
    if look.outcome is Outcome.OK and not look.rows and not feed.may_be_empty:
        had = f", {before.items} at the last good look" if before.items else ""
        return Verdict.BROKEN, f"{look.place} lists nothing{had}"
    if newest_at is not None and now - newest_at > STALE_AFTER:
        return Verdict.STALE, f"the newest story is {(now - newest_at).days} days old"
    return (Verdict.DEGRADED, feed.flaw) if feed.flaw else (Verdict.OK, None)


def _rest(outcome: Outcome, failures: int) -> timedelta:
    """How long a feed that failed is left alone: a day, or an hour that doubles up to a day."""
    doubled: timedelta = _FIRST_REST * (1 << min(failures - 1, 5))
    return _REST.get(outcome, min(doubled, _LONGEST_REST))


def _describe(feed: FeedLook) -> str:
    return feed.look.in_words(one_line(feed.look.cause or feed.look.outcome.value))


def _name(feed: FeedJudgement) -> str:
    return f"{feed.look.source}: {feed.run.cause}"


def _count(take: Take, feeds: Sequence[FeedJudgement]) -> dict[str, int]:
    """The figures a round is shown by; `pages` are its feeds."""
    stories = [look for look in take.looks if look.page == "article"]
    return {
        "pages": len(feeds),
        "pages_unmodified": sum(feed.look.look.outcome is Outcome.NOT_MODIFIED for feed in feeds),
        "pages_failed": sum(feed.run.verdict.is_failure for feed in feeds),
        "stories_opened": len(stories),
        "stories_failed": sum(look.outcome not in GOOD for look in stories),
        "articles": len(take.articles),
        "bytes": sum(look.bytes_received for look in take.looks),
    }
