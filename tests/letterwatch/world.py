"""A world to simulate: the replica site, the real store, spiders and daemon, and a clock that is driven."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.daemon import Daemon
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.loopback import Request, Response
from letterwatch.demo.stage import write_config
from letterwatch.sources.watched import choose_sources
from letterwatch.watching.looks import look_at
from state import Rhythm, Settlement
from tests.letterwatch.conftest import Site
from tests.states import move_state

Answer = Callable[[Request, Response], Response]


class DrivenClock(Clock):
    """Stands still until it is set."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(rehearsal=True)
        self.set(moment)

    def set(self, moment: datetime) -> None:
        object.__setattr__(self, "moment", moment)

    def now(self) -> datetime:
        return self.moment  # type: ignore[attr-defined,no-any-return]


class ChangingSite(Site):
    """The replica whose answers a test may change; while it does, nothing is "not modified"."""

    change: Answer | None = None

    def _respond_to(self, request: Request) -> Response:
        if self.change is None:
            return super()._respond_to(request)
        plain = {name: value for name, value in request.headers.items() if not name.startswith("if-")}
        return self.change(request, super()._respond_to(replace(request, headers=plain)))


@dataclass
class World:
    """Everything there is."""

    site: ChangingSite
    inbox: Inbox
    app: App
    clock: DrivenClock
    daemon: Daemon

    def look(self, rhythm: Rhythm = Rhythm.SWEEP) -> Settlement:
        """One look at Ofsted's site now."""
        (source,) = choose_sources(self.app.config, ["ofsted"])
        crawls = self.daemon._crawls  # the daemon's own, as it would look
        return asyncio.run(look_at(self.app, crawls, source, rhythm))

    async def glance(self) -> None:
        """One glance at the plan, and all that comes of it."""
        await self.daemon.look()
        await self.daemon.finish()


@contextmanager
def make_world(folder: Path, start: datetime, settings: str = "", subscription: str = "") -> Iterator[World]:
    """A world that begins at a moment; `settings` are laid over the configuration's [ofsted]."""
    with ChangingSite() as site, Inbox() as inbox:
        path = move_state(write_config(folder, site, inbox))
        path.write_text(
            path.read_text("utf-8").replace("[ofsted]", f"[ofsted]\n{settings}") + subscription, "utf-8"
        )
        clock = DrivenClock(start)
        with open_app(load_config(path, {}), clock) as app:
            daemon = Daemon(app)
            daemon._crawls._runner.settings.set("LETTERWATCH_BACKOFF", 0, "cmdline")
            yield World(site, inbox, app, clock, daemon)


def on_pages(path: str, change: Callable[[bytes], bytes]) -> Answer:
    """Changes the bodies of pages whose path begins so."""

    def answer(request: Request, response: Response) -> Response:
        if request.path.startswith(path) and response.status == 200:
            return replace(response, body=change(response.body))
        return response

    return answer
