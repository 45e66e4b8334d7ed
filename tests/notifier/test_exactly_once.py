"""Any events, subscriptions, quiet hours and digests, any interleaving of two dispatchers: each pair once."""

import tempfile
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifier.channels import Channel, Outcome, Parcel, RetryLater, Sent
from notifier.settings import ConsoleSettings, SubscriptionSettings
from notifier.subscriptions import OPERATOR, match, wants
from state import DeliveryState, Register
from tests.notifier.outboxes import Clock, Post
from tests.notifier.samples import EVENTS

REGISTER = Register.load()
CHANNELS = ("one", "two")


class Memory:
    """A channel that can be asked, and that fails by a script: what was "lost" had been taken."""

    interval = 1.0

    def __init__(self, bundle: int, script: list[str]) -> None:
        self.bundle = bundle
        self._script = script
        self._lock = threading.Lock()
        self.taken: list[str] = []

    def send(self, parcel: Parcel, now: datetime) -> Outcome:
        with self._lock:
            fault = self._script.pop() if self._script else None
            if fault != "refused":
                self.taken.extend(delivery.id for delivery in parcel.deliveries)
        return RetryLater(fault, in_doubt=fault == "lost") if fault else Sent("memory")

    def find_sent(self, parcel: Parcel) -> Mapping[str, str]:
        with self._lock:
            return {each.id: "memory" for each in parcel.deliveries if each.id in self.taken}


SUBSCRIPTIONS = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(CHANNELS),
        "authorities": st.sampled_from([["all"], ["Wakefield"], ["region:London"], ["watched"]]),
        "kinds": st.sampled_from([[], ["monitoring_visit"], ["inspection", "focused_visit"]]),
        "events": st.sampled_from([["*"], ["publication.*"], ["grade.changed", "source.*"]]),
        "delivery": st.sampled_from(["instant", "daily 07:30", "weekly Mon 07:30"]),
        "quiet": st.sampled_from([None, "22:00-07:00", "08:00-20:00"]),
    }
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["first", "second", "both"]), st.integers(min_value=0, max_value=2000)),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.lists(st.sampled_from(sorted(EVENTS)), unique=True, max_size=8),
    chosen=st.lists(SUBSCRIPTIONS, min_size=1, max_size=4),
    script=st.lists(st.sampled_from(["lost", "refused"]), max_size=6),
    bundle=st.integers(min_value=1, max_value=3),
    steps=STEPS,
)
def test_each_matching_pair_is_delivered_exactly_once(
    names: list[str],
    chosen: list[dict[str, Any]],
    script: list[str],
    bundle: int,
    steps: list[tuple[str, int]],
) -> None:
    subscriptions = [
        SubscriptionSettings.model_validate({"name": f"s{number}", **each})
        for number, each in enumerate(chosen)
    ]
    channels = {name: ConsoleSettings(type="console") for name in CHANNELS}
    memories: dict[str, Channel] = {name: Memory(bundle, list(script)) for name in CHANNELS}
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        posts = [Post(Path(folder), clock), Post(Path(folder), clock)]
        try:
            for name in names:
                routings = match(EVENTS[name], subscriptions, channels, REGISTER, clock.now())
                posts[0].put(EVENTS[name], *routings)
            _run(posts, memories, steps, clock)
            rows = posts[0].rows()
        finally:
            for post in posts:
                post.close()
    expected = Counter(
        (EVENTS[name].name, each.name)
        for name in names
        for each in subscriptions
        if wants(each, EVENTS[name], REGISTER)
    )
    for held in {"flood-held", "restored-held"}.intersection(names):
        if not any(wants(each, EVENTS[held], REGISTER) for each in subscriptions):
            expected.update((EVENTS[held].name, f"{OPERATOR} {name}") for name in CHANNELS)
    taken = Counter(id_ for memory in memories.values() for id_ in memory.taken)  # type: ignore[attr-defined]
    assert all(row.state is DeliveryState.SENT for row in rows)
    assert Counter((row.event, row.subscription) for row in rows) == expected
    assert taken == Counter(row.id for row in rows)


def _run(posts: list[Post], channels: dict[str, Channel], steps: list[tuple[str, int]], clock: Clock) -> None:
    """The steps as drawn, then time enough for every digest, quiet hour and retry."""
    first, second = (post.dispatcher(**channels) for post in posts)
    with ThreadPoolExecutor(2) as pool:
        for who, minutes in steps + [("both", 60 * 25)] * 10:
            chosen = {"first": [first], "second": [second], "both": [first, second]}[who]
            for each in [pool.submit(dispatcher.deliver_due) for dispatcher in chosen]:
                each.result()
            clock.at += timedelta(minutes=minutes)
