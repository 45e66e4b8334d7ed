"""What visitors find: by filter, by words, page by page; on SQLite and PostgreSQL alike."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from state import (
    CLOSES,
    OPENS,
    DocumentTake,
    Grades,
    Kind,
    Outcome,
    Pace,
    PaceLabel,
    Quotation,
    Reading,
    Store,
    SummaryRole,
    Wanted,
    upgrade_schema,
)
from state.storage.database import Database, parse_url
from state.storage.schema import metadata
from state.storage.words import parse_terms
from tests.state.conftest import House
from tests.state.takes import (
    DAY,
    LEEDS,
    START,
    WAKEFIELD,
    Crawl,
    document,
    entry,
    inspection,
    letter,
    no_document,
)
from tests.state.test_store import make_schema

STEADY = Pace(label=PaceLabel.STEADY, quote="Progress is steady.", page=1)
FIRST = Quotation(quote="Caseloads are too high in Café Road.", page=1, role=SummaryRole.CONCERN)
VISIT = letter(
    "Social workers’ assessments are timely. Caseloads are too high in Café Road.",
    pace=STEADY,
    summary=(FIRST,),
)
REVISED = letter("Caseloads have fallen to a manageable level.")
REPORT = inspection("Children do not always get help.", date(2018, 6, 15), overall_effectiveness="inadequate")


def crawl(second: DocumentTake, at: datetime = START) -> Crawl:
    """A look at two authorities' pages; the letter "2" is what changes."""
    report = entry("1", document("1", text=REPORT), published_on=date(2018, 7, 17), kind=Kind.INSPECTION)
    visit = entry("2", second, published_on=date(2019, 6, 14))
    awaited = entry("3", no_document("3", Outcome.TRANSIENT, "timeout"), published_on=None)
    other = entry("4", document("4", text="A letter about Leeds."), urn=LEEDS, published_on=date(2019, 7, 1))
    return Crawl(at=at).page(WAKEFIELD, report, visit, awaited).page(LEEDS, other)


@pytest.fixture
def filled(house: House) -> House:
    house.settle(crawl(document("2", text=VISIT)))
    return house


@pytest.fixture
def revised(filled: House) -> House:
    filled.settle(crawl(document("2", text=REVISED, at=START + DAY), START + DAY))
    return filled


def found(house: House, **wanted: object) -> list[str]:
    page = house.store.find_entries(Wanted(**wanted))  # type: ignore[arg-type]
    assert page.total == len(page.entries)
    return [each.row.file_id for each in page.entries]


@pytest.mark.parametrize(
    ("wanted", "files"),
    [
        ({}, ["4", "2", "1", "3"]),
        ({"urn": WAKEFIELD}, ["2", "1", "3"]),
        ({"urn": "80999"}, []),
        ({"region": "Yorkshire and the Humber"}, ["2", "1", "3"]),
        ({"region": "London"}, []),
        ({"kind": Kind.INSPECTION}, ["1"]),
        ({"kind": Kind.SEND}, []),
        ({"pace": PaceLabel.STEADY}, ["2"]),
        ({"pace": PaceLabel.POOR}, []),
        ({"since": date(2019, 6, 15)}, ["4"]),
        ({"since": date(2019, 6, 14), "until": date(2019, 6, 14)}, ["2"]),
        ({"text": "caseload"}, ["2"]),  # another form of the word
        ({"text": "assessment timely"}, ["2"]),  # both, in any place
        ({"text": '"assessments are timely"'}, ["2"]),
        ({"text": '"timely assessments"'}, []),
        ({"text": "help"}, ["1"]),
        ({"text": "help", "kind": Kind.MONITORING_VISIT}, []),
        ({"text": "nothing of the sort"}, []),
        ({"text": "  "}, ["4", "2", "1", "3"]),
    ],
)
def test_what_is_wanted_is_found(filled: House, wanted: dict[str, object], files: list[str]) -> None:
    assert found(filled, **wanted) == files


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "*",
        "NEAR(",
        "a* OR b",
        "text:help",
        "-",
        "(",
        "help)",
        "';--",
        "\x00",
        "^help",
        "%",
        "&!|",
        "‘’",
    ],
)
def test_no_search_breaks(filled: House, text: str) -> None:
    filled.store.find_entries(Wanted(text=text))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ('case loads "too high" case', ("case", "loads", "too high")),
        ('"open phrase', ("open phrase",)),
        ('* - "" "—" b', ("b",)),
        (" ".join(map(str, range(40))), tuple(map(str, range(12)))),
    ],
)
def test_a_search_is_read_as_words_and_phrases(text: str, terms: tuple[str, ...]) -> None:
    assert parse_terms(text) == terms


