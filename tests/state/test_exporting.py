"""The export's rows, and the SQLite file that is made of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from state import StateError, write_export_file
from state.keeping.exported import ATTRIBUTION, TABLES
from tests.state.conftest import House
from tests.state.takes import DAY, START, WAKEFIELD, Crawl, entry

STRANGE = "80999"
"""An authority that the register does not have."""


@pytest.fixture
def filled(house: House) -> House:
    """Two letters, one of which was told, and a page of an authority nobody knows."""
    first = entry("1")
    house.settle(Crawl().page(WAKEFIELD, first).page(STRANGE, entry("7", urn=STRANGE)))
    house.settle(Crawl(at=START + DAY).page(WAKEFIELD, first, entry("2")))
    return house


def as_plain(value: object) -> object:
    return value if isinstance(value, int | float | str | None) else str(value)


def test_every_table_has_a_value_for_each_of_its_columns(filled: House) -> None:
    rows = {table.name: list(filled.store.export_rows(table)) for table in TABLES}

    for table in TABLES:
        assert all(len(row) == len(table.columns) for row in rows[table.name])
    assert len(rows["publications"]) == 3
    places = {row[0]: row[1:5] for row in rows["authorities"]}
    assert places[WAKEFIELD] == ("384", "E08000036", "Wakefield", "Yorkshire and the Humber")
    assert places[STRANGE] == (None, None, f"Authority {STRANGE}", None)


def test_the_file_can_be_queried_and_says_whose_data_it_is(filled: House, tmp_path: Path) -> None:
    write_export_file(tmp_path / "export.db", filled.store.export_rows, as_plain)

    with closing(sqlite3.connect(tmp_path / "export.db")) as export:
        told = export.execute("SELECT publication FROM events JOIN publications p ON p.id = publication")
        assert told.fetchall() == [(f"{WAKEFIELD}/2",)]
        assert export.execute("SELECT value FROM about WHERE name = 'attribution'").fetchone() == (
            ATTRIBUTION,
        )
        assert export.execute("PRAGMA foreign_key_check").fetchall() == []
        key = "SELECT name FROM pragma_table_info('publications') WHERE pk"
        assert export.execute(key).fetchall() == [("id",)]


def test_a_place_where_no_file_can_be_is_named(filled: House, tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"the export .*nowhere.* cannot be written"):
        write_export_file(tmp_path / "nowhere" / "export.db", filled.store.export_rows, as_plain)
