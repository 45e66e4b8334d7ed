"""A look that is cut off again and again: it comes first, with less time, and its parts are settled."""

import asyncio
import threading
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from benchmarks.fleets.outside import write_config
from letterwatch.app import open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.loopback import Request
from letterwatch.fleet.care import limit_look
from letterwatch.fleet.queue import open_queue
from letterwatch.fleet.room import furnish_queue, require_room
from letterwatch.fleet.worker import FleetWorker
from letterwatch.sources.watched import WatchedSource
from state import StateError, Store
from tests.letterwatch.conftest import Site

FIRST, SECOND = (WatchedSource(name, timedelta(seconds=1)) for name in ("first", "second"))


def test_a_look_has_all_the_time_until_it_was_cut_off() -> None:
    assert [limit_look(times) for times in range(5)] == [None, 10.0, 5.0, 5.0, 5.0]


def test_what_was_cut_off_comes_first_and_says_how_often(postgres_url: str) -> None:
    furnish_queue(postgres_url)
    seen = asyncio.run(_cut_off_the_second(postgres_url))
    assert seen == [("second", 2), ("first", 0)]


async def _cut_off_the_second(url: str) -> list[tuple[str, int]]:
    """Two workers hang with the second source in hand, then the first is asked for; what a third is given."""
    seen: list[tuple[str, int]] = []
    taken, over = asyncio.Event(), asyncio.Event()

    async def hang(_source: str, _times: int) -> None:
        taken.set()
        await over.wait()

    async def look(source: str, times: int) -> None:
        seen.append((source, times))
        if len(seen) == 2:
            queue.stop()

    async with open_queue(require_room(url), hang) as hung, open_queue(require_room(url), look) as queue:
        await queue.defer(SECOND)
        working = []
        for _ in range(2):
            taken.clear()
            working.append(asyncio.create_task(hung.work(1)))
            await taken.wait()
            await queue.give_on({"second"})
        await queue.defer(FIRST)
        await queue.work(1)
        for task in working:
            task.cancel()
        over.set()
        await asyncio.gather(*working, return_exceptions=True)
    return seen


@pytest.mark.parametrize("away", [0, 1])
def test_a_look_with_too_little_time_settles_what_it_saw_and_the_rest_is_due_at_once(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch, away: int
) -> None:
    """Also where the state was away just when the rest was to be planned."""
    monkeypatch.setattr("letterwatch.fleet.care._LIMITS", (0.3,))
    plan_look, times = Store.plan_look, count()

    def stumble(store: Store, source: str, at: datetime, why: str) -> None:
        if next(times) < away:
            raise StateError("away")
        plan_look(store, source, at, why)

    monkeypatch.setattr(Store, "plan_look", stumble)

    def dawdle(request: Request) -> None:
        if request.path.startswith("/provider/"):
            threading.Event().wait(0.2)

    with Site() as site:
        site.trap = dawdle
        url = site.url
        path = write_config(tmp_path, site=url, feed=f"{url}/rss", hook=f"{url}/hook", poll="10m")
        config = load_config(path, {"LETTERWATCH_STATE__URL": postgres_url})
        with open_app(config, Clock()) as app:
            worker = FleetWorker(app, require_room(postgres_url))
            asyncio.run(worker.look("ofsted", 1))
            (run,) = app.store.runs_of("ofsted")
            assert (run.verdict, run.stopped, run.cause) == ("degraded", "deadline", "ended early: deadline")
            (source,) = (each for each in app.store.sources() if each.name == "ofsted")
            assert source.next_look_at is not None
            assert source.next_look_at <= app.clock.now()
            assert source.next_look_why == "the rest of a look that ended early"
            asyncio.run(worker.look("ofsted", 0))
            whole = app.store.runs_of("ofsted")[0]
            assert (whole.verdict, whole.stopped, whole.rhythm) == ("ok", None, "sweep")
            assert app.store.find_planned(["ofsted"])["ofsted"] > app.clock.now()  # type: ignore[operator]
