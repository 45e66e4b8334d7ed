"""The app: configuration, clock, state, archive, reader and channels, opened together and closed together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from letterwatch.clock import Clock
from letterwatch.config import Config, ConfigError
from letterwatch.sources.news import find_news
from letterwatch.sources.press import PressRegister
from letterwatch.sources.watched import list_sources
from notifier import Channel, DeliveryFigures, Dispatcher, match, open_channels
from scraper.letters import LetterReader
from scraper.sources import NewsSource
from state import Archive, ArchiveError, Event, Register, Routing, Store


@dataclass(frozen=True)
class App:
    """Everything a command or the daemon works with."""

    config: Config
    clock: Clock
    store: Store
    archive: Archive
    register: Register
    reader: LetterReader
    dispatcher: Dispatcher

    def route(self, event: Event) -> Sequence[Routing]:
        """To whom an event goes, and when."""
        config = self.config
        return match(event, config.subscriptions, config.channels, self.register, self.clock.now())

    def news(self, also: str = "") -> Sequence[NewsSource]:
        """The news sources that configuration, register and state come to; `also` one of the register's."""
        found = find_news(self.config, self.register, self.store.under_watch)
        named = PressRegister.load().find(also)
        is_new = named is not None and all(source.name != named.name for source in found)
        return (*found, named) if named is not None and is_new else found

    def watched(self) -> frozenset[str]:
        """The names of all sources and feeds that are watched; the state may know of others still."""
        names = {source.name for source in list_sources(self.config)}
        return frozenset(names | {feed.name for feed in self.news()})

    def deliver(self, patience: float | None = None) -> DeliveryFigures:
        """Sends what is due; what a channel refused for good is told over another one at once."""
        figures = self.dispatcher.deliver_due(patience)
        return figures + self.dispatcher.deliver_due(patience) if figures.parked else figures


@contextmanager
def open_app(config: Config, clock: Clock) -> Iterator[App]:
    """Opens everything; raises StateError, ArchiveError or ConfigError with one line and the mend."""
    channels = _open_channels(config)
    archive, register = Archive(config.state.archive), Register.load()
    store = Store.open(config.state.url, rehearsal=clock.rehearsal, remains=archive.find_remains())
    try:
        _miss_no_archive(store, archive)
    except BaseException:
        store.close()
        raise

    def report(problem: Event) -> None:
        now = clock.now()
        settings = (config.subscriptions, config.channels, register, now)
        store.tell(problem, route=lambda event: match(event, *settings), now=now)

    dispatcher = Dispatcher(store.outbox, channels, clock=clock.now, report=report)
    try:
        with LetterReader() as reader:
            yield App(config, clock, store, archive, register, reader, dispatcher)
    finally:
        dispatcher.close()
        store.close()


def _open_channels(config: Config) -> Mapping[str, Channel]:
    try:
        return open_channels(config.channels)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _miss_no_archive(store: Store, archive: Archive) -> None:
    """Refuses an archive that is gone, moved or not mounted: it would be begun anew, unnoticed."""
    lack = archive.find_lack()
    if lack and store.holds_documents():
        raise ArchiveError(
            f"{lack}, but the state {store.place} has documents in it; correct [state] archive or restore it "
            "from a backup; to go on without what is lost, make that folder"
        )
