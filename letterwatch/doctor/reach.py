"""Who is told, and from which papers we hear: channels, subscriptions, feeds, the ping."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import feedparser

from letterwatch.config import Config, NewsConfig
from letterwatch.crawl import user_agent
from letterwatch.doctor.asking import AskError, ask
from letterwatch.doctor.finding import Finding, fail, ok, warn
from letterwatch.unheard import find_unheard
from notifier import check_channel

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


def check_feeds(config: Config, *, all_of_them: bool) -> Iterator[Finding]:
    """Some feeds, or all: whether they answer and are feeds."""
    chosen = config.news if all_of_them else config.news[:SAMPLE]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda news: _check_feed(news, config), chosen)
    left = len(config.news) - len(chosen)
    if left:
        yield ok("news", f"{left} more were not looked at; --feeds looks at all")


def _check_feed(news: NewsConfig, config: Config) -> Finding:
    where = f"news {news.name}"
    url = news.feed or news.page or ""
    try:
        answer = ask(url, agent=user_agent(config), hosts=[urlsplit(url).netloc])
    except AskError as error:
        return fail(where, str(error), "see whether the address still stands", outside=True)
    if answer.status != 200:
        return fail(where, f"answered {answer.status}", "see whether the address still stands", outside=True)
    if news.page:
        return ok(where, "its page answers")
    feed = feedparser.parse(answer.body)
    if not feed.get("version"):
        return fail(where, "what it sends is no feed", "find the feed's new address", outside=True)
    if not feed.entries:
        return warn(where, "the feed is empty", "see whether the address still stands")
    return ok(where, f"a feed of {len(feed.entries)} items")
