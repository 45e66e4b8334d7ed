"""Ctrl-C in a single pass: the crawl under way ends in good order, and what it saw is settled."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from letterwatch.watching.crawl import Crawls

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(crawls: Crawls) -> Iterator[asyncio.Event]:
    """Within it, a first SIGINT or SIGTERM stops the crawls and sets the event; a second ends all at once.

    Off the main thread, where no signals arrive, it does nothing.
    """
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    under_way: set[asyncio.Task[None]] = set()

    def stop() -> None:
        stopped.set()
        _let_go(loop)
        under_way.add(loop.create_task(crawls.stop()))

    with suppress(ValueError, RuntimeError):
        for number in _SIGNALS:
            loop.add_signal_handler(number, stop)
    try:
        yield stopped
    finally:
        _let_go(loop)


def _let_go(loop: asyncio.AbstractEventLoop) -> None:
    with suppress(ValueError, RuntimeError):
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
