"""The pure renderers: Atom, CSV, badges and calendars from plain values, hostile ones among them."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterwatch.web.feeds.atom import TAG, Feed, FeedEntry, render_atom
from letterwatch.web.feeds.badge import Badge, render_badge
from letterwatch.web.feeds.calendar import CalendarDay, render_calendar
from letterwatch.web.feeds.table import LICENCE, render_csv, write_cell

NOON = datetime(2019, 11, 1, 12, 0, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> & "quotes" ]]> \x0b\x00\ud800 ﷐ \u202e'
ENTRY = FeedEntry(
    "publication/80451/50121234",
    "Wakefield: third monitoring visit letter",
    "http://127.0.0.1:8600/letters/80451/50121234",
    "<p>“The local authority is making <em>steady</em> progress.”</p>",
    NOON,
    NOON,
    "https://files.example/50121234",
    (("kind", "monitoring_visit"),),
)
FEED = Feed("feed/all", "All letters", "Every letter", "http://h/feeds/all.atom", "http://h/", NOON, (ENTRY,))
SVG = "{http://www.w3.org/2000/svg}"


def test_a_feed_comes_back_from_a_reader_as_it_was() -> None:
    read = feedparser.parse(render_atom(FEED, version="1"))
    assert not read.bozo
    assert (read.version, read.feed.title, read.feed.id) == ("atom10", "All letters", f"{TAG}feed/all")
    entry = read.entries[0]
    assert entry.id == f"{TAG}publication/80451/50121234"
    assert entry.content[0].value == ENTRY.content
    assert (entry.updated, entry.published) == ("2019-11-01T12:00:00Z", "2019-11-01T12:00:00Z")
    assert {link.rel: link.href for link in entry.links} == {
        "alternate": ENTRY.url,
        "related": ENTRY.related_url,
    }


def test_what_xml_cannot_hold_breaks_no_feed() -> None:
    hostile = replace(ENTRY, title=HOSTILE, content=HOSTILE, categories=(("kind", HOSTILE),))
    root = ElementTree.fromstring(render_atom(replace(FEED, entries=(hostile,)), version="1"))
    title = root.findtext("{*}entry/{*}title")
    assert title
    assert title.startswith('<script>alert(1)</script> & "quotes" ]]>')
    assert root.find(".//{*}script") is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert write_cell(text) == f"'{text}"


def test_cells_are_for_programs() -> None:
    assert [*map(write_cell, (None, True, -3, date(2019, 11, 1), NOON, ("a", "b"), "plain"))] == [
        "", "yes", "-3", "2019-11-01", "2019-11-01T12:00:00Z", "a; b", "plain",
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), min_size=1, max_size=6))
def test_a_table_comes_back_as_it_was(cells: list[str]) -> None:
    table = render_csv([f"column {number}" for number in range(len(cells))], [cells]).decode()
    read = list(csv.reader(io.StringIO(table, newline="")))
    assert read[1] == [*map(write_cell, cells), LICENCE]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in read[1])


@pytest.mark.parametrize("name", ["Wakefield", "Bournemouth, Christchurch and Poole", "W" * 400, HOSTILE, ""])
def test_a_badge_fits_its_words_and_reads_aloud(name: str) -> None:
    badge = Badge(name, "monitoring visit, 1 Nov 2019, steady progress", f"Ofsted on {name}", "#0b6e4f")
    root = ElementTree.fromstring(render_badge(badge))
    assert root.get("role") == "img"
    title = root.findtext(f"{SVG}title")
    assert title
    assert title.endswith(": monitoring visit, 1 Nov 2019, steady progress")
    assert len(title) < 250
    width = float(root.get("width", "0"))
    for text in root.iter(f"{SVG}text"):
        assert float(text.get("x", "0")) + float(text.get("textLength", "0")) <= width
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg", "title", "desc", "rect", "path", "g", "text",
    }  # fmt: skip


def test_a_calendar_s_days_are_whole_days() -> None:
    day = CalendarDay(
        "expected/80451/7", date(2019, 11, 1), "Wakefield: letter expected", "Visited; it\r\nEND:VEVENT", NOON
    )
    read = icalendar.Calendar.from_ical(render_calendar("Expected letters", [day], version="1"))
    (event,) = read.walk("VEVENT")
    assert str(event["uid"]) == "expected/80451/7@letterwatch.invalid"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2019, 11, 1), date(2019, 11, 2))
    assert event["dtstamp"].dt == NOON
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["description"]) == "Visited; it\nEND:VEVENT"
    assert read["x-wr-timezone"] == "Europe/London"
    assert render_calendar("Expected letters", [day], version="1") == render_calendar(
        "Expected letters", [day], version="1"
    )
