"""The sources that are watched: how often each is looked at, and on which hosts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from letterwatch.config import Config, ConfigError
from letterwatch.sources.press import PressRegister
from state import EventName, suggest

OFSTED, NEWS, GOVUK = "ofsted", "news", "govuk"


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """One source: its spider has the same name, and its looks never overlap.

    `sweep`: how often all of it is looked at; None where every look is whole. Crawls that share one of
    `hosts` take turns. `is_prompt`: looked at as soon as the daemon starts, unless it rests after failures.
    `feed`: one feed alone, of the source of news.
    """

    name: str
    poll: timedelta
    sweep: timedelta | None = None
    hosts: frozenset[str] = frozenset()
    is_prompt: bool = False
    feed: str = ""


def list_sources(config: Config) -> tuple[WatchedSource, ...]:
    """Every source that the configuration has watched."""
    ofsted = config.ofsted
    found = [
        WatchedSource(
            OFSTED, ofsted.poll, ofsted.sweep, hosts=frozenset(ofsted.allowed_hosts), is_prompt=True
        )
    ]
    if config.news:
        found.append(WatchedSource(NEWS, config.feeds.poll))
    if _wants_notices(config):
        found.append(_govuk(config))
    return tuple(found)


def _govuk(config: Config) -> WatchedSource:
    return WatchedSource(GOVUK, config.govuk.poll, hosts=frozenset((urlsplit(config.govuk.url).netloc,)))


def _wants_notices(config: Config) -> bool:
    """True where somebody subscribed to the government's notices."""
    patterns = (pattern for subscription in config.subscriptions for pattern in subscription.events)
    return any(pattern != "*" and fnmatchcase(EventName.NOTICE_NEW, pattern) for pattern in patterns)


def choose_sources(config: Config, names: Sequence[str]) -> list[WatchedSource]:
    """The sources of some names, all of them without any; a feed's own name means it alone.

    Raises ConfigError.
    """
    watched = {source.name: source for source in list_sources(config)}
    if not names:
        return list(watched.values())
    return [watched.get(name) or _find_feed(name, config, watched) for name in dict.fromkeys(names)]


def _find_feed(name: str, config: Config, watched: Collection[str]) -> WatchedSource:
    """One feed: the configuration's own, or one of the register's."""
    if name == GOVUK:
        return _govuk(config)
    own = [entry.name for entry in config.news if entry.address]
    registered = PressRegister.load().find(name)
    feed = next((each for each in own if each.casefold() == name.casefold()), None)
    feed = feed or (registered.name if registered else None)
    if feed is None:
        unknown = "no news is configured" if name == NEWS else f'no source is called "{name}"'
        near = "" if name == NEWS else suggest(name, (*watched, *own, *PressRegister.load().names()))
        raise ConfigError(f"{unknown}{near}; watched are: {', '.join(watched)}, and every feed by its name")
    return WatchedSource(NEWS, config.feeds.poll, feed=feed)
