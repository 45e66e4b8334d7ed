"""Settles a round of news feeds: each feed's own row, what was opened, and what to ask for next time."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from state.judging.endings import is_cut_short
from state.judging.feeds import FeedJudgement, RoundJudgement, judge_round
from state.judging.runs import GOOD, Judgement
from state.news.stories import settle_articles
from state.records.events import Event
from state.records.takes import KnownFeed, Opening, PageLook, RunVerdict, Take
from state.records.vocabulary import Outcome, Rhythm, Verdict
from state.settling.bookkeeping import commit_validators, record_run
from state.settling.council_letters import settle_council_letters
from state.settling.expecting import follow_visits
from state.settling.incidents import find_incident
from state.settling.ofsted import Rules, Settlement
from state.settling.posting import REPORTS, Draft, hold_flood, post
from state.settling.sourcing import SourceRun, update_source
from state.storage.batches import in_batches
from state.storage.feed_schema import feeds, openings
from state.storage.schema import sources

NEWS = "news"
"""The source of rounds of feeds; each feed is a source of its own beside it."""
TELL_FEED_AGAIN_AFTER = timedelta(days=7)  # some always fail; every morning's all-clear names them


def settle_round(connection: sa.Connection, take: Take, rules: Rules, *, now: datetime) -> Settlement:
    """Judges a round and writes what may be written of it; the caller's transaction holds it together."""
    judgement = judge_round(take, load_feeds(connection), now)
    looks = tuple(look for look in take.looks.latest() if look.outcome not in GOOD)
    as_run = Judgement(judgement.run, looks, is_void=judgement.is_void)
    run_id = record_run(connection, take, as_run, now=now)
    first = _find_new(connection, {feed.source for feed in take.feeds})
    drafts: list[Event | None] = []
    is_told = False
    if take.rhythm is not Rhythm.CHOSEN:
        drafts.append(_update_round(connection, take, judgement, run_id, now))
        failed = judgement.run.verdict.is_failure
        is_told = failed and find_incident(connection, take.source) is not None
    quiet = {feed.look.source for feed in judgement.feeds if _is_quiet(feed)}
    _touch(connection, quiet, now)
    drafts += [
        _update_feed(connection, feed, run_id, now, untold=is_told)
        for feed in judgement.feeds
        if feed.look.source not in quiet
    ]
    _remember(connection, take.openings, now)
    commit_validators(connection, _settled(take, judgement.feeds))
    letters = settle_council_letters(
        connection, take.found, region=rules.region, compare=rules.compare, run_id=run_id, now=now
    )
    letters = hold_flood(letters, limit=rules.flood, run_id=run_id, now=now)
    news = settle_articles(connection, take.articles, link=rules.link, first=first, run_id=run_id, now=now)
    held = hold_flood(news, limit=rules.flood, run_id=run_id, now=now, what=REPORTS)
    told_of = [*(Draft(event) for event in drafts if event), *letters, *held]
    if any(article.awaits for article in take.articles):
        told_of += [Draft(event) for event in follow_visits(connection, region=rules.region, now=now)]
    posted = post(connection, told_of, route=rules.route, run_id=run_id, now=now)
    told = {feed.look.source: feed.run for feed in judgement.feeds}
    return Settlement(take.source, run_id, judgement.run, posted.events, posted.deliveries, feeds=told)


def load_feeds(connection: sa.Connection) -> Mapping[str, KnownFeed]:
    """What is remembered of every feed, by its source's name."""
    return {
        row.source: KnownFeed(
            source=row.source,
            verdict=Verdict(row.verdict),
            failures=row.failures,
            items=row.items,
            newest_at=row.newest_at,
            rests_until=row.rests_until,
        )
        for row in connection.execute(sa.select(feeds))
    }


def load_openings(connection: sa.Connection, identities: Collection[str]) -> Mapping[str, str]:
    """The marks of those stories that were opened before."""
    statement = sa.select(openings.c.identity, openings.c.mark).where(openings.c.identity.in_(identities))
    return {row.identity: row.mark for row in connection.execute(statement)}


