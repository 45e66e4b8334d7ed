"""What is old is forgotten; what keeps a letter from being told twice never is."""

from datetime import timedelta
from pathlib import Path

import pytest

from state import (
    Archive,
    DeliveryState,
    Event,
    EventName,
    Keep,
    Outcome,
    PageLook,
    Rhythm,
    SourceFacts,
    Verdict,
)
from tests.state.conftest import House
from tests.state.takes import DAY, HOUR, SITE, START, WAKEFIELD, Crawl, digest, entry, route_to_newsdesk

QUARTER = Keep(runs=90 * DAY, pages=30 * DAY, attempts=90 * DAY, notices=90 * DAY, news=366 * DAY)
YEARS_LATER = START + 3650 * DAY


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(str(tmp_path / "archive"))


def send_all(house: House, at, *, fail_first: bool = False) -> None:  # type: ignore[no-untyped-def]
    if fail_first:
        for delivery in house.store.outbox.claim_due("me", at, 99, timedelta(minutes=1)):
            house.store.outbox.record_attempt(delivery.id, at)
            house.store.outbox.record_retry(delivery.id, "503", at, at)
    for delivery in house.store.outbox.claim_due("me", at, 99, timedelta(minutes=1)):
        house.store.outbox.record_attempt(delivery.id, at)
        house.store.outbox.record_sent(delivery.id, "ok", at)


def break_page(house: House, archive: Archive, body: bytes, at) -> str:  # type: ignore[no-untyped-def]
    kept = archive.put(body, url=f"{SITE}/search", headers={}, at=at)
    crawl = Crawl(at=at)
    crawl.looks.append(
        PageLook(f"{SITE}/search", "search", Outcome.BROKEN, at, cause="no rows", page_sha256=kept)
    )
    assert house.settle(crawl).verdict.verdict is Verdict.BROKEN
    return kept


def settle_letters(house: House) -> list:  # type: ignore[type-arg]
    found = [entry("1"), entry("2")]
    house.settle(Crawl().page(WAKEFIELD, found[0]))
    house.settle(Crawl(at=START + HOUR).page(WAKEFIELD, *found))
    send_all(house, START + HOUR, fail_first=True)
    return found


def test_letters_and_what_was_told_of_them_stay_for_ever_and_are_never_told_again(
    house: House, archive: Archive
) -> None:
    found = settle_letters(house)
    publications, trail = house.store.publications(), house.store.trail("80451/2")

    house.store.prune(archive, QUARTER, now=YEARS_LATER)

    assert house.store.publications() == publications
    assert len(house.store.trail("80451/2")) == len(trail) - 1  # the attempt that failed
    (told,) = house.store.deliveries()
    assert (told.publication, told.state) == ("80451/2", DeliveryState.SENT)
    again = house.settle(Crawl(at=YEARS_LATER).page(WAKEFIELD, *found))
    assert [event.name for event in again.events] == [EventName.SOURCE_STALE]  # the newest is three years old
    assert again.recorded == 0


def test_old_runs_are_forgotten_but_not_those_that_later_ones_are_judged_by(
    house: House, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("state.keeping.pruning.RUNS_FOR_JUDGING", 3)
    found = settle_letters(house)
    for day in range(1, 8):
        house.settle(Crawl(at=START + day * DAY).page(WAKEFIELD, *found))
    assert house.store.prune(archive, QUARTER, now=START + 80 * DAY).rows == {}
    trial = house.store.prune(archive, QUARTER, now=YEARS_LATER, trial=True)
    assert trial.rows["runs"] == 4
    assert len(house.store.runs()) == 9
    assert house.store.prune(archive, QUARTER, now=YEARS_LATER) == trial
    assert [run.id for run in house.store.runs()] == [9, 8, 7, 2, 1]  # two decided something
    assert house.store.prune(archive, QUARTER, now=YEARS_LATER).rows == {}


def test_a_page_that_broke_is_kept_for_a_while_and_a_document_for_ever(
    house: House, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("state.keeping.pruning.RUNS_FOR_JUDGING", 1)
    found = settle_letters(house)
    document = found[1].document.sha256
    assert document == digest("text of 2")
    archive.put(b"text of 2", url="https://x", headers={}, at=START)
    old = break_page(house, archive, b"<html>login</html>", START + DAY)
    house.settle(Crawl(at=START + 2 * DAY).page(WAKEFIELD, *found))
    late = break_page(house, archive, b"<html>other</html>", START + 50 * DAY)
    send_all(house, START + 51 * DAY)

    assert house.store.prune(archive, QUARTER, now=START + 60 * DAY).pages == 1
    assert (archive.has(old), archive.has(late), archive.has(document)) == (False, True, True)
    forgotten = house.store.prune(archive, QUARTER, now=YEARS_LATER)
    assert forgotten.rows["looks"] == 2
    assert archive.has(document)


def test_operators_notices_go_once_they_were_sent(house: House, archive: Archive) -> None:
    def notify(name: str, number: int) -> None:
        facts = SourceFacts(name=name, verdict=Verdict.BROKEN)
        event = Event(key=f"source.broken/{number}", name=EventName.SOURCE_BROKEN, at=START, source=facts)
        house.store.tell(event, route=route_to_newsdesk, now=START)

    notify("ofsted", 1)
    send_all(house, START)
    notify("govuk", 2)  # waits still: its channel has been down for years
    forgotten = house.store.prune(archive, QUARTER, now=YEARS_LATER).rows
    assert forgotten == {"attempts": 1, "outbox": 1, "events": 1}
    (waiting,) = house.store.deliveries()
    assert waiting.state is DeliveryState.PENDING


def test_the_size_is_told_and_a_vacuum_gives_space_back(house: House, archive: Archive) -> None:
    for number in range(1, 60):
        house.settle(Crawl(at=START + number * HOUR, rhythm=Rhythm.POLL).page(WAKEFIELD, entry("1")))
    house.store.tidy_up()
    before = house.store.measure()
    house.store.tidy_up(vacuum=True)
    after = house.store.measure()
    assert after.total > 0
    if before.free is not None:  # PostgreSQL keeps what it has
        assert (after.total <= before.total, after.free) == (True, 0)
    house.settle(Crawl(at=START + 99 * HOUR).page(WAKEFIELD, entry("1")))  # writes go on as before
