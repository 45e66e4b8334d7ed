"""The app: configuration, clock, state, archive, reader and channels, opened together and closed together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from letterwatch.clock import Clock
from letterwatch.config import Config
from notifier import Dispatcher, match, open_channels
from scraper.letters import LetterReader
from state import Archive, Event, Register, Routing, Store


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


@contextmanager
def open_app(config: Config, clock: Clock) -> Iterator[App]:
    """Opens everything; raises StateError, ArchiveError or ConfigError with one line and the mend."""
    archive = Archive(config.state.archive)
    store = Store.open(config.state.url, rehearsal=clock.rehearsal, remains=archive.find_remains())
    try:
        with LetterReader() as reader:
            yield App(
                config=config,
                clock=clock,
                store=store,
                archive=archive,
                register=Register.load(),
                reader=reader,
                dispatcher=Dispatcher(store.outbox, open_channels(config.channels), clock=clock.now),
            )
    finally:
        store.close()
