"""Forgets every night what is older than it is kept for, and keeps the database's files small."""

from apscheduler.triggers.cron import CronTrigger

from letterwatch.app import App
from letterwatch.config import Config
from letterwatch.plain_words import LONDON
from state import DatabaseSize, Keep, Pruned

NIGHT = 4  # the hour in London: after both clock changes, before the all-clear
WORTH_A_VACUUM = 64 * 1024 * 1024  # free bytes in the file from which a vacuum is proposed


def every_night() -> CronTrigger:
    """When the daemon does it: once a day."""
    return CronTrigger(hour=NIGHT, timezone=LONDON)


def list_keeping(config: Config) -> Keep:
    """For how long the configuration keeps what."""
    kept = config.retention
    return Keep(
        runs=kept.runs, pages=kept.pages, attempts=kept.attempts, notices=kept.notices, news=kept.news
    )


def tidy(app: App) -> str:
    """Prunes, ends incidents of what is not watched, folds the journal in; what was done in one line."""
    closed = app.store.close_unwatched(app.watched(), app.clock.now())
    ended = f"; not watched any more, so its incident is over: {', '.join(closed)}" if closed else ""
    pruned = app.store.prune(app.archive, list_keeping(app.config), now=app.clock.now())
    app.store.tidy_up()
    return f"pruned: {describe(pruned)}; {describe_size(app.store.measure())}{ended}"


def describe(pruned: Pruned) -> str:
    """'runs 144, looks 3, 1 page', or 'nothing'."""
    parts = [f"{name} {count:,}" for name, count in pruned.rows.items()]
    if pruned.pages:
        parts.append(f"kept pages {pruned.pages:,}")
    return ", ".join(parts) or "nothing"


def describe_size(size: DatabaseSize) -> str:
    """The database's size, and whether a vacuum is worth it."""
    free = size.free or 0
    advice = "; `letterwatch prune --vacuum` gives them back" if free >= WORTH_A_VACUUM else ""
    told = f", {free / 1e6:,.1f} MB of it free{advice}" if free else ""
    return f"the database has {size.total / 1e6:,.1f} MB{told}"
