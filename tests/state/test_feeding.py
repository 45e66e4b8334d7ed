"""What feeds and the API tell beyond the lists: gists, letters expected, coverage."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from state import ArticleFacts, Quotation, QuotedPassage, SummaryRole
from state.storage.database import Database, parse_url
from state.storage.news_schema import articles, coverage, stories
from state.storage.schema import publications, visits
from tests.state.conftest import House
from tests.state.takes import START, WAKEFIELD, Crawl, document, entry, letter, no_document

QUOTED = Quotation(quote="Case recording improved.", page=2, role=SummaryRole.STRENGTH)
ARTICLE = {
    "identity": "a", "url": "https://paper.test/a", "title": "Council praised", "publisher": "The Paper",
    "source": "paper", "seen_at": START, "published_at": START, "label": "monitoring_visit", "in_scope": True,
    "quiet": False, "facts": "{}",
}  # fmt: skip


def settle(house: House) -> None:
    read = document("1", text=letter("Case recording improved.", summary=(QUOTED,)))
    awaited = no_document("2", read.outcome.TRANSIENT, "timeout")
    house.settle(Crawl().page(WAKEFIELD, entry("1", read), entry("2", awaited)))


def write(url: str, *rows: tuple[sa.Table, dict[str, object]]) -> None:
    database = Database(parse_url(url))
    with database.writing() as connection:
        for table, row in rows:
            connection.execute(sa.insert(table), row)
    database.close()


def test_a_gist_is_the_summary_and_when_it_changed(house: House) -> None:
    settle(house)
    gists = house.store.gists(f"{WAKEFIELD}/1", f"{WAKEFIELD}/2", f"{WAKEFIELD}/9")
    assert set(gists) == {f"{WAKEFIELD}/1", f"{WAKEFIELD}/2"}
    assert gists[f"{WAKEFIELD}/1"].summary == (QUOTED,)
    assert gists[f"{WAKEFIELD}/2"].summary == ()
    assert gists[f"{WAKEFIELD}/1"].updated_at == START
    assert house.store.gists() == {}


def test_letters_are_expected_until_their_visits_are_closed(house: House, url: str) -> None:
    settle(house)
    later = {
        "urn": WAKEFIELD,
        "kind": "monitoring_visit",
        "basis": "reported",
        "delays": 4,
        "noted_at": START,
    }
    write(
        url,
        (visits, later | {"expected_on": None}),
        (visits, later | {"expected_on": date(2019, 12, 2)}),
        (visits, later | {"expected_on": date(2019, 11, 20)}),
        (visits, later | {"expected_on": date(2019, 11, 1), "closed_at": datetime(2019, 11, 2, tzinfo=UTC)}),
    )
    expected = house.store.expected()
    assert [each.expected_on for each in expected] == [date(2019, 11, 20), date(2019, 12, 2), None]
    assert {each.delays for each in expected} == {4}


def test_coverage_tells_who_prints_what_of_a_letter(house: House, url: str) -> None:
    settle(house)
    database = Database(parse_url(url))
    with database.reading() as connection:
        known = connection.scalar(sa.select(publications.c.id).where(publications.c.file_id == "1"))
    database.close()
    passage = {"text": "Case recording improved.", "page": 2}
    write(
        url,
        (stories, {"id": 7, "urn": WAKEFIELD, "label": "inspection", "first_at": START, "last_at": START}),
        (articles, ARTICLE | {"story_id": 7}),
        (coverage, {"story_id": 7, "publication_id": known, "score": 0.9, "evidence": ["the dates"],
            "passages": [passage], "linked_at": START}),
    )  # fmt: skip
    (story,) = house.store.coverage(f"{WAKEFIELD}/1")
    assert story.publication == f"{WAKEFIELD}/1"
    assert story.passages == (QuotedPassage(text="Case recording improved.", page=2),)
    assert story.articles == (
        ArticleFacts(
            url="https://paper.test/a", title="Council praised", publisher="The Paper", published_at=START
        ),
    )
    assert house.store.coverage(f"{WAKEFIELD}/2") == []
    assert house.store.coverage() == house.store.coverage(urn=WAKEFIELD) == [story]
    assert house.store.coverage(urn="80999") == []
