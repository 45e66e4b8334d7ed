"""Where a message is answered or amended: the receipt of the first that the same reader got by itself."""

import pytest

from state import EventName, Routing
from tests.state.conftest import House
from tests.state.posting import claim, send, tell, to
from tests.state.takes import DAY, HOUR, START, WAKEFIELD, Crawl, document, entry


@pytest.fixture
def told(house: House) -> House:
    """A letter that was told to two, revised, and told again; another that waits; each with its receipt."""
    routes = [to("a"), to("b"), to("a", channel="office", subscription="other"), to("c", digest="daily")]

    def settle(crawl: Crawl) -> None:
        house.store.settle(
            crawl.take(),
            now=crawl.at,
            route=lambda event: [
                Routing(r.subscription, r.channel, crawl.at, r.digest, r.recipient) for r in routes
            ],
            compare=lambda old, new: (),
            flood=20,
        )

    settle(Crawl().page(WAKEFIELD, entry("0")))
    settle(Crawl(at=START + HOUR).page(WAKEFIELD, entry("0"), entry("1")))
    for row in claim(house, START + HOUR):
        send(
            house.store.outbox, row, f"first for {row.routing.recipient} {row.routing.channel}", START + HOUR
        )
    again = entry("1", document("1", text="Revised."))
    settle(Crawl(at=START + DAY).page(WAKEFIELD, entry("0"), again, entry("2")))
    for row in claim(house, START + DAY):
        if row.event.name is EventName.PUBLICATION_REVISED and row.routing.recipient != "b":
            send(house.store.outbox, row, f"then for {row.routing.recipient}", START + DAY)
    return house


@pytest.mark.parametrize(
    ("asked", "receipt"),
    [
        (("newsdesk", "a", WAKEFIELD, "1"), "first for a newsdesk"),
        (("newsdesk", "b", WAKEFIELD, "1"), "first for b newsdesk"),
        (("office", "a", WAKEFIELD, "1"), "first for a office"),
        (("office", "b", WAKEFIELD, "1"), None),
        (("newsdesk", "c", WAKEFIELD, "1"), None),
        (("newsdesk", "a", WAKEFIELD, "2"), None),
        (("newsdesk", "a", WAKEFIELD, "0"), None),
        (("newsdesk", "a", "80452", "1"), None),
    ],
)
def test_a_thread_hangs_on_the_first_message_of_its_own(
    told: House, asked: tuple[str, str, str, str], receipt: str | None
) -> None:
    assert told.store.outbox.find_receipt(*asked) == receipt


@pytest.mark.parametrize(
    ("asked", "receipt"),
    [
        (("newsdesk", "a", "publication.new/80451/1"), "first for a newsdesk"),
        (("newsdesk", "b", "publication.new/80451/1"), "first for b newsdesk"),
        (("office", "a", "publication.new/80451/1"), "first for a office"),
        (("newsdesk", "c", "publication.new/80451/1"), None),
        (("newsdesk", "a", "publication.new/80451/2"), None),
        (("newsdesk", "a", "publication.new/80451/9"), None),
    ],
)
def test_a_message_is_amended_where_it_was_sent_by_itself(
    told: House, asked: tuple[str, str, str], receipt: str | None
) -> None:
    assert told.store.outbox.find_own_receipt(*asked) == receipt


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_subscriptions_to_one_channel_the_one_that_told_first_is_amended(
    house: House, first: int
) -> None:
    tell(house, "1", to("a"), to("a", subscription="other"))
    asked = ("newsdesk", "a", "1")
    rows = sorted(claim(house), key=lambda row: row.id)
    assert house.store.outbox.find_own_receipt(*asked) is None
    send(house.store.outbox, rows[first], "first", START + HOUR)
    assert house.store.outbox.find_own_receipt(*asked) == "first"  # though the other waits
    send(house.store.outbox, rows[1 - first], "then", START + 2 * HOUR)
    assert house.store.outbox.find_own_receipt(*asked) == "first"
