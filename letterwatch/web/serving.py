"""Serves the page in the loop that calls: the daemon's, or one of its own."""

import asyncio
import errno
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from letterwatch.config import ConfigError
from letterwatch.config.values import split_address
from letterwatch.web.connections import PatientProtocol

log = logging.getLogger(__name__)

TRY_AGAIN_AFTER = 60.0  # seconds, where the address is taken
END_WITHIN = 5  # seconds that answers under way are given at the end
LONGEST_HEAD = 16_384  # bytes of a request's line and headers
IDLE_FOR = 15  # seconds an unused connection is kept


class _Server(uvicorn.Server):
    """Leaves signals to whoever owns the loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def log_address(url: str) -> None:
    """Says in the log where the page is."""
    log.info("the page is at %s", url)


async def serve(
    app: ASGIApp, listen: str, stop: asyncio.Event, *, tell: Callable[[str], None] = log_address
) -> None:
    """Serves the page until told to stop, and tells its address; ConfigError where that cannot be had."""
    with _listen(listen) as listener:
        server = _Server(
            uvicorn.Config(
                app,
                http=PatientProtocol,
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=IDLE_FOR,
                timeout_graceful_shutdown=END_WITHIN,
                h11_max_incomplete_event_size=LONGEST_HEAD,
            )
        )
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # every nonsensical request is a warning
        tell(_name(listener))
        serving = asyncio.create_task(server.serve([listener]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        stopping.cancel()
        await serving


@asynccontextmanager
async def page_up(app: ASGIApp, listen: str) -> AsyncIterator[None]:
    """Serves the page beside what the caller does; where it cannot be served, the caller goes on without."""
    stop = asyncio.Event()
    serving = asyncio.create_task(_keep_serving(app, listen, stop))
    try:
        yield
    finally:
        stop.set()
        await serving


async def _keep_serving(app: ASGIApp, listen: str, stop: asyncio.Event) -> None:
    """Tries until the address is free; says once that it is not."""
    told = False
    while not stop.is_set():
        try:
            await serve(app, listen, stop)
        except ConfigError as error:
            if not told:
                log.error("%s; the watch goes on without the page", error)
            told = True
        except Exception:  # the page's edge: whatever ended it must not end the watch
            log.exception("the page ended; it is tried again")
        try:
            async with asyncio.timeout(TRY_AGAIN_AFTER):
                await stop.wait()
        except TimeoutError:
            continue


@contextmanager
def _listen(address: str) -> Iterator[socket.socket]:
    host, port = split_address(address)
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    try:
        listener = socket.create_server((name, port), family=family, backlog=128)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else f"cannot be had ({os.strerror(error.errno or 0)})"
        raise ConfigError(f"[web] listen: {address} {why}; choose another") from error
    with listener:
        listener.setblocking(False)
        yield listener


def _name(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