def _find_new(connection: sa.Connection, names: Collection[str]) -> set[str]:
    """Those of some feeds that no look read before, whatever became of it: what they list is no news yet."""
    read = sa.select(sources.c.name).where(sources.c.baseline_on.is_not(None))
    old: set[str] = set()
    for batch in in_batches(names):
        old |= set(connection.scalars(read.where(sources.c.name.in_(batch))))
    return set(names) - old


def _is_quiet(feed: FeedJudgement) -> bool:
    """True where nothing changed but the time of the last look: such feeds are written together."""
    return (
        not feed.is_first
        and feed.look.look.outcome is Outcome.NOT_MODIFIED
        and feed.run.verdict is Verdict.OK
        and feed.was is Verdict.OK
        and feed.known.rests_until is None
    )


def _touch(connection: sa.Connection, quiet: Collection[str], now: datetime) -> None:
    times = {"last_look_at": now, "last_good_at": now, "swept_at": now}
    for batch in in_batches(quiet):
        connection.execute(sa.update(sources).where(sources.c.name.in_(batch)).values(times))


def _update_round(
    connection: sa.Connection, take: Take, judgement: RoundJudgement, run_id: int, now: datetime
) -> Event | None:
    """The row of the rounds themselves; an event where all of several feeds fail.

    A feed that fails among others, or alone, is told as that feed's trouble.
    """
    run = SourceRun(
        source=take.source,
        verdict=judgement.run,
        is_void=judgement.is_void,
        is_whole=not judgement.is_void and take.rhythm is Rhythm.SWEEP and take.stopped is None,
        run_id=run_id,
        told_by_parts=not judgement.is_void
        and not (judgement.run.verdict.is_failure and len(judgement.feeds) > 1),
        is_cut_short=is_cut_short(take),
    )
    return update_source(connection, run, now=now)


def _update_feed(
    connection: sa.Connection, feed: FeedJudgement, run_id: int, now: datetime, *, untold: bool
) -> Event | None:
    known = feed.known
    row = {
        "url": feed.look.look.url,
        "verdict": known.verdict.value,
        "failures": known.failures,
        "items": known.items,
        "newest_at": known.newest_at,
        "rests_until": known.rests_until,
    }
    if feed.is_first:
        connection.execute(sa.insert(feeds).values(source=known.source, first_at=now, **row))
    else:
        connection.execute(sa.update(feeds).where(feeds.c.source == known.source).values(row))
    look = feed.look.look
    is_void = look.outcome not in GOOD or feed.run.verdict.is_failure
    run = SourceRun(
        source=known.source,
        verdict=RunVerdict(feed.run.verdict, feed.run.cause, {}),
        is_void=is_void,
        is_whole=not is_void,
        run_id=run_id,
        broke=look if is_void else None,
        again_after=TELL_FEED_AGAIN_AFTER,
        untold=untold,
    )
    return update_source(connection, run, now=now)


def _remember(connection: sa.Connection, opened: Iterable[Opening], now: datetime) -> None:
    """Keeps what was opened."""
    rows = {
        opening.identity: {
            "identity": opening.identity,
            "mark": opening.mark,
            "source": opening.source,
            "opened_at": now,
        }
        for opening in opened
    }
    if rows:
        connection.execute(sa.delete(openings).where(openings.c.identity.in_(rows)))
        connection.execute(sa.insert(openings), list(rows.values()))


def _settled(take: Take, judged: Iterable[FeedJudgement]) -> list[PageLook]:
    """The feeds that need not be read again unchanged: good ones whose wanted stories were all opened.

    A stale one is read again: by a clock that ran ahead, each of its stories was too old to be opened.
    """
    opened = Counter(opening.source for opening in take.openings)
    return [
        feed.look.look
        for feed in judged
        if feed.look.look.outcome is Outcome.OK
        and not feed.run.verdict.is_failure
        and feed.run.verdict is not Verdict.STALE
        and opened[feed.look.source] >= feed.look.wanted
    ]
