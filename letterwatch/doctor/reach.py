"""Who is told, and from which papers we hear: channels, subscriptions, feeds, the ping."""

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from fnmatch import fnmatchcase

from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.doctor.asking import AskError, ask
from letterwatch.doctor.finding import Finding, fail, ok, warn
from letterwatch.sources.news import find_news
from letterwatch.vitals.unheard import find_unheard
from letterwatch.watching.crawl import user_agent
from notifier import check_channel
from scraper.pages import PageBroken, parse_feed, parse_listing
from scraper.sources import NewsSource
from state import Register, StateError, Store

AT_ONCE = 8  # feeds, each on a host of its own as a rule
SAMPLE = 5  # feeds that are looked at where not all are asked for


def check_channels(config: Config) -> Iterator[Finding]:
    """Every channel, without sending; then who is subscribed to nothing, or heard by nobody."""
    for name, settings in config.channels.items():
        reach = check_channel(settings)
        mend = f"correct [channels.{name}], then letterwatch send-test {name}"
        yield ok(f"channel {name}", reach.words) if reach.good else fail(f"channel {name}", reach.words, mend)
    unheard = list(find_unheard(config))
    for line in unheard:
        yield warn("subscriptions", line, "add a [[subscriptions]] table, or take the channel away")
    if not unheard:
        yield ok("subscriptions", f"{len(config.subscriptions)}, and every channel has one")
    yield from _check_alarms(config)


def _check_alarms(config: Config) -> Iterator[Finding]:
    """A source that breaks should be heard of, and so should the watch's own end."""
    patterns = {pattern for each in config.subscriptions for pattern in each.events}
    if not any(_hears(pattern, "source.broken") for pattern in patterns):
        mend = 'subscribe somebody to events = ["source.*", "all.clear"]'
        yield warn("alarms", "nobody hears of a source that breaks", mend)
    if config.health.ping is None and not any(_hears(pattern, "all.clear") for pattern in patterns):
        mend = 'set [health] ping, or subscribe somebody to "all.clear"'
        yield warn("alarms", "nobody would notice if the watch itself ended", mend)


def _hears(pattern: str, event: str) -> bool:
    return fnmatchcase(event, pattern)


def check_feeds(config: Config, clock: Clock, *, all_of_them: bool) -> Iterator[Finding]:
    """Some feeds, or all: whether they answer and are read as the crawl reads them."""
    feeds = find_news(config, Register.load(), lambda: _find_watched(config, clock))
    chosen = feeds if all_of_them else feeds[:SAMPLE]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda source: _check_feed(source, config), chosen)
    left = len(feeds) - len(chosen)
    if left:
        yield ok("news", f"{left} more were not looked at; --feeds looks at all")


def _find_watched(config: Config, clock: Clock) -> Collection[str]:
    """The authorities under watch, as far as a state knows of any yet."""
    try:
        store = Store.open(config.state.url, rehearsal=clock.rehearsal, create=False)
    except StateError:
        return ()
    with closing(store):
        return store.under_watch()


def _check_feed(source: NewsSource, config: Config) -> Finding:
    where = f"news {source.name}"
    mend = "see in a browser whether the address still stands"
    try:
        answer = ask(source.url, agent=user_agent(config), rules=source.rules)
        if answer.status != 200:
            return fail(where, f"answered {answer.status}", mend, outside=True)
        feed = (parse_listing if source.is_page else parse_feed)(answer.body, answer.url)
    except AskError as error:
        return fail(where, str(error), mend, outside=True)
    except PageBroken as broken:
        return fail(where, broken.cause, mend, outside=True)
    if not feed.items:
        return warn(where, "it lists no story", mend)
    flaw = f"; {feed.flaw}" if feed.flaw else ""
    return ok(where, f"{len(feed.items)} stories read{flaw}")
