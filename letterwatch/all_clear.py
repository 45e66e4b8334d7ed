"""The daily proof that silence means nothing new: what was looked at, and what speaks against it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from letterwatch.app import App
from letterwatch.output import LONDON, as_words
from state import AllClearFacts, Event, EventName, RunRow, SourceFacts, SourceRow, Verdict

HOUR = 7
"""When it is told, in London's time."""
OLDEST_LOOK = timedelta(hours=2)  # however often is polled: a full look takes its time


def every_morning() -> CronTrigger:
    """When the daemon tells it: once a day at 07:00, on the days the clocks change as well."""
    return CronTrigger(hour=HOUR, timezone=LONDON)


def tell_all_clear(app: App, source: str) -> Event:
    """Posts this morning's all-clear; a second time in one day it tells nobody anything."""
    now, config = app.clock.now(), app.config.ofsted
    facts = judge_silence(
        app.store.sources(), app.store.find_sweep(source), now=now, poll=config.poll, sweep_every=config.sweep
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
) -> AllClearFacts:
    """What the last full look and the sources' states prove at a moment; pure."""
    figures = sweep.figures if sweep else {}
    looked = figures.get("pages", 0)
    facts = AllClearFacts(
        looked_at=min((source.last_look_at for source in sources), default=None),
        swept_at=sweep.settled_at if sweep else None,
        pages_read=looked - figures.get("pages_failed", 0),
        pages=max(looked, figures.get("authorities", 0)),
        newest_on=max((source.newest_on for source in sources if source.newest_on), default=None),
        sources=tuple(
            SourceFacts(name=each.name, verdict=each.verdict, cause=each.cause, since_at=each.since_at)
            for each in sources
        ),
    )
    oldest_look, oldest_sweep = now - max(2 * poll, OLDEST_LOOK), now - 2 * sweep_every
    faults = tuple(_find_faults(facts, oldest_look=oldest_look, oldest_sweep=oldest_sweep))
    return facts.model_copy(update={"faults": faults})


def make_event(facts: AllClearFacts, now: datetime) -> Event:
    """The morning's one event; what is told before 07:00 was missed the day before."""
    morning = (now.astimezone(LONDON) - timedelta(hours=HOUR)).date()
    return Event(
        key=f"{EventName.ALL_CLEAR.value}/{morning}", name=EventName.ALL_CLEAR, at=now, all_clear=facts
    )


def _find_faults(facts: AllClearFacts, *, oldest_look: datetime, oldest_sweep: datetime) -> Iterator[str]:
    for source in facts.sources:
        if source.verdict is not Verdict.OK:
            yield f"source {source.name} is {source.verdict.value}: {source.cause or 'no cause given'}"
    if facts.looked_at and facts.looked_at < oldest_look:
        yield f"nothing was looked at since {as_words(facts.looked_at)}"
    if facts.swept_at is None:
        yield "not every page was looked at yet"
        return
    if facts.swept_at < oldest_sweep:
        yield f"no full look since {as_words(facts.swept_at)}"
    if facts.pages_read < facts.pages:
        yield f"{facts.pages_read} of {facts.pages} pages read in the last full look"
    if facts.newest_on is None:
        yield "no letter is known"