def test_a_snippet_marks_what_was_found(filled: House) -> None:
    entry_found = filled.store.find_entries(Wanted(text="caseloads")).entries[0]
    assert f"{OPENS}Caseloads{CLOSES} are too high" in (entry_found.snippet or "")
    assert entry_found.pace == STEADY


def test_an_entry_has_what_its_summary_says_first(filled: House) -> None:
    entries = {each.row.file_id: each for each in filled.store.find_entries(Wanted()).entries}
    assert [entries[file_id].headline for file_id in ("2", "1", "3")] == [FIRST, None, None]


def test_pages_follow_each_other(filled: House) -> None:
    pages = [filled.store.find_entries(Wanted(), number=number, size=3) for number in (1, 2, 9, -1)]
    assert [[each.row.file_id for each in page.entries] for page in pages] == [
        ["4", "2", "1"],
        ["3"],
        ["3"],
        ["4", "2", "1"],
    ]
    assert {(page.total, page.pages) for page in pages} == {(4, 2)}
    assert [page.number for page in pages] == [1, 2, 2, 1]


def test_an_empty_state_has_one_empty_page(house: House) -> None:
    page = house.store.find_entries(Wanted(text="anything"))
    assert (page.entries, page.total, page.pages) == ([], 0, 1)


def test_the_newest_words_are_searched(revised: House) -> None:
    assert found(revised, text="timely") == []
    assert found(revised, text="manageable") == ["2"]


def test_words_that_can_no_longer_be_read_are_not_found(filled: House) -> None:
    scan = replace(document("2", stamp="scan"), reading=Reading(unreadable="it is a scan"), at=START + DAY)
    filled.settle(crawl(scan, START + DAY))
    record = filled.store.find_letter(WAKEFIELD, "2")
    assert record
    assert record.letter is None
    assert found(filled, text="timely") == []


def test_a_letter_is_shown_with_its_versions(revised: House) -> None:
    newest, first = (revised.store.find_letter(WAKEFIELD, "2", ordinal) for ordinal in (None, 1))
    assert newest
    assert first
    assert newest.letter == REVISED
    assert first.letter == VISIT
    assert [version.ordinal for version in newest.versions] == [1, 2]
    assert [version.revises for version in newest.versions] == [False, True]
    assert newest.version == newest.versions[1]
    assert newest.versions[0].headers == {"content-type": "application/pdf"}
    assert revised.store.has_document(newest.versions[0].sha256)


def test_a_letter_without_a_document_is_shown_without(filled: House) -> None:
    record = filled.store.find_letter(WAKEFIELD, "3")
    assert record
    assert (record.letter, record.version, list(record.versions)) == (None, None, [])


@pytest.mark.parametrize(("file_id", "ordinal"), [("9", None), ("2", 2), ("3", 1)])
def test_what_is_not_known_is_none(filled: House, file_id: str, ordinal: int | None) -> None:
    assert filled.store.find_letter(WAKEFIELD, file_id, ordinal) is None
    assert not filled.store.has_document("0" * 64)


def test_judgements_stand_in_their_order(filled: House) -> None:
    assert [each.file_id for each in filled.store.judgements()] == ["1"]
    judged = filled.store.judgements()[0]
    assert judged.inadequate is True
    assert judged.on == date(2018, 7, 17)
    assert judged.grades == Grades.model_validate({"overall_effectiveness": "inadequate"})


def test_a_shelf_is_one_authoritys(filled: House) -> None:
    assert [each.row.file_id for each in filled.store.shelf(WAKEFIELD)] == ["2", "1", "3"]
    assert [each.row.file_id for each in filled.store.shelf(LEEDS, WAKEFIELD)] == ["4", "2", "1", "3"]


def test_an_older_state_is_searched_after_its_upgrade(url: str) -> None:
    make_schema(url, "0004")
    rows = (
        ("authorities", {"urn": WAKEFIELD, "name": "Wakefield", "page_url": "p"}),
        ("publications", {"id": 1, "urn": WAKEFIELD, "file_id": "2", "kind": "other", "title": "t",
            "url": "u", "page_url": "p", "first_seen_at": START, "quiet": True, "tries": 0,
            "missing_looks": 0, "version_id": 1}),
        ("documents", {"sha256": "s", "size": 1, "url": "u", "headers": {}, "fetched_at": START}),
        ("versions", {"id": 1, "publication_id": 1, "ordinal": 1, "sha256": "s", "seen_at": START,
            "revises": False, "letter": VISIT.model_dump_json()}),
    )  # fmt: skip
    database = Database(parse_url(url))
    with database.writing() as connection:
        for table, row in rows:
            connection.execute(sa.insert(metadata.tables[table]).values(row))
    database.close()
    upgrade_schema(url, now=START)
    store = Store.open(url, rehearsal=False, create=False)
    assert store.find_entries(Wanted(text="caseload")).total == 1
    store.close()
