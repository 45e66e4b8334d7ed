"""The sources that are watched: how often each is looked at, and on which hosts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from letterwatch.config import Config, ConfigError


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """One source: its spider has the same name, and its looks never overlap.

    `sweep`: how often all of it is looked at; None where every look is whole. Crawls that share one of
    `hosts` take turns. `is_prompt`: looked at as soon as the daemon starts, unless it rests after failures.
    """

    name: str
    poll: timedelta
    sweep: timedelta | None = None
    hosts: frozenset[str] = frozenset()
    is_prompt: bool = False


def list_sources(config: Config) -> tuple[WatchedSource, ...]:
    """Every source that the configuration has watched."""
    ofsted = config.ofsted
    return (
        WatchedSource(
            "ofsted", ofsted.poll, ofsted.sweep, hosts=frozenset(ofsted.allowed_hosts), is_prompt=True
        ),
    )


def choose_sources(config: Config, names: Sequence[str]) -> list[WatchedSource]:
    """The sources of some names, all of them without any; raises ConfigError."""
    watched = {source.name: source for source in list_sources(config)}
    for name in names:
        if name not in watched:
            raise ConfigError(f'no source is called "{name}"; watched are: {", ".join(watched)}')
    return [watched[name] for name in dict.fromkeys(names)] if names else list(watched.values())
