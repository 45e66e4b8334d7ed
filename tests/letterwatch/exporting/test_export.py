"""Every format holds the same rows, says whose data they are, and runs nothing in a spreadsheet."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from letterwatch.exporting.about import describe_datasette
from letterwatch.exporting.files import ExportError, export_database, export_tables, export_workbook
from letterwatch.exporting.plain import as_plain, defuse
from state import EXPORTED_TABLES, OGL_URL, Kind, PublicationFound, Store
from state.keeping.exported import PUBLICATIONS
from tests.letterwatch.conftest import Workplace
from tests.state.conftest import House
from tests.state.takes import START, WAKEFIELD, Crawl, document, entry, inspection
from tests.states import place_state

EVIL = '=HYPERLINK("http://evil","x")'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An inspection, and a publication with a title that means harm."""
    with closing(Store.open(place_state(tmp_path, "state.db"), rehearsal=False)) as store:
        read = inspection("Poor.", date(2019, 10, 25), overall_effectiveness="inadequate")
        first = entry("1", document("1", text=read), kind=Kind.INSPECTION)
        second = entry("2", published_on=date(2019, 11, 2))
        evil = PublicationFound(
            type(second.sighting)(**{**_fields(second.sighting), "title": EVIL}), second.document
        )
        House(store).settle(Crawl().page(WAKEFIELD, first, evil))
        yield store


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def export(store: Store, form: str, target: Path) -> None:
    export_tables(store, form, target, list(EXPORTED_TABLES), bom=False)


def test_a_publication_is_joined_to_its_authoritys_codes(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "p.csv")
    newest, older = csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text(encoding="utf-8")))
    assert list(newest) == [column.name for column in PUBLICATIONS.columns]
    assert (older["urn"], older["la_code"], older["gss_code"]) == ("80451", "384", "E08000036")
    assert (older["id"], older["kind"], older["region"]) == (
        "80451/1",
        "inspection",
        "Yorkshire and the Humber",
    )
    assert (older["published_on"], older["first_seen_at"]) == ("2019-11-01", "2019-11-01T09:00:00Z")
    assert (older["overall_effectiveness"], older["in_care"], older["pace"]) == ("inadequate", "", "")
    assert newest["title"] == f"'{EVIL}"


@pytest.mark.parametrize(
    "text", [EVIL, "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\n=cmd|' /C calc'!A0"]
)
def test_a_formula_is_defused_and_only_a_formula(text: str) -> None:
    assert str(defuse(text)).startswith("'")
    assert defuse("Wakefield, 3 - 4") == "Wakefield, 3 - 4"
    assert (defuse(-1), defuse(None)) == (-1, None)


def test_plain_values_are_iso_and_without_controls() -> None:
    assert as_plain(datetime(2019, 11, 1, 9, 0, 0, 5, tzinfo=UTC)) == "2019-11-01T09:00:00Z"
    assert as_plain(date(2019, 11, 1)) == "2019-11-01"
    assert as_plain("a\x00b\x1b[31mc\ud800") == "ab[31mc"


def test_every_format_has_the_same_publications(store: Store, tmp_path: Path) -> None:
    expected = [row[0] for row in store.export_rows(PUBLICATIONS)]
    assert expected == ["80451/2", "80451/1"]
    export(store, "jsonl", tmp_path / "p.jsonl")
    export(store, "parquet", tmp_path / "p.parquet")
    export_workbook(store, tmp_path / "p.xlsx")
    export_database(store, tmp_path / "p.db")

    lines = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == expected
    assert lines[0]["title"] == EVIL
    table = pyarrow.parquet.read_table(tmp_path / "p.parquet")
    assert table.column("id").to_pylist() == expected
    assert table.column("published_on").to_pylist() == [date(2019, 11, 2), date(2019, 11, 1)]
    assert table.column("first_seen_at").to_pylist()[0] == START
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert [cell.value for cell in book["publications"]["A"][1:]] == expected
    with closing(sqlite3.connect(tmp_path / "p.db")) as database:
        query = "SELECT id, gss_code FROM publications ORDER BY published_on DESC"
        assert database.execute(query).fetchall() == [(each, "E08000036") for each in expected]


def test_a_workbook_has_no_formula_and_real_dates(store: Store, tmp_path: Path) -> None:
    export_workbook(store, tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["About", *(table.name for table in EXPORTED_TABLES)]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    names = [column.name for column in PUBLICATIONS.columns]
    cells = dict(zip(names, book["publications"][2], strict=True))
    assert (cells["title"].value, cells["title"].data_type) == (EVIL, "s")
    assert cells["published_on"].is_date


def test_every_format_carries_the_licence(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "p.csv")
    export(store, "parquet", tmp_path / "p.parquet")
    export_workbook(store, tmp_path / "p.xlsx")
    _, metadata = export_database(store, tmp_path / "p.db")
    (tmp_path / "all").mkdir()
    export(store, "jsonl", tmp_path / "all")

    beside = json.loads((tmp_path / "p.csv-metadata.json").read_text("utf-8"))
    assert beside["dc:license"] == {"@id": OGL_URL}
    assert len(beside["tableSchema"]["columns"]) == len(PUBLICATIONS.columns)
    assert pyarrow.parquet.read_schema(tmp_path / "p.parquet").metadata[b"license"] == OGL_URL.encode()
    about = openpyxl.load_workbook(tmp_path / "p.xlsx")["About"]
    assert OGL_URL in str(about["B2"].value)
    told = json.loads(metadata.read_text("utf-8"))
    assert (told["license_url"], list(told["databases"])) == (OGL_URL, ["p"])
    with closing(sqlite3.connect(tmp_path / "p.db")) as database:
        assert database.execute("SELECT value FROM about WHERE name = 'licence_url'").fetchone() == (OGL_URL,)
    assert OGL_URL in (tmp_path / "all" / "README.md").read_text("utf-8")
    assert {f"{table.name}.jsonl" for table in EXPORTED_TABLES} <= {
        path.name for path in (tmp_path / "all").iterdir()
    }


def test_a_row_has_a_value_for_each_column(store: Store) -> None:
    for table in EXPORTED_TABLES:
        assert all(len(row) == len(table.columns) for row in store.export_rows(table))
        assert f'"{table.name}"' in describe_datasette("x")


def test_an_export_replaces_what_stands_there_only_when_it_is_whole(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "p.csv"
    target.write_text("before", "utf-8")

    def run_out(_table: object) -> Iterator[object]:
        raise OSError(28, "No space left on device")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(store, "export_rows", run_out)
        with pytest.raises(ExportError, match="No space left"):
            export(store, "csv", target)
    assert target.read_text("utf-8") == "before"
    export(store, "csv", target)
    assert target.read_text("utf-8").startswith("id,urn,")
    with pytest.raises(ExportError, match="No such file"):
        export(store, "csv", tmp_path / "absent" / "p.csv")


def test_the_command_writes_files_and_streams(workplace: Workplace) -> None:
    workplace.check()
    streamed = workplace.run("export", "csv", "-")
    assert streamed.returncode == 0
    assert OGL_URL in streamed.stderr
    rows = list(csv.DictReader(io.StringIO(streamed.stdout)))
    assert {row["id"] for row in rows} == {row["id"] for row in workplace.publications()}
    done = workplace.run("export", "csv", "p.csv", "--bom")
    assert done.stdout.splitlines() == ["p.csv", "p.csv-metadata.json"]
    assert (workplace.folder / "p.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert workplace.run("export", "parquet", "-").returncode == 2
    refused = workplace.run("export", "xlsx", "absent/p.xlsx")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "cannot be written" in refused.stderr
