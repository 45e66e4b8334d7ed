"""Exports: flat records, and cells that stay text in a spreadsheet."""

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from scraper.exports import SafeCsvExporter, flatten
from state import (
    DocumentTake,
    Framework,
    Kind,
    Letter,
    Outcome,
    PublicationFound,
    PublicationSighting,
    Reading,
)

ENTRY = PublicationSighting(
    urn="80451",
    authority="Wakefield",
    file_id="50121234",
    kind=Kind.MONITORING_VISIT,
    title="=cmd|' /C calc'!A0",
    url="https://files.ofsted.gov.uk/v1/file/50121234",
    page_url="https://reports.ofsted.gov.uk/provider/44/80451",
    visited_on=None,
    published_on=date(2019, 11, 1),
)
TAKE = DocumentTake(
    url=ENTRY.url, outcome=Outcome.OK, at=datetime(2019, 11, 1, 9, 0, tzinfo=UTC), sha256="ab" * 32
)
LETTER = Letter(
    kind=Kind.MONITORING_VISIT, title="Monitoring visit", authority=None, framework=Framework.ILACS
)


def test_a_record_is_flat_and_carries_the_letter_as_read_prints_it() -> None:
    found = PublicationFound(ENTRY, replace(TAKE, reading=Reading(letter=LETTER)))
    record = flatten(found)
    assert list(record) == [
        "urn", "authority", "file_id", "kind", "title", "url", "page_url", "visited_on", "published_on",
        "sha256", "letter", "unreadable",
    ]  # fmt: skip
    assert record["kind"] == "monitoring_visit"
    assert record["published_on"] == "2019-11-01"
    assert record["letter"] == LETTER.model_dump(mode="json")
    assert json.loads(json.dumps(record)) == record


def test_why_there_is_no_letter() -> None:
    known = flatten(PublicationFound(ENTRY))
    gone = flatten(PublicationFound(ENTRY, replace(TAKE, outcome=Outcome.GONE, cause="404", sha256=None)))
    garbled = flatten(PublicationFound(ENTRY, replace(TAKE, reading=Reading(unreadable="garbled"))))
    assert [row["unreadable"] for row in (known, gone, garbled)] == [None, "404", "garbled"]
    assert {row["letter"] for row in (known, gone, garbled)} == {None}


def test_no_cell_is_a_formula() -> None:
    file = BytesIO()
    exporter = SafeCsvExporter(file)
    exporter.start_exporting()
    exporter.export_item(flatten(PublicationFound(ENTRY, replace(TAKE, reading=Reading(letter=LETTER)))))
    exporter.finish_exporting()
    header, row = csv.reader(file.getvalue().decode().splitlines())
    cells = dict(zip(header, row, strict=True))
    assert cells["title"] == "'=cmd|' /C calc'!A0"
    assert json.loads(cells["letter"])["framework"] == "ilacs"
    assert cells["visited_on"] == ""
