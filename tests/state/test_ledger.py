"""The outbox to the row: whose turn it is, in which order, and what is written down of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from state import DeliveryState, Routing, StateError
from state.storage.schema import attempts, outbox
from tests.state.conftest import House
from tests.state.posting import ELSEWHERE, HERE, LEASE, claim, send, tell, to
from tests.state.takes import DAY, HOUR, START, WAKEFIELD, Crawl, entry

MINUTE = timedelta(minutes=1)


def rows(house: House) -> list[dict[str, object]]:
    with house.store._database.reading() as connection:
        return [dict(row) for row in connection.execute(sa.select(outbox)).mappings()]


def tried(house: House) -> list[tuple[object, ...]]:
    kept = sa.select(attempts.c.started_at, attempts.c.ended_at, attempts.c.outcome, attempts.c.detail)
    with house.store._database.reading() as connection:
        return [tuple(row) for row in connection.execute(kept.order_by(attempts.c.id))]


def test_a_claim_names_its_holder_and_its_end_and_a_send_takes_both_away(house: House) -> None:
    tell(house, "1", to())
    (delivery,) = claim(house)
    (row,) = rows(house)
    assert (row["state"], row["claimed_by"], row["claimed_until"]) == ("claimed", HERE, START + LEASE)
    assert row["claim"]
    assert house.store.outbox.next_due_at() == START + LEASE

    send(house.store.outbox, delivery, "receipt", START + MINUTE)

    (row,) = rows(house)
    assert (row["claimed_by"], row["claim"], row["claimed_until"]) == (None, None, None)
    assert tried(house) == [(START + MINUTE, START + MINUTE, "sent", "receipt")]
    assert house.store.outbox._claims == {}


@pytest.mark.parametrize(("in_doubt", "outcome"), [(False, "retry"), (True, "unclear")])
def test_a_row_that_was_put_off_is_nobody_s_and_says_why(
    house: House, *, in_doubt: bool, outcome: str
) -> None:
    tell(house, "1", to())
    (delivery,) = claim(house)
    assert house.store.outbox.record_attempt(delivery.id, START)
    house.store.outbox.record_retry(delivery.id, "no answer", START + HOUR, START + MINUTE, in_doubt=in_doubt)

    (row,) = rows(house)
    assert (row["claimed_by"], row["claim"], row["claimed_until"]) == (None, None, None)
    assert (row["state"], row["due_at"], row["last_error"]) == ("pending", START + HOUR, "no answer")
    assert tried(house) == [(START, START + MINUTE, outcome, "no answer")]
    (again,) = claim(house, START + HOUR)
    assert again.in_doubt_at == (START if in_doubt else None)


def test_an_attempt_that_nobody_ended_is_closed_by_the_next_claim(house: House) -> None:
    tell(house, "1", to("a"), to("b", channel="office"))
    (first,) = house.store.outbox.claim_due(ELSEWHERE, START, 9, LEASE, ["newsdesk"])
    assert house.store.outbox.record_attempt(first.id, START + MINUTE)
    assert tried(house) == [(START + MINUTE, None, "started", None)]
    assert house.store.outbox.due_channels(START + LEASE - MINUTE) == ["office"]
    assert house.store.outbox.due_channels(START + LEASE) == ["newsdesk", "office"]

    again = claim(house, START + LEASE)

    assert tried(house) == [(START + MINUTE, START + LEASE, "interrupted", None)]
    assert {row.routing.recipient: (row.attempts, row.in_doubt_at) for row in again} == {
        "a": (1, START + MINUTE),
        "b": (0, None),
    }


def test_the_oldest_comes_first_and_no_more_than_asked_for(house: House) -> None:
    tell(house, "late", to("1", due_at=START + HOUR))
    tell(house, "second", to("2"), at=START + MINUTE)
    tell(house, "first", to("3"))
    tell(house, "first too", to("4"))

    assert [row.event.key for row in claim(house, START + DAY, limit=2)] == ["first", "first too"]
    assert [row.event.key for row in claim(house, START + DAY)] == ["second", "late"]


@pytest.mark.parametrize("way", [to(), to(digest="daily 07:30")])
def test_what_happened_at_one_moment_comes_in_the_order_it_was_told(house: House, way: Routing) -> None:
    tell(house, "late", way, at=START + MINUTE)
    keys = [str(number) for number in range(8)]
    for key in keys:
        tell(house, key, way)
    assert [row.event.key for row in claim(house)] == [*keys, "late"]


def test_each_row_of_a_claim_has_its_own_doubt(house: House) -> None:
    tell(house, "1", to("a"), to("b"), to("c"))
    begun = {"a": START, "b": START + MINUTE}
    for row in claim(house):
        if at := begun.get(row.routing.recipient):
            assert house.store.outbox.record_attempt(row.id, at)
    again = claim(house, START + HOUR, owner=ELSEWHERE)
    assert {row.routing.recipient: row.in_doubt_at for row in again} == {**begun, "c": None}


def test_a_claim_says_where_its_message_goes_and_since_when_it_is_due(house: House) -> None:
    routing = to("a", "office", START - HOUR, subscription="other", digest="daily")
    tell(house, "1", routing)
    assert [row.routing for row in claim(house)] == [routing]


def test_of_a_channel_that_is_named_only_what_is_due_is_claimed(house: House) -> None:
    tell(house, "1", to("now"), to("later", due_at=START + HOUR), to("there", channel="office"))
    claimed = house.store.outbox.claim_due(HERE, START, 9, LEASE, ["newsdesk"])
    assert [row.routing.recipient for row in claimed] == ["now"]
    assert house.store.outbox.claim_due(HERE, START, 9, LEASE, ["newsdesk"]) == []


def test_a_digest_s_rows_are_those_of_one_subscription_recipient_and_channel(house: House) -> None:
    daily = "daily 07:30"
    for minutes, key in enumerate(("1", "2")):
        tell(
            house,
            key,
            to("a", digest=daily),
            to("b", digest=daily),
            to("a", channel="office", subscription="other", digest=daily),
            to("a", subscription="third", digest="weekly Mon 07:30"),
            at=START + minutes * MINUTE,
        )

    batches = []
    while batch := claim(house, limit=1):
        batches.append([(row.event.key, row.routing.recipient, row.routing.subscription) for row in batch])

    assert sorted(batches) == [
        [("1", "a", "all"), ("2", "a", "all")],
        [("1", "a", "other"), ("2", "a", "other")],
        [("1", "a", "third"), ("2", "a", "third")],
        [("1", "b", "all"), ("2", "b", "all")],
    ]


def test_single_rows_go_before_digests_and_fill_the_batch(house: House) -> None:
    tell(house, "1", to(digest="daily"))
    tell(house, "2", to())
    tell(house, "3", to())
    assert [row.event.key for row in claim(house, limit=2)] == ["2", "3"]
    assert [row.event.key for row in claim(house, limit=2)] == ["1"]


@pytest.mark.parametrize("early", [0, 1])
def test_a_digest_in_part_put_off_comes_in_parts(house: House, early: int) -> None:
    for key in ("1", "2"):
        tell(house, key, to(digest="daily"))
    rows = sorted(claim(house), key=lambda row: row.id)
    for place, row in enumerate(rows):
        due_at = START + (HOUR if place == early else 2 * HOUR)
        house.store.outbox.record_retry(row.id, "busy", due_at, START)
    assert claim(house, START + HOUR - MINUTE) == []
    assert [row.id for row in claim(house, START + HOUR)] == [rows[early].id]


def test_a_claim_that_was_lost_is_forgotten(house: House, open_house) -> None:  # type: ignore[no-untyped-def]
    tell(house, "1", to())
    (mine,) = claim(house, owner=ELSEWHERE)
    other = open_house()
    (theirs,) = claim(other, START + LEASE)
    assert not house.store.outbox.record_attempt(mine.id, START + LEASE)
    assert house.store.outbox._claims == {}
    assert tried(house) == []
    house.store.outbox.record_parked(mine.id, "refused", START + LEASE)
    (row,) = rows(house)
    assert (row["state"], row["last_error"], row["attempts"]) == ("claimed", None, 0)
    other.store.outbox.record_parked(theirs.id, "refused", START + LEASE)
    assert other.store.outbox._claims == {}


def test_what_is_open_is_counted_by_its_state(house: House) -> None:
    tell(house, "1", to("a"), to("b"), to("c"), to("d"))
    sent, parked = claim(house, limit=2)
    send(house.store.outbox, sent, None, START)
    house.store.outbox.record_parked(parked.id, "refused", START)
    claim(house, limit=1)

    assert house.store.outbox.count_open() == {"parked": 1, "claimed": 1, "pending": 1}
    assert house.store.outbox.next_due_at() == START
    backlog = house.store.backlog(START)
    counts = {state.value: number for state, number in backlog.by_state.items() if number}
    assert counts == {"sent": 1, "parked": 1, "claimed": 1, "pending": 1}


def test_what_is_parked_or_held_falls_due_never(house: House) -> None:
    tell(house, "1", to())
    (delivery,) = claim(house)
    house.store.outbox.record_parked(delivery.id, "refused", START)
    assert house.store.outbox.next_due_at() is None
    assert house.store.outbox.due_channels(START + DAY) == []
    house.store.outbox.retry(delivery.id, START + HOUR)
    assert house.store.outbox.next_due_at() == START + HOUR


def test_a_release_brings_forward_nothing_that_waits_for_its_hour(house: House) -> None:
    house.flood = 1
    shelf = [entry("1")]
    house.settle(Crawl().page(WAKEFIELD, *shelf))
    shelf += [entry("2"), entry("3")]
    house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, *shelf))
    (hold,) = {row.hold for row in house.store.deliveries() if row.hold}
    later, sooner = (row.id for row in house.store.deliveries(DeliveryState.HELD))
    with house.store._database.writing() as connection:
        connection.execute(sa.update(outbox).where(outbox.c.id == later).values(due_at=START + DAY))

    assert house.store.outbox.release(hold, START + 2 * HOUR) == 2

    due = {row.id: (row.state, row.due_at) for row in house.store.deliveries() if row.hold}
    assert due == {later: ("pending", START + DAY), sooner: ("pending", START + 2 * HOUR)}
    with pytest.raises(
        StateError, match=r"^nothing is held as x; `letterwatch deliveries --state held` lists all$"
    ):
        house.store.outbox.release("x", START)
    with pytest.raises(StateError) as caught:
        house.store.outbox.release(hold, START)
    assert (
        str(caught.value) == f"{hold} was released already; `letterwatch deliveries` says what became of it"
    )


def test_a_refused_retry_says_why_in_full(house: House) -> None:
    tell(house, "1", to())
    (delivery,) = claim(house)
    with pytest.raises(StateError) as caught:
        house.store.outbox.retry(delivery.id, START)
    assert str(caught.value) == f"delivery {delivery.id} is being sent by {HERE}; look again later"
    with pytest.raises(StateError) as caught:
        house.store.outbox.retry("x", START)
    assert str(caught.value) == "there is no delivery x; `letterwatch deliveries` lists them"
    send(house.store.outbox, delivery, None, START)
    with pytest.raises(StateError) as caught:
        house.store.outbox.retry(delivery.id, START)
    assert str(caught.value) == f"delivery {delivery.id} was sent at 2019-11-01 09:00 UTC already"


def test_the_longest_wait_is_that_of_what_is_overdue(house: House) -> None:
    tell(house, "1", to("a", due_at=START + HOUR), to("b", due_at=START + 2 * HOUR), to("c"))
    (first,) = claim(house)
    assert house.store.backlog(START).oldest_at == START
    send(house.store.outbox, first, None, START)
    assert house.store.backlog(START + HOUR - MINUTE).oldest_at is None
    assert house.store.backlog(START + HOUR).oldest_at == START + HOUR
    (second,) = claim(house, START + HOUR)
    assert house.store.outbox.record_attempt(second.id, START + HOUR + MINUTE)
    assert house.store.backlog(START + 3 * HOUR).oldest_at == START + HOUR + MINUTE
    house.store.outbox.record_parked(second.id, "refused", START + HOUR + MINUTE)
    assert house.store.backlog(START + 3 * HOUR).oldest_at == START + 2 * HOUR
