"""A clock that jumps by a year, forward and back again: nothing is told wrongly, and the watch goes on."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from state import Verdict
from tests.letterwatch.watching.week import SUBSCRIPTION, told
from tests.letterwatch.world import World, make_world

START = datetime(2019, 11, 4, 9, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with make_world(tmp_path, START, subscription=SUBSCRIPTION) as world:
        asyncio.run(world.glance())
        yield world


def glance_at(world: World, moment: datetime) -> list[str]:
    """What one glance at a moment tells."""
    before = len(told(world))
    world.clock.set(moment)
    asyncio.run(world.glance())
    return [message[:40] for message in told(world)[before:]]


def test_a_jump_forward_and_back_tells_no_letter_and_stops_no_look(world: World) -> None:
    runs = len(world.app.store.runs())
    assert glance_at(world, START + YEAR) == ["Source ofsted has nothing new for too lo"]
    assert glance_at(world, START + timedelta(minutes=20)) == ["Source ofsted works again."]
    assert len(world.app.store.runs()) == runs + 2
    source = world.app.store.find_source("ofsted")
    assert source is not None
    assert source.verdict is Verdict.OK
    assert source.next_look_at is not None
    assert source.next_look_at <= START + timedelta(minutes=31)

    world.site.publish_letter()
    alerts = glance_at(world, START + timedelta(minutes=35))
    assert alerts == ["Wakefield: third monitoring visit letter"] * 2  # one for each subscription
    assert glance_at(world, START + timedelta(minutes=50)) == []


def test_a_jump_back_is_looked_at_at_once(world: World) -> None:
    assert glance_at(world, START - YEAR) == []
    assert world.app.store.runs()[0].started_at == START - YEAR
    world.site.publish_letter()
    assert len(glance_at(world, START - YEAR + timedelta(hours=2))) == 2
    assert glance_at(world, START + timedelta(minutes=20)) == []
