"""Seven days of a daemon's life, driven: what happens on each, glance by glance."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from letterwatch.demo.replica import Publication, load_replica
from letterwatch.demo.server import Fault
from letterwatch.plain_words import LONDON
from tests.letterwatch.world import World

SETTINGS = """\
poll = "{poll}"
stale = "45d"
silences = ["2019-11-06/2019-12-13"]
"""
SUBSCRIPTION = """
[[subscriptions]]
name = "everything"
channel = "newsdesk"
authorities = ["all"]
events = ["publication.*", "source.*", "flood.held", "all.clear", "visit.expected"]
"""
HOUR = timedelta(hours=1)
MORNING = time(7)
SWINDON = "50251234"


@dataclass(frozen=True)
class Happening:
    """Something that happens to the world at an hour of London's day."""

    at: float
    what: Callable[[World], None]


@dataclass(frozen=True)
class Day:
    """One day and what happens on it."""

    on: date
    happenings: tuple[Happening, ...] = ()


def publish_letter(world: World) -> None:
    world.site.publish_letter()


def publish_another(world: World) -> None:
    """A letter about Swindon appears while nobody can reach the site."""
    letter = next(each for each in load_replica().publications if each.published_on == date(2024, 7, 12))
    world.site.publish(replace(letter, published_on=date(2019, 11, 4), visited_on=date(2019, 10, 8)))


def flood(world: World) -> None:
    """25 reports at once on one day: an archive was moved, no news."""
    model = world.site.replica.publications[0]
    for number in range(25):
        world.site.publish(copy_of(model, number))


def copy_of(model: Publication, number: int) -> Publication:
    visited_on = date(2015, 1, 5) + timedelta(days=number)
    return replace(
        model, file_id=f"5990{number:04}", visited_on=visited_on, published_on=date(2020, 3, 27), rating=None
    )


def set_fault(fault: Fault) -> Callable[[World], None]:
    return lambda world: setattr(world.site, "fault", fault)


WEEK = (
    Day(date(2019, 10, 27)),  # a Sunday; the clocks go back
    Day(date(2019, 11, 1), (Happening(9.5, publish_letter),)),
    Day(
        date(2019, 11, 4),
        (
            Happening(9.9, lambda world: world.site.stop()),
            Happening(11, publish_another),
            Happening(14, lambda world: world.site.start()),
        ),
    ),
    Day(
        date(2019, 11, 5),
        (
            Happening(8, set_fault(Fault.REDESIGN)),
            Happening(10.5, set_fault(Fault.NONE)),
            Happening(15, set_fault(Fault.BLOCKED)),
            Happening(17.5, set_fault(Fault.NONE)),
        ),
    ),
    Day(date(2019, 12, 12)),  # a general election; nothing is published before
    Day(date(2019, 12, 25)),
    Day(date(2020, 3, 29), (Happening(12, flood),)),  # a Sunday; the clocks go forward
)


def live_day(world: World, day: Day) -> None:
    """One day from midnight to midnight, London's; only moments at which something is due take any time."""
    midnight = datetime.combine(day.on, time(0), LONDON)
    end = datetime.combine(day.on + timedelta(days=1), time(0), LONDON)
    waiting = sorted(day.happenings, key=lambda each: each.at)
    morning = datetime.combine(day.on, MORNING, LONDON)
    for now in moments(world, midnight, end):
        while waiting and now >= midnight + waiting[0].at * HOUR:
            waiting.pop(0).what(world)
        asyncio.run(glance(world, tells=morning <= now))
        if morning <= now:
            morning = end


async def glance(world: World, *, tells: bool) -> None:
    await world.glance()
    if tells:
        await world.daemon.tell_all_clear()
    await world.daemon.deliver()


def moments(world: World, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment at which the plan has something due, and each quarter of an hour at which nothing is."""
    now = start
    while now.timestamp() < end.timestamp():
        world.clock.set(now)
        yield now
        due = world.daemon._plan.find_next_due()
        step = datetime.fromtimestamp(now.timestamp() + 900, LONDON)
        now = min(step, max(due, now + timedelta(seconds=1))).astimezone(LONDON) if due else step


def told(world: World) -> list[str]:
    """The first line of every message in the order of its arrival."""
    return [str(message.payload["text"]) for message in world.inbox.slack]
