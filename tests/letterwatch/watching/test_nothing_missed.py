"""What the newest-first search does not show is found all the same, by the daily sweep at the latest.

The real daemon, its plan and its rhythm, against the replica; the clock is driven from due look to due look.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from letterwatch.demo.replica import Publication
from tests.letterwatch.world import World, make_world

START = datetime(2019, 11, 4, 8, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
POLL = timedelta(hours=4)


@contextmanager
def watching(folder: Path) -> Iterator[World]:
    """A world that was swept once."""
    with make_world(folder, START, 'poll = "4h"\nsweep = "24h"\n') as world:
        asyncio.run(world.glance())
        assert [run.rhythm.value for run in world.app.store.runs()] == ["sweep"]
        yield world


def publish(world: World, file_id: str, published_on: date) -> Publication:
    """A letter of its own about Wakefield appears, with that day as its date."""
    letter = replace(world.site.letter, file_id=file_id, published_on=published_on)
    letter = replace(letter, visited_on=published_on - timedelta(days=int(file_id[-2:])))
    world.site.publish(letter)
    return letter


def find_rhythm(world: World, letter: Publication) -> tuple[str, timedelta]:
    """Lets the daemon go on until a letter is known: by which kind of look, and how long after now."""
    appeared_at = world.clock.now()
    while world.clock.now() < appeared_at + 2 * DAY:
        due = world.daemon._plan.find_next_due()
        assert due is not None
        world.clock.set(max(due, world.clock.now() + timedelta(seconds=1)))
        asyncio.run(world.glance())
        if any(row.file_id == letter.file_id for row in world.app.store.publications()):
            return world.app.store.runs()[0].rhythm.value, world.clock.now() - appeared_at
    raise AssertionError("it was never found")


def test_a_back_dated_upload_is_found_by_the_sweep(tmp_path: Path) -> None:
    with watching(tmp_path) as world:
        newest = world.site.replica.latest("80451").published_on
        letter = publish(world, "50990021", newest - timedelta(days=200))
        assert world.site.replica.latest("80451").published_on == newest  # the search shows no change
        rhythm, waited = find_rhythm(world, letter)
    assert rhythm == "sweep"
    assert waited <= DAY + POLL  # a look comes early by chance, and finds the sweep not yet due


def test_an_entry_that_does_not_move_the_date_is_found_by_the_sweep(tmp_path: Path) -> None:
    with watching(tmp_path) as world:
        letter = publish(world, "50990022", world.site.replica.latest("80451").published_on)
        rhythm, waited = find_rhythm(world, letter)
    assert rhythm == "sweep"
    assert waited <= DAY + POLL  # a look comes early by chance, and finds the sweep not yet due


def test_two_reports_in_a_day_are_each_found_by_the_next_poll(tmp_path: Path) -> None:
    with watching(tmp_path) as world:
        for file_id in ("50990023", "50990024"):
            letter = publish(world, file_id, START.date())
            rhythm, waited = find_rhythm(world, letter)
            assert rhythm == "poll"
            assert waited <= POLL


def test_a_report_of_today_is_found_by_the_next_poll(tmp_path: Path) -> None:
    with watching(tmp_path) as world:
        rhythm, waited = find_rhythm(world, publish(world, "50990025", START.date()))
    assert rhythm == "poll"
    assert waited <= POLL
