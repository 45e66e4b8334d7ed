"""Two dispatchers on one outbox, in any interleaving, either of which may die."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from state import Outbox, Store
from tests.state.conftest import House
from tests.state.posting import LEASE, tell, to
from tests.state.takes import START


@dataclass
class Sender:
    """A dispatcher that does one deed at a time and may die in between."""

    outbox: Outbox
    owner: str
    sent: list[str]
    claimed: list[str] = field(default_factory=list)

    def act(self, deed: str, limit: int, now: datetime) -> None:
        if deed == "claim":
            self.claimed += [row.id for row in self.outbox.claim_due(self.owner, now, limit, LEASE)]
        elif deed == "die":
            self.claimed.clear()
        elif self.claimed:
            self._try(self.claimed.pop(0), deed, now)

    def _try(self, delivery: str, deed: str, now: datetime) -> None:
        if not self.outbox.record_attempt(delivery, now):
            return
        if deed == "send":
            self.sent.append(delivery)
            self.outbox.record_sent(delivery, None, now)
        else:
            self.outbox.record_retry(delivery, "answered 500", now, now)

    def drain(self, now: datetime) -> None:
        while self.outbox.next_due_at() is not None:
            now += LEASE
            self.act("claim", 100, now)
            while self.claimed:
                self.act("send", 0, now)


DEEDS = st.sampled_from(["claim", "send", "fail", "die"])
STEPS = st.lists(st.tuples(st.integers(0, 1), DEEDS, st.integers(1, 4)), max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, count=st.integers(1, 6))
def test_two_dispatchers_send_each_row_once(
    sqlite_url: str, steps: list[tuple[int, str, int]], count: int
) -> None:
    """Any interleaving; a dispatcher that dies does so before it sends. Then all is drained."""
    url = sqlite_url.replace("letterwatch.db", f"{os.urandom(6).hex()}/letterwatch.db")
    stores = [Store.open(url, rehearsal=False) for _ in range(2)]
    for number in range(count):
        tell(House(stores[0]), str(number), to(digest="daily") if number % 3 == 2 else to())
    sent: list[str] = []
    senders = [Sender(store.outbox, f"host-{index}/1/1", sent) for index, store in enumerate(stores)]
    now = START
    for who, deed, limit in steps:
        now += timedelta(minutes=limit)
        senders[who].act(deed, limit, now)
    senders[0].drain(now)

    assert sorted(sent) == sorted(row.id for row in stores[1].deliveries())
    assert len(sent) == count
    for store in stores:
        store.close()
