"""The heartbeat and the backlog: what monitors are told."""

from datetime import timedelta

from state import DeliveryState, Routing
from tests.state.conftest import House
from tests.state.takes import HOUR, START
from tests.state.test_outbox import HERE, LEASE, tell


def route(**times: object) -> Routing:
    return Routing("all", "newsdesk", **({"due_at": START, "digest": None, "recipient": ""} | times))  # type: ignore[arg-type]


def test_the_heartbeat_is_the_last_one(house: House) -> None:
    assert house.store.find_heartbeat() is None
    house.store.beat(START)
    house.store.beat(START + HOUR)
    assert house.store.find_heartbeat() == START + HOUR
    house.store.beat(START - HOUR)  # the clock was set back
    assert house.store.find_heartbeat() == START - HOUR


def test_an_orderly_end_holds_until_the_next_heartbeat(house: House) -> None:
    assert house.store.find_end() is None
    house.store.beat(START)
    house.store.note_end(START + HOUR)
    house.store.note_end(START + 2 * HOUR)
    assert (house.store.find_heartbeat(), house.store.find_end()) == (START, START + 2 * HOUR)
    house.store.beat(START + HOUR)
    assert house.store.find_end() is None


def test_an_empty_outbox_has_no_backlog(house: House) -> None:
    backlog = house.store.backlog(START)
    assert backlog.by_state == dict.fromkeys(DeliveryState, 0)
    assert backlog.oldest_at is None


def test_what_waits_for_its_time_is_not_overdue(house: House) -> None:
    tell(house, 1, route(due_at=START + HOUR, digest="morning"))
    assert house.store.backlog(START).oldest_at is None
    assert house.store.backlog(START + 2 * HOUR).oldest_at == START + HOUR


def test_what_was_tried_in_vain_is_overdue_since_its_first_try(house: House) -> None:
    tell(house, 1, route())
    outbox = house.store.outbox
    for hours in (1, 2):
        (delivery,) = outbox.claim_due(HERE, START + hours * HOUR, 9, LEASE)
        outbox.record_attempt(delivery.id, START + hours * HOUR)
        outbox.record_retry(delivery.id, "busy", START + 9 * HOUR * hours, START + hours * HOUR)
        assert house.store.backlog(START + 3 * HOUR).oldest_at == START + HOUR
        outbox.retry(delivery.id, START + hours * HOUR)


def test_what_is_sent_or_parked_waits_no_more(house: House) -> None:
    tell(house, 1, route(recipient="a"), route(recipient="b"))
    outbox = house.store.outbox
    sent, parked = outbox.claim_due(HERE, START, 9, LEASE)
    for delivery in (sent, parked):
        outbox.record_attempt(delivery.id, START)
    outbox.record_sent(sent.id, "ok", START)
    outbox.record_parked(parked.id, "refused", START)
    backlog = house.store.backlog(START + timedelta(days=1))
    assert (backlog.by_state[DeliveryState.SENT], backlog.by_state[DeliveryState.PARKED]) == (1, 1)
    assert backlog.oldest_at is None
