"""Letters that councils publish: announced as theirs, once, and left alone by what Ofsted's page lists."""

from datetime import date, datetime

from state import (
    COUNCILS,
    EventName,
    FeedLook,
    Kind,
    Letter,
    Outcome,
    PageLook,
    PublicationFound,
    PublicationSighting,
    Rhythm,
    Settlement,
    Take,
    Validators,
)
from state.records.takes import spool_looks
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    HOUR,
    START,
    WAKEFIELD,
    Crawl,
    compare,
    document,
    entry,
    letter,
    route_to_newsdesk,
)

VISITED = {"visited_from_on": date(2019, 10, 9), "visited_to_on": date(2019, 10, 10)}
FIRST = letter(
    "The first visit found little progress.", visit_number=1, dated_on=date(2019, 11, 1), **VISITED
)
OLD = entry("0", published_on=date(2019, 6, 14))
SITE = "https://democracy.wakefield.gov.uk"
PAPER = f"{SITE}/documents/s12345/letter.pdf"


def paper(read: Letter = FIRST, at: datetime = START, urn: str = WAKEFIELD) -> PublicationFound:
    taken = document("council", text=read, at=at)
    seen = PublicationSighting(
        urn=urn,
        authority="",
        file_id=f"{COUNCILS}{(taken.sha256 or '')[:16]}",
        kind=Kind.MONITORING_VISIT,
        title="",
        url=PAPER,
        page_url=f"{SITE}/mgAi.aspx?ID=1",
        visited_on=None,
        published_on=None,
    )
    return PublicationFound(seen, taken)


def settle_papers(house: House, *found: PublicationFound, at: datetime = START) -> Settlement:
    take = Take("news", Rhythm.POLL, at, found=list(found))
    held = Validators('"1"', None, "0" * 64, 1)
    page = PageLook(f"{SITE}/mgRss.aspx", "feed", Outcome.OK, at, rows=5, validators=held)
    take.feeds, take.looks = [FeedLook("Wakefield papers", page, at)], spool_looks([page])
    return house.store.settle(take, now=at, route=route_to_newsdesk, compare=compare, flood=20)


def steps_of(house: House, publication: str) -> list[str]:
    return [one.step for one in house.store.trail(f"{WAKEFIELD}/{publication}")]


def test_a_council_s_letter_is_announced_once_as_the_council_s(house: House) -> None:
    [event] = settle_papers(house, paper()).events
    assert event.name is EventName.PUBLICATION_NEW
    assert event.publication is not None
    assert (event.publication.urn, event.publication.url) == (WAKEFIELD, PAPER)
    assert event.publication.file_id.startswith(COUNCILS)
    assert settle_papers(house, paper(), at=START + HOUR).events == ()
    assert f"published by the council: {PAPER}" in steps_of(house, event.publication.file_id)


def test_ofsted_s_copy_of_it_is_not_announced_again(house: House) -> None:
    house.settle(Crawl(at=START - DAY).page(WAKEFIELD, OLD))
    settle_papers(house, paper())
    later = START + 3 * DAY
    own = entry("9", document("9", text=FIRST, stamp="Ofsted", at=later))

    assert house.settle(Crawl(at=later).page(WAKEFIELD, OLD, own)).events == ()
    assert any("the council published it" in step for step in steps_of(house, "9"))


def test_a_letter_that_ofsted_published_first_is_not_the_council_s_news(house: House) -> None:
    house.settle(Crawl(at=START - DAY).page(WAKEFIELD, OLD))
    settled = house.settle(Crawl().page(WAKEFIELD, OLD, entry("9", document("9", text=FIRST))))
    assert [event.name for event in settled.events] == [EventName.PUBLICATION_NEW]

    assert settle_papers(house, paper(at=START + HOUR), at=START + HOUR).events == ()
    assert any("published by the council, too" in step for step in steps_of(house, "9"))


def test_it_is_not_missed_on_ofsted_s_page(house: House) -> None:
    house.settle(Crawl(at=START - DAY).page(WAKEFIELD, OLD))
    settle_papers(house, paper())
    for days in range(1, 6):
        settled = house.settle(Crawl(at=START + days * DAY).page(WAKEFIELD, OLD))
        assert settled.events == ()
        assert not settled.verdict.verdict.is_failure


def test_what_is_no_recent_monitoring_letter_of_the_authority_is_not_told(house: House) -> None:
    assert settle_papers(house, paper(letter("Minutes of a meeting.", Kind.OTHER))).events == ()
    assert settle_papers(house, paper(urn="80481"), at=START + HOUR).events == ()
    assert house.store.publications() == []
    old = FIRST.model_copy(update={"dated_on": date(2018, 3, 1), "visited_to_on": date(2018, 2, 10)})
    assert settle_papers(house, paper(old), at=START + 2 * HOUR).events == ()
    [row] = house.store.publications()
    assert row.announced_at is None


def test_that_the_council_has_it_too_is_said_once(house: House) -> None:
    house.settle(Crawl(at=START - DAY).page(WAKEFIELD, OLD))
    house.settle(Crawl().page(WAKEFIELD, OLD, entry("9", document("9", text=FIRST))))
    for hours in (1, 2):
        settle_papers(house, paper(at=START + hours * HOUR), at=START + hours * HOUR)
    assert sum("published by the council, too" in step for step in steps_of(house, "9")) == 1


def test_what_a_council_s_list_names_without_a_document_is_passed_over(house: House) -> None:
    named = PublicationFound(paper().sighting)
    assert settle_papers(house, named).events == ()
    unnamed = FIRST.model_copy(update={"authority": None})
    assert settle_papers(house, paper(unnamed), at=START + HOUR).events == ()
    assert house.store.publications() == []
