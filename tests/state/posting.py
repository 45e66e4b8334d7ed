"""Messages that wait in the outbox, are claimed and are sent."""

from datetime import datetime, timedelta

from state import Delivery, Event, EventName, Outbox, Routing, SourceFacts, Verdict, process_owner
from tests.state.conftest import House
from tests.state.takes import START

LEASE = timedelta(minutes=5)
HERE = process_owner()
ELSEWHERE = "another-host/1/0.00"


def tell(house: House, key: str, *routings: Routing, at: datetime = START) -> None:
    facts = SourceFacts(name="ofsted", verdict=Verdict.BROKEN)
    event = Event(key=key, name=EventName.SOURCE_BROKEN, at=START, source=facts)
    assert house.store.tell(event, route=lambda _: routings, now=at) == len(routings)


def to(recipient: str = "", channel: str = "newsdesk", due_at: datetime = START, **facts: str) -> Routing:
    return Routing(facts.get("subscription", "all"), channel, due_at, facts.get("digest"), recipient)


def claim(house: House, now: datetime = START, limit: int = 9, owner: str = HERE) -> list[Delivery]:
    return house.store.outbox.claim_due(owner, now, limit, LEASE)


def send(outbox_: Outbox, delivery: Delivery, receipt: str | None, at: datetime) -> None:
    assert outbox_.record_attempt(delivery.id, at)
    outbox_.record_sent(delivery.id, receipt, at)
