"""Which news sources are looked at: what the configuration names, and the register's for its authorities."""

from collections.abc import Callable, Collection, Iterator

from letterwatch.config import Config, NewsConfig
from letterwatch.config.model import SUBSCRIBED, WATCHED
from letterwatch.sources.press import PressRegister
from scraper.sources import NewsSource
from state import Register

UnderWatch = Callable[[], Collection[str]]
"""The URNs of the authorities whose last full inspection has an inadequate judgement."""


def find_news(config: Config, register: Register, under_watch: UnderWatch) -> tuple[NewsSource, ...]:
    """Every news source to be looked at, each once; a source of one's own comes before the register's."""
    chosen: dict[str, NewsSource] = {}
    addresses: set[str] = set()
    own = [_make_own(entry, config, register, under_watch) for entry in config.news if entry.address]
    for source in [*own, *_registered(config, register, under_watch)]:
        key = source.name.casefold()
        if key not in chosen and source.url not in addresses:
            chosen[key] = source
            addresses.add(source.url)
    return tuple(chosen.values())


def _make_own(entry: NewsConfig, config: Config, register: Register, under_watch: UnderWatch) -> NewsSource:
    return NewsSource(
        name=entry.name,
        url=str(entry.address),
        is_page=entry.page is not None,
        urns=tuple(find_urns(entry.authorities, config, register, under_watch)),
        council=entry.council,
        elsewhere=entry.elsewhere,
    )


def _registered(config: Config, register: Register, under_watch: UnderWatch) -> tuple[NewsSource, ...]:
    """The register's feeds for the authorities of entries that name no address."""
    urns = {
        urn
        for entry in config.news
        if not entry.address
        for urn in find_urns(entry.authorities, config, register, under_watch)
    }
    return PressRegister.load().serving(urns)


def find_urns(
    specs: Collection[str], config: Config, register: Register, under_watch: UnderWatch
) -> Iterator[str]:
    """The authorities that some names mean, "watched" and "subscribed" among them."""
    for spec in specs:
        if spec.casefold() == WATCHED:
            yield from under_watch()
        elif spec.casefold() == SUBSCRIBED:
            yield from _subscribed(config, register)
        else:
            yield from (authority.urn for authority in register.select(spec) if authority.urn)


def _subscribed(config: Config, register: Register) -> Iterator[str]:
    """The authorities that subscriptions name one by one, by region or as neighbours; "all" names none."""
    for subscription in config.subscriptions:
        for spec in subscription.authorities:
            if spec.casefold() not in ("all", WATCHED):
                yield from (authority.urn for authority in register.select(spec) if authority.urn)
