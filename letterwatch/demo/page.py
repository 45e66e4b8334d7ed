"""The demo's page: served in a thread of its own, beside the story."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from starlette.types import ASGIApp

from letterwatch.app import App
from letterwatch.web import create_app, serve

ANY_PORT = "127.0.0.1:0"
_COME_UP_WITHIN = 30.0  # seconds


@contextmanager
def serve_aside(page: ASGIApp, listen: str = ANY_PORT) -> Iterator[str]:
    """Serves a page in a thread with a loop of its own; gives its address, without a closing slash."""
    loop, stop, up = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    addresses: list[str] = []

    def tell(address: str) -> None:
        addresses.append(address.rstrip("/"))
        up.set()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(page, listen, stop, tell=tell),))
    thread.start()
    try:
        if not up.wait(_COME_UP_WITHIN):
            raise TimeoutError("the page did not come up")
        yield addresses[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def make_page(app: App) -> ASGIApp:
    """The page over an app's state."""
    return create_app(
        store=app.store, archive=app.archive, register=app.register, config=app.config, clock=app.clock
    )


def find_on_page(address: str, *words: str) -> list[str]:
    """A line for each of the words that the page at an address does not have."""
    answer = requests.get(address, timeout=30)
    text = " ".join(answer.text.split())
    return [f"the page {address} does not have “{each}”" for each in words if each not in text]
