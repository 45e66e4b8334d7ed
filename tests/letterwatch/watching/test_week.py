"""Seven days as they may come: what is told, and which incidents there are, is exactly what is expected."""

import re
from datetime import date, datetime, time
from pathlib import Path

from letterwatch.plain_words import LONDON
from state import Verdict
from tests.letterwatch.watching.week import SETTINGS, SUBSCRIPTION, WEEK, live_day, told
from tests.letterwatch.world import make_world

NEXT = "next expected Wakefield, about 30 March 2020."  # by its cadence, since its third letter is known
WAKEFIELD = "Wakefield: third monitoring visit letter, published 1 November 2019."
EXPECTED = (
    ("All clear: 9 of 9 pages read, newest letter 37 days old.",),
    (
        "All clear: 9 of 9 pages read, newest letter 42 days old.",
        WAKEFIELD,  # once for each of the two subscriptions to the channel
        WAKEFIELD,
    ),
    (
        f"All clear: 9 of 9 pages read, newest letter 3 days old, {NEXT}",
        "Source ofsted cannot be read: unreachable: SEARCH no connection to the server.",
        "Source ofsted works again.",
        "Swindon: second monitoring visit letter, published 4 November 2019.",
    ),
    (
        f"All clear: 9 of 9 pages read, newest letter 1 day old, {NEXT}",
        "Source ofsted cannot be read: SEARCH the page has no count of results.",
        "Source ofsted works again.",
        "Source ofsted turns us away: SEARCH the server answered 403 (Forbidden).",
        "Source ofsted works again.",
    ),
    (f"All clear: 9 of 9 pages read, newest letter 38 days old, {NEXT}",),
    (f"All clear: 9 of 9 pages read, newest letter 51 days old, {NEXT}",),
    (
        "Source ofsted has nothing new for too long: nothing new for 108 days, 45 are likely at most.",
        "Not all clear: source ofsted is stale: nothing new for 108 days, 45 are likely at most.",
        "Source ofsted works again.",
        "25 new publications appeared at once, more than 20; the alerts wait for you.",
    ),
)
INCIDENTS = [
    (Verdict.BROKEN, date(2019, 11, 4)),
    (Verdict.BROKEN, date(2019, 11, 5)),
    (Verdict.BLOCKED, date(2019, 11, 5)),
    (Verdict.STALE, date(2020, 3, 29)),
]


def shorten(message: str) -> str:
    """Without the address of the search and the quotations of letters."""
    return re.sub(r" “.*", "", re.sub(r"http://\S*/search(\?\S*)?", "SEARCH", message))


def test_seven_days_tell_exactly_what_happened(tmp_path: Path) -> None:
    start = datetime.combine(WEEK[0].on, time(0), LONDON)
    with make_world(tmp_path, start, SETTINGS.format(poll="2h"), SUBSCRIPTION) as world:
        for day, expected in zip(WEEK, EXPECTED, strict=True):
            before = len(told(world))
            live_day(world, day)
            assert tuple(map(shorten, told(world)[before:])) == expected, day.on
        incidents = world.app.store.incidents()
        held = {row.publication for row in world.app.store.deliveries() if row.state == "held"}
        assert len(held) == 25
        assert [(each.verdict, each.opened_at.date()) for each in reversed(incidents)] == INCIDENTS
        assert all(each.closed_at for each in incidents)

        (hold,) = {row.hold for row in world.app.store.deliveries() if row.state == "held"}
        assert world.app.store.outbox.release(str(hold), world.clock.now()) >= 25
        assert "held" not in {row.state for row in world.app.store.deliveries()}
