"""Feeds, calendars, badges and tables over the demo's story, asked over a real socket."""

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
import requests

from letterwatch.demo.story import LETTER
from letterwatch.web.feeds.atom import TAG
from letterwatch.web.feeds.tables import TABLES
from letterwatch.web.filters import slugify
from state import Grades, Register
from tests.letterwatch.web.atom_rules import find_breaches
from tests.letterwatch.web.conftest import Told, opened

WAKEFIELD = "80451"


def get(page: str, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{page}{path}", headers=headers, timeout=20)


@pytest.mark.parametrize(
    ("path", "belongs"),
    [
        ("feeds/all.atom", {}),
        (f"feeds/authority/{WAKEFIELD}.atom", {"authority": WAKEFIELD}),
        ("feeds/region/yorkshire-and-the-humber.atom", {"region": "Yorkshire and the Humber"}),
        ("feeds/kind/monitoring_visit.atom", {"kind": "monitoring_visit"}),
    ],
)
def test_a_feed_is_valid_and_holds_what_it_says(page: str, path: str, belongs: dict[str, str]) -> None:
    answer = get(page, path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert find_breaches(answer.content) == []
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.feed.link == requests.get(read.feed.link, timeout=20).url
    assert {link.href for link in read.feed.links if link.rel == "self"} == {f"{page}{path}"}
    ids = [entry.id for entry in read.entries]
    assert f"{TAG}publication/{WAKEFIELD}/{LETTER}" in ids
    assert len(set(ids)) == len(ids)
    for entry in read.entries:
        terms = {tag.scheme.removeprefix(TAG): tag.term for tag in entry.tags}
        assert belongs.items() <= terms.items()


def test_an_entry_quotes_the_letter_with_its_pages(page: str) -> None:
    read = feedparser.parse(get(page, f"feeds/authority/{WAKEFIELD}.atom").content)
    entry = next(each for each in read.entries if each.id.endswith(LETTER))
    assert entry.title == "Wakefield: third monitoring visit letter"
    content = entry.content[0].value
    assert "Pace of progress" in content
    assert "steady progress" in content
    assert "(page 1)" in content
    assert entry.published == "2019-11-01T00:00:00Z"


@pytest.mark.parametrize(
    "path",
    ["feeds/all.atom", "calendar/all.ics", f"badge/{WAKEFIELD}.svg", "latest.csv"],
)
def test_what_did_not_change_costs_no_body(page: str, path: str) -> None:
    first = get(page, path)
    assert first.status_code == 200
    assert get(page, path, **{"If-None-Match": first.headers["etag"]}).status_code == 304
    assert get(page, path, **{"If-Modified-Since": first.headers["last-modified"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "feeds/authority/1.atom",
        "feeds/region/nowhere.atom",
        "feeds/kind/nothing.atom",
        "calendar/1.ics",
        "badge/1.svg",
        "authority/1/publications.csv",
    ],
)
def test_what_is_not_known_is_not_found(page: str, path: str) -> None:
    assert get(page, path).status_code == 404


def test_a_badge_tells_the_newest_and_may_be_embedded(page: str) -> None:
    answer = get(page, f"badge/{WAKEFIELD}.svg")
    title = ElementTree.fromstring(answer.content).findtext("{http://www.w3.org/2000/svg}title")
    assert title == "Wakefield: inspection, 5 Jan 2022, good"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"].startswith("public")
    assert b"<script" not in answer.content


def test_a_calendar_without_expected_letters_is_one(page: str) -> None:
    for path in ("calendar/all.ics", f"calendar/{WAKEFIELD}.ics"):
        answer = get(page, path)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert icalendar.Calendar.from_ical(answer.content)["version"] == "2.0"


def rows_of(page: str, path: str) -> Iterator[dict[str, str]]:
    text = get(page, path).content.decode()
    return csv.DictReader(io.StringIO(text, newline=""))


def test_a_table_has_the_rows_that_its_page_shows(page: str, told: Told) -> None:
    with opened(told.config) as app:
        stored = app.store.publications()
        judged = app.store.judgements()
        runs = app.store.runs()
    assert {row["id"] for row in rows_of(page, "latest.csv")} == {each.id for each in stored}
    visits = list(rows_of(page, f"latest.csv?kind=monitoring_visit&authority={WAKEFIELD}"))
    assert {row["kind"] for row in visits} == {"monitoring_visit"}
    letter = next(row for row in visits if row["id"] == f"{WAKEFIELD}/{LETTER}")
    assert (letter["visit_number"], letter["pace"], letter["published_on"]) == ("3", "steady", "2019-11-01")
    assert letter["source"] == "Ofsted, Open Government Licence v3.0"
    own = [each for each in judged if each.urn == WAKEFIELD]
    table = list(rows_of(page, f"authority/{WAKEFIELD}/judgements.csv"))
    assert [row["publication"] for row in table] == [f"{WAKEFIELD}/{each.file_id}" for each in own]
    assert [row["id"] for row in rows_of(page, "runs.csv")] == [str(run.id) for run in runs]


@pytest.mark.parametrize(
    ("year", "stood"), [("", "2026"), ("2019", "2019"), ("1066", "2018"), ("9999", "2026")]
)
def test_the_table_of_england_is_that_of_the_map(page: str, year: str, stood: str) -> None:
    rows = {row["authority"]: row for row in rows_of(page, f"england.csv?year={year}")}
    assert len(rows) == 153
    shown = get(page, f"england?year={year}").text
    watched = [row for row in rows.values() if row["under_watch"] == "yes"]
    hexagons = [part.partition(">")[0] for part in shown.split('<g class="hex ')[1:]]
    assert len(hexagons) == 153
    assert sum(" watched" in each for each in hexagons) == len(watched)
    fell = rows["Wakefield"]
    if stood == "2019":
        assert (fell["standing"], fell["under_watch_since"]) == ("inadequate", "2018-07-17")
    if stood == "2026":
        assert (fell["standing"], fell["under_watch"]) == ("good", "no")
    assert f"{stood}</output>" in shown
    assert rows["Dudley"]["standing"] == "no inspection known"
    assert rows["Dudley"]["under_watch"] == ""


@pytest.mark.parametrize("path", list(TABLES))
def test_every_table_s_rows_are_as_wide_as_its_head(page: str, path: str) -> None:
    text = get(page, path.format(urn=WAKEFIELD).lstrip("/")).content.decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > (path != "/incidents.csv")  # nothing went wrong in the story
    assert {len(row) for row in rows} == {len(rows[0])}


def test_every_region_has_an_address_of_its_own() -> None:
    slugs = [slugify(region) for region in Register.load().regions()]
    assert len(set(slugs)) == 9
    assert all(slug.replace("-", "").isalpha() for slug in slugs)


def test_grades_have_their_columns() -> None:
    assert set(Grades.model_fields) <= set(TABLES["/latest.csv"].headings)
