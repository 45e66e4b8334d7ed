"""The government's notices: the first look is quiet, then each is told once."""

from datetime import datetime

from state import NoticeFound, NoticeKind, Outcome, PageLook, Rhythm, Settlement, Take, Verdict
from state.records.takes import spool_looks
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, START


def notice(path: str, urns: tuple[str, ...] = ("80451",)) -> NoticeFound:
    url = f"https://www.gov.uk{path}"
    return NoticeFound(path, url, "A direction", "", "DfE", NoticeKind.DIRECTION, urns, START)


def look(outcome: Outcome = Outcome.OK, page: str = "search", rows: int = 50) -> PageLook:
    return PageLook(f"https://www.gov.uk/{page}", page, outcome, START, rows=rows, cause="no")


def settle(
    house: House,
    *found: NoticeFound,
    at: datetime = START,
    looks: tuple[PageLook, ...] = (look(),),
    stopped: str | None = None,
) -> Settlement:
    take = Take("govuk", Rhythm.SWEEP, at, looks=spool_looks(looks), notices=list(found), stopped=stopped)
    return house.settle_take(take, now=at)


def test_the_first_look_is_a_quiet_baseline_and_then_each_is_told_once(house: House) -> None:
    assert settle(house, notice("/a")).event_keys == ()
    second = settle(house, notice("/a"), notice("/b"), at=START + DAY)
    assert (second.event_keys, second.recorded) == (("notice.new/b",), 1)
    assert settle(house, notice("/b"), at=START + 2 * DAY).event_keys == ()
    assert house.store.find_notices(["/a", "/b", "/c"]) == {"/a", "/b"}


def test_a_failed_first_look_makes_no_baseline(house: House) -> None:
    assert settle(house, looks=(look(Outcome.BLOCKED), look(Outcome.BLOCKED, "atom"))).verdict.verdict is (
        Verdict.BLOCKED
    )
    assert settle(house, notice("/a"), at=START + DAY).event_keys == (
        "source.recovered/govuk/20191102T090000.000000",
    )


def test_half_a_first_look_makes_no_baseline(house: House) -> None:
    blocked = PageLook("https://www.gov.uk/search?dfe", "search", Outcome.BLOCKED, START, cause="no")
    half = settle(house, notice("/ofsted"), looks=(look(), blocked))
    assert half.verdict.verdict is Verdict.BLOCKED
    recovered = settle(house, notice("/dfe-1"), notice("/dfe-2"), at=START + DAY)
    assert recovered.event_keys == ("source.recovered/govuk/20191102T090000.000000",)
    assert settle(house, notice("/dfe-3"), at=START + 2 * DAY).event_keys == ("notice.new/dfe-3",)


def test_a_flood_of_notices_is_held(house: House) -> None:
    house.flood = 2
    settle(house)
    flood = settle(house, *(notice(f"/{number}") for number in range(3)), at=START + DAY)
    *told, held = flood.events
    assert [event.key for event in told] == ["notice.new/0", "notice.new/1", "notice.new/2"]
    assert held.held is not None
    assert (held.held.count, held.held.limit, held.held.what) == (3, 2, "government notice")
    assert house.store.outbox.claim_due("test", START + 2 * DAY, 10, HOUR)[0].event.key == held.key


def test_a_list_without_any_is_broken_and_its_feed_makes_up_for_it(house: House) -> None:
    assert settle(house, looks=(look(rows=0),)).verdict.verdict is Verdict.BROKEN
    both = (look(rows=0), look(page="atom", rows=20))
    assert settle(house, notice("/a"), looks=both).verdict.verdict is Verdict.DEGRADED


def test_what_is_out_of_reach_in_a_look_that_was_cut_short_blames_nobody(house: House) -> None:
    settle(house)
    away = look(Outcome.TRANSIENT), look(Outcome.TRANSIENT, "atom")
    cut = settle(house, looks=away, at=START + DAY, stopped="deadline")
    assert cut.verdict.verdict is Verdict.DEGRADED
    assert settle(house, looks=(), at=START + DAY, stopped="deadline").verdict.verdict is Verdict.DEGRADED
    source = house.store.find_source("govuk")
    assert source is not None
    assert (source.verdict, source.failures, source.last_good_at) == (Verdict.OK, 0, START)
    assert settle(house, looks=away, at=START + DAY).verdict.verdict is Verdict.BROKEN


def test_notices_are_listed_for_the_authority_they_name(house: House) -> None:
    settle(house, notice("/a"), notice("/b", ()))
    assert [row.url for row in house.store.notices("80451")] == ["https://www.gov.uk/a"]
    assert len(house.store.notices()) == 2


def test_a_look_at_nothing_is_broken(house: House) -> None:
    settled = settle(house, looks=())
    assert (settled.verdict.verdict, settled.verdict.cause) == (Verdict.BROKEN, "no page was looked at")


def test_a_chosen_look_says_nothing_of_the_source(house: House) -> None:
    take = Take("govuk", Rhythm.CHOSEN, START, looks=spool_looks([look(Outcome.BLOCKED)]))
    assert house.settle_take(take).events == ()
    assert house.store.find_source("govuk") is None
