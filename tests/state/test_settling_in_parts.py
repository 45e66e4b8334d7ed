"""A run over many pages is settled some of them at a time: the same comes of it as of all at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from state import Outcome, PublicationFound, Settlement, Store, Take
from tests.state.conftest import House
from tests.state.takes import DAY, START, Crawl, document, entry, no_document, page_url, sighting

URNS = [str(80400 + number) for number in range(9)]
OLD = date(2019, 5, 1)


def crawl(day: int) -> Crawl:
    return Crawl(at=START + day * DAY)


def listed(urn: str, *numbers: int, on: date = OLD) -> list[PublicationFound]:
    return [entry(f"{urn}{number}", urn=urn, published_on=on) for number in numbers]


def days() -> Iterator[Crawl]:
    """A baseline, then news, failures, a shrunk page, what is missing and gone, and a site that changed."""
    first = crawl(0)
    for urn in URNS:
        first.page(urn, *listed(urn, *range(5)))
    yield first
    second = crawl(1).look(URNS[0], Outcome.TRANSIENT, "timed out")
    second.page(URNS[1], *listed(URNS[1], 0, 1, 2, 3, 4, 7, on=OLD))
    second.page(URNS[2], *listed(URNS[2], 0))
    second.page(URNS[3], *listed(URNS[3], 0, 1, 2, 3))
    second.page(URNS[4], *listed(URNS[4], *range(5)), entry("new", no_document("new", Outcome.GONE, "gone")))
    for urn in URNS[5:]:
        second.look(urn, Outcome.NOT_MODIFIED)
    yield second
    for day in range(2, 6):
        third = crawl(day).page(URNS[5], *listed(URNS[5], 0, 1, 2, 3, 4, 5, 6))
        gone = no_document(f"{URNS[3]}4", Outcome.GONE, "answered 404", at=START + day * DAY)
        third.ask(sighting(f"{URNS[3]}4", urn=URNS[3], published_on=OLD), gone)
        for urn in [*URNS[:5], *URNS[6:]]:
            third.look(urn, Outcome.NOT_MODIFIED)
        yield third
    flood = crawl(6)
    for number, urn in enumerate(URNS):
        new = listed(urn, *range(20, 20 + number), on=OLD - number * DAY)  # the last page has the oldest
        flood.page(urn, *listed(urn, *range(5)), *new)
    yield flood
    changed = crawl(7)
    for urn in URNS:
        changed.page(urn, entry(f"{urn}99", document("99"), urn=urn, published_on=OLD))
    yield changed


@contextmanager
def opened(path: Path) -> Iterator[House]:
    store = Store.open(f"sqlite:///{path}", rehearsal=False)
    try:
        yield House(store, flood=12)
    finally:
        store.close()


def lay_down(take: Take) -> Take:
    """The take with its records out of memory."""
    for spool in (take.looks, take.authorities, take.found):
        spool._lay()
        spool._most = 2
    return take


def tell(settlement: Settlement) -> tuple[object, ...]:
    return settlement.verdict, settlement.event_keys, settlement.deliveries, settlement.recorded


def test_the_same_comes_of_a_run_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path / "whole.db") as house:
        whole = [tell(house.settle(day)) for day in days()]
        publications = house.store.publications()
        held = house.store.validators_of([page_url(urn) for urn in URNS])
        known = house.store.known(URNS, now=START + 8 * DAY)
    assert [verdict.verdict.value for verdict, *_ in whole] != ["ok"] * len(whole)  # type: ignore[attr-defined]
    assert sum(len(keys) for _, keys, *_ in whole) > 10  # type: ignore[arg-type]
    monkeypatch.setattr("state.settling.ofsted.AT_ONCE", 2)
    monkeypatch.setattr("state.judging.recognising.AT_ONCE", 2)
    monkeypatch.setattr("state.settling.bookkeeping.ROWS_AT_ONCE", 2)
    with opened(tmp_path / "parts.db") as house:
        parts = [tell(house.settle_take(lay_down(day.take()), now=day.at)) for day in days()]
        assert parts == whole
        assert sorted(house.store.publications(), key=str) == sorted(publications, key=str)
        assert house.store.validators_of([page_url(urn) for urn in URNS]) == held
        assert house.store.known(URNS, now=START + 8 * DAY) == known
