"""Crawls that are told to stop: they end in good order, also where they had hardly begun."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from letterwatch.sources.watched import choose_sources
from letterwatch.watching.crawl import is_running
from letterwatch.watching.looks import look_at
from state import Rhythm
from tests.letterwatch.world import World, make_world


def test_a_crawl_that_is_told_to_stop_before_its_engine_runs_ends(tmp_path: Path) -> None:
    with make_world(tmp_path, datetime(2019, 11, 1, 9, tzinfo=UTC)) as world:
        asyncio.run(_stop_at_once(world))
        (run,) = world.app.store.runs_of("ofsted")
    assert run.stopped == "shutdown"


async def _stop_at_once(world: World) -> None:
    crawls = world.daemon._crawls
    (source,) = choose_sources(world.app.config, ["ofsted"])
    look = asyncio.create_task(look_at(world.app, crawls, source, Rhythm.SWEEP))
    while not crawls._under_way:
        await asyncio.sleep(0)
    (crawler,) = crawls._under_way
    assert not is_running(crawler)
    await crawls.stop()
    await look
