"""The daily proof that silence means nothing new: what was looked at, and what speaks against it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from letterwatch.app import App
from letterwatch.plain_words import LONDON, as_words
from letterwatch.sources.watched import NEWS
from letterwatch.vitals.health import MAIN_SOURCE
from state import (
    AllClearFacts,
    Event,
    EventName,
    ExpectedRow,
    Register,
    RunRow,
    SourceFacts,
    SourceRow,
    Verdict,
)

HOUR = 7
"""When it is told, in London's time."""
MANY_FEEDS = 4  # a fourth of them failing is too many
OLDEST_LOOK = timedelta(hours=2)  # however often is polled: a full look takes its time


def every_morning() -> CronTrigger:
    """When the daemon tells it: once a day at 07:00, on the days the clocks change as well."""
    return CronTrigger(hour=HOUR, timezone=LONDON)


def tell_all_clear(app: App, source: str) -> Event:
    """Posts this morning's all-clear; a second time in one day it tells nobody anything.

    What was looked at by hand, or is no longer configured, says nothing for or against it.
    """
    now, config = app.clock.now(), app.config.ofsted
    watched = app.watched()
    facts = judge_silence(
        [row for row in app.store.sources() if row.name in watched],
        app.store.find_sweep(source),
        feeds=app.store.known_feeds(),
        expected=find_expected(app.store.expected(), now),
        now=now,
        poll=config.poll,
        sweep_every=config.sweep,
    )
    event = make_event(facts, now)
    app.store.tell(event, route=app.route, now=now)
    return event


def judge_silence(
    sources: Sequence[SourceRow],
    sweep: RunRow | None,
    *,
    now: datetime,
    poll: timedelta,
    sweep_every: timedelta,
    feeds: Collection[str] = (),
    expected: tuple[str, date] | None = None,
) -> AllClearFacts:
    """What the last full look and the sources' states prove at a moment; pure.

    `feeds` are the sources that are news feeds: some always fail, so they are counted and named, and a fault
    only where more than a quarter do.
    """
    figures = sweep.figures if sweep else {}
    looked = figures.get("pages", 0)
    sites = [each for each in sources if each.name not in feeds]
    papers = [each for each in sources if each.name in feeds]
    failing = tuple(each.name for each in papers if each.verdict.is_failure)
    facts = AllClearFacts(
        looked_at=min((each.last_look_at for each in sites), default=None),
        swept_at=sweep.settled_at if sweep else None,
        pages_read=looked - figures.get("pages_failed", 0),
        pages=max(looked, figures.get("authorities", 0)),
        newest_on=next((each.newest_on for each in sites if each.name == MAIN_SOURCE), None),
        sources=tuple(
            SourceFacts(name=each.name, verdict=each.verdict, cause=each.cause, since_at=each.since_at)
            for each in sites
        ),
        feeds_read=len(papers) - len(failing),
        feeds=len(papers),
        feeds_failing=failing,
        expected_of=expected[0] if expected else None,
        expected_on=expected[1] if expected else None,
    )
    late = [each for each in sites if _is_late(each, now, max(2 * poll, OLDEST_LOOK))]
    faults = tuple(_find_faults(facts, late=late, oldest_sweep=now - 2 * sweep_every))
    return facts.model_copy(update={"faults": faults})


def make_event(facts: AllClearFacts, now: datetime) -> Event:
    """The morning's one event; what is told before 07:00 was missed the day before."""
    morning = (now.astimezone(LONDON) - timedelta(hours=HOUR)).date()
    return Event(
        key=f"{EventName.ALL_CLEAR.value}/{morning}", name=EventName.ALL_CLEAR, at=now, all_clear=facts
    )


def _is_late(source: SourceRow, now: datetime, patience: timedelta) -> bool:
    """A look that was planned and did not come; at night and after failures they are planned far apart."""
    return now - max(source.last_look_at, source.next_look_at or source.last_look_at) > patience


def find_expected(letters: Sequence[ExpectedRow], now: datetime) -> tuple[str, date] | None:
    """The authority whose letter is expected next, and when."""
    today = now.astimezone(LONDON).date()
    names = {authority.urn: authority.name for authority in Register.load()}
    for letter in letters:
        if letter.expected_on and letter.expected_on >= today and letter.urn in names:
            return names[letter.urn], letter.expected_on
    return None


def _find_faults(facts: AllClearFacts, *, late: Sequence[SourceRow], oldest_sweep: datetime) -> Iterator[str]:
    for source in facts.sources:
        counted = source.name == NEWS and source.verdict is Verdict.DEGRADED  # its feeds, below
        if source.verdict is not Verdict.OK and not counted:
            yield f"source {source.name} is {source.verdict.value}: {source.cause or 'no cause given'}"
    for row in late:
        yield f"{row.name} was not looked at since {as_words(row.last_look_at)}"
    if len(facts.feeds_failing) * MANY_FEEDS > facts.feeds:
        yield f"{len(facts.feeds_failing)} of {facts.feeds} news feeds fail: see `letterwatch sources`"
    if facts.swept_at is None:
        yield "not every page was looked at yet"
        return
    if facts.swept_at < oldest_sweep:
        yield f"no full look since {as_words(facts.swept_at)}"
    if facts.pages_read < facts.pages:
        yield f"{facts.pages_read} of {facts.pages} pages read in the last full look"
    if facts.newest_on is None:
        yield "no letter is known"
