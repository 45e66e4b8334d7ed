"""What Letterwatch lives on is known however the configuration writes its place."""

from pathlib import Path

import pytest

from letterwatch.config import Config
from letterwatch.config.own_files import find_own_file


@pytest.mark.parametrize("archive", ["{}/archive", "file://{}/archive"])
@pytest.mark.parametrize("url", ["sqlite:///{}/letterwatch.db", "sqlite:///{}/letterwatch.db?timeout=5"])
def test_database_and_archive_are_spared(tmp_path: Path, url: str, archive: str) -> None:
    state = {"url": url.format(tmp_path), "archive": archive.format(tmp_path)}
    config = Config.model_validate({"state": state})

    assert find_own_file(tmp_path / "letterwatch.db", config) == "the state's own database"
    assert find_own_file(tmp_path / "letterwatch.db-wal", config) == "the state's own database"
    assert find_own_file(tmp_path / "archive" / "ab" / "letter.pdf", config) == "the state's own archive"
    assert find_own_file(tmp_path / "elsewhere.db", config) is None


def test_places_that_are_no_files_are_in_nobodys_way(tmp_path: Path) -> None:
    state = {"url": "postgresql+psycopg://db/letterwatch", "archive": "s3://bucket/archive"}
    assert find_own_file(tmp_path / "letterwatch.db", Config.model_validate({"state": state})) is None
