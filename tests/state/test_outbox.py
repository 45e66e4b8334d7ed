"""The outbox: claims, doubt, leases, digests, holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from state import Outbox, Routing, StateError, Store
from tests.state import posting
from tests.state.conftest import House
from tests.state.posting import ELSEWHERE, HERE, LEASE
from tests.state.takes import HOUR, START, WAKEFIELD, Crawl, entry


def tell(house: House, number: int, *routings: Routing) -> None:
    posting.tell(house, f"event-{number}", *routings)


def routing(channel: str = "newsdesk", digest: str | None = None, recipient: str = "") -> Routing:
    return Routing("all", channel, due_at=START, digest=digest, recipient=recipient)


@pytest.fixture
def outbox(house: House) -> Outbox:
    """One delivery that is due."""
    tell(house, 1, routing())
    return house.store.outbox


def claim(outbox: Outbox, hours: float = 0, owner: str = HERE) -> list[str]:
    return [row.id for row in outbox.claim_due(owner, START + hours * HOUR, 100, LEASE)]


def test_one_row_for_each_recipient_and_only_once(house: House) -> None:
    tell(house, 1, routing(recipient="a@example.org"), routing(recipient="b@example.org"))
    with pytest.raises(AssertionError):
        tell(house, 1, routing(recipient="a@example.org"))

    recipients = {row.routing.recipient for row in house.store.outbox.claim_due(HERE, START, 9, LEASE)}
    assert recipients == {"a@example.org", "b@example.org"}


def test_nothing_is_due_before_its_time(outbox: Outbox) -> None:
    assert claim(outbox, -1) == []
    assert outbox.next_due_at() == START
    assert outbox.due_channels(START - HOUR) == []
    assert outbox.due_channels(START) == ["newsdesk"]


def test_what_a_clock_that_ran_ahead_put_off_is_due_once_the_clock_is_right(
    house: House, outbox: Outbox
) -> None:
    (delivery,) = claim(outbox, 365 * 24)
    ahead = START + 365 * 24 * HOUR
    outbox.record_retry(delivery, "Slack: 500", ahead + HOUR, ahead)
    weekly = START + 8 * 24 * HOUR
    tell(house, 2, Routing("all", "newsdesk", due_at=weekly, digest="2019-11-09"))
    assert claim(outbox, 1) == [delivery]


def test_sent_is_final(house: House, outbox: Outbox) -> None:
    (delivery,) = claim(outbox)
    assert outbox.record_attempt(delivery, START)
    outbox.record_sent(delivery, "receipt 7", START)

    assert claim(outbox, 1) == []
    assert outbox.next_due_at() is None
    (row,) = house.store.deliveries()
    assert (row.state, row.receipt, row.attempts, row.sent_at) == ("sent", "receipt 7", 1, START)
    with pytest.raises(StateError, match="was sent at 2019-11-01 09:00 UTC already"):
        outbox.retry(delivery, START)


def test_a_retry_waits_and_keeps_its_reason(house: House, outbox: Outbox) -> None:
    (delivery,) = claim(outbox)
    outbox.record_attempt(delivery, START)
    outbox.record_retry(delivery, "answered 500", START + HOUR, START)

    assert claim(outbox, 0.5) == []
    (row,) = house.store.deliveries()
    assert (row.state, row.last_error, row.due_at) == ("pending", "answered 500", START + HOUR)
    (again,) = outbox.claim_due(HERE, START + HOUR, 9, LEASE)
    assert (again.attempts, again.in_doubt_at) == (1, None)


def test_a_parked_row_waits_for_the_operator(outbox: Outbox) -> None:
    (delivery,) = claim(outbox)
    outbox.record_attempt(delivery, START)
    outbox.record_parked(delivery, "answered 410 Gone", START)
    assert claim(outbox, 1000) == []

    outbox.retry(delivery, START + HOUR)
    assert claim(outbox, 1) == [delivery]
    with pytest.raises(StateError, match="is being sent by"):
        outbox.retry(delivery, START + HOUR)
    with pytest.raises(StateError, match="there is no delivery x;"):
        outbox.retry("x", START)


def test_a_lease_that_ran_out_is_claimed_anew_and_in_doubt(
    outbox: Outbox, open_house: Callable[[], House]
) -> None:
    other = open_house().store.outbox
    (delivery,) = claim(outbox, owner=ELSEWHERE)
    outbox.record_attempt(delivery, START)
    assert claim(other) == []

    (again,) = other.claim_due(HERE, START + LEASE, 9, LEASE)

    assert (again.id, again.attempts, again.in_doubt_at) == (delivery, 1, START)
    assert not outbox.record_attempt(delivery, START + LEASE)
    outbox.record_retry(delivery, "too late to say", START + HOUR, START + LEASE)
    assert other.record_attempt(delivery, START + LEASE)


def test_doubt_outlives_a_put_off_and_ends_with_a_clear_answer(outbox: Outbox) -> None:
    def reclaim(hours: int) -> bool:
        (row,) = outbox.claim_due(HERE, START + hours * HOUR, 9, LEASE)
        return row.in_doubt_at is not None

    assert not reclaim(0)
    (delivery,) = outbox._claims
    outbox.record_attempt(delivery, START)
    outbox.record_retry(delivery, "timed out", START + HOUR, START, in_doubt=True)
    assert reclaim(1)
    outbox.record_retry(delivery, "could not look it up", START + 2 * HOUR, START + HOUR)
    assert reclaim(2)
    outbox.record_attempt(delivery, START + 2 * HOUR)
    outbox.record_retry(delivery, "answered 500", START + 3 * HOUR, START + 2 * HOUR)
    assert not reclaim(3)


def test_each_row_has_its_own_end(house: House) -> None:
    outbox = house.store.outbox
    tell(house, 1, *(routing(recipient=f"{name}@example.org") for name in "abcd"))
    tried = outbox.claim_due(HERE, START, 3, LEASE)
    sent, put_off, parked = (row.id for row in tried)
    for row in tried:
        assert outbox.record_attempt(row.id, START)

    outbox.record_sent(sent, "receipt 7", START + HOUR)
    outbox.record_retry(put_off, "answered 500", START + 2 * HOUR, START + HOUR)
    outbox.record_parked(parked, "answered 410 Gone", START + HOUR)

    ends = {
        row.id: (row.state, row.receipt, row.last_error, row.attempts) for row in house.store.deliveries()
    }
    assert ends.pop(sent) == ("sent", "receipt 7", None, 1)
    assert ends.pop(put_off) == ("pending", None, "answered 500", 1)
    assert ends.pop(parked) == ("parked", None, "answered 410 Gone", 1)
    assert [*ends.values()] == [("pending", None, None, 0)]


def test_the_first_receipt_stays_and_a_retry_s_reason_goes(house: House, outbox: Outbox) -> None:
    (delivery,) = claim(outbox)
    outbox.record_attempt(delivery, START)
    outbox.record_retry(delivery, "answered 500", START + HOUR, START)
    assert claim(outbox, 1) == [delivery]
    outbox.record_attempt(delivery, START + HOUR)

    outbox.record_sent(delivery, "receipt 7", START + HOUR)
    outbox.record_sent(delivery, "receipt 8", START + 2 * HOUR)

    (row,) = house.store.deliveries()
    assert (row.receipt, row.sent_at, row.last_error, row.attempts) == ("receipt 7", START + HOUR, None, 2)


def test_the_trail_says_how_each_attempt_ended(house: House) -> None:
    house.settle(Crawl().page(WAKEFIELD, entry("1")))
    house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, entry("1"), entry("2")))
    outbox = house.store.outbox
    for hours, end in ((1, "retry"), (2, "parked"), (3, "sent")):
        (delivery,) = claim(outbox, hours)
        outbox.record_attempt(delivery, START + hours * HOUR)
        at = START + hours * HOUR + timedelta(seconds=1)
        if end == "retry":
            outbox.record_retry(delivery, "answered 500", START + 2 * HOUR, at)
        elif end == "parked":
            outbox.record_parked(delivery, "answered 410 Gone", at)
            outbox.retry(delivery, at)
        else:
            outbox.record_sent(delivery, "receipt 7", at)

    steps = [
        (step.at, step.step) for step in house.store.trail("80451/2") if step.step.startswith("delivery")
    ]
    assert steps == [
        (START + hours * HOUR + timedelta(seconds=1), f"delivery {delivery}: {end}")
        for hours, end in (
            (1, "retry: answered 500"),
            (2, "parked: answered 410 Gone"),
            (3, "sent: receipt 7"),
        )
    ]


def test_a_release_lets_go_of_its_own_hold_alone(house: House) -> None:
    house.flood = 1
    shelf = [entry("1")]
    house.settle(Crawl().page(WAKEFIELD, *shelf))
    for hours in (1, 2):
        shelf += [entry(f"{hours}{number}") for number in range(2)]
        house.settle(Crawl(at=START + hours * HOUR).page(WAKEFIELD, *shelf))
    outbox = house.store.outbox
    first, second = sorted({row.hold for row in house.store.deliveries() if row.hold})

    assert outbox.release(first, START + 5 * HOUR) == 2

    held = [row for row in house.store.deliveries() if row.state == "held"]
    freed = [row for row in house.store.deliveries() if row.hold == first]
    assert [row.hold for row in held] == [second] * 2
    assert [(row.state, row.due_at) for row in freed] == [("pending", START + 5 * HOUR)] * 2
    with pytest.raises(
        StateError, match=f"delivery {held[0].id} is held; run `letterwatch release {second}`"
    ):
        outbox.retry(held[0].id, START)
    with pytest.raises(StateError, match=f"{first} was released already"):
        outbox.release(first, START + 6 * HOUR)


def test_what_was_never_claimed_cannot_be_put_off(house: House, outbox: Outbox) -> None:
    (row,) = house.store.deliveries()
    assert not outbox.record_attempt(row.id, START)
    outbox.record_retry(row.id, "answered 500", START + HOUR, START)
    outbox.record_parked(row.id, "answered 410 Gone", START)
    assert house.store.deliveries() == [row]


def test_what_was_sent_stays_sent_though_the_claim_was_lost(
    outbox: Outbox, open_house: Callable[[], House]
) -> None:
    other = open_house().store.outbox
    (delivery,) = claim(outbox, owner=ELSEWHERE)
    outbox.record_attempt(delivery, START)
    assert claim(other, 1) == [delivery]

    outbox.record_sent(delivery, "late receipt", START + HOUR)

    assert not other.record_attempt(delivery, START + HOUR)
    assert claim(other, 100) == []


def test_a_dead_process_of_this_host_is_waited_for_no_longer(outbox: Outbox) -> None:
    host, pid, mark = HERE.split("/")
    before = f"{host}/{pid}/1.{mark.partition('.')[2]}"
    (delivery,) = claim(outbox, owner=before)  # its number lives on in another process

    assert claim(outbox) == [delivery]
    assert claim(outbox) == []  # this process lives


def test_a_digest_is_claimed_whole_whatever_the_limit(house: House) -> None:
    for number in range(5):
        tell(house, number, routing(digest="daily 07:30"), routing("office", recipient="a@example.org"))

    batch = house.store.outbox.claim_due(HERE, START, 1, LEASE, ["newsdesk"])

    assert {row.event.key for row in batch} == {f"event-{number}" for number in range(5)}
    assert {row.routing.digest for row in batch} == {"daily 07:30"}
    assert len(house.store.outbox.claim_due(HERE, START, 3, LEASE)) == 3


def test_senders_at_the_same_moment_claim_distinct_rows(url: str, house: House) -> None:
    for number in range(60):
        tell(house, number, routing(digest=f"daily {number // 6}" if number < 30 else None))
    stores = [Store.open(url, rehearsal=False) for _ in range(4)]

    def drain(store: Store) -> list[str]:
        claimed: list[str] = []
        while batch := store.outbox.claim_due(HERE, START, 3, LEASE):
            claimed += [row.id for row in batch]
        return claimed

    with ThreadPoolExecutor(4) as threads:
        claimed = [delivery for batch in threads.map(drain, stores) for delivery in batch]

    assert len(claimed) == 60
    assert len(set(claimed)) == 60
    for store in stores:
        store.close()
