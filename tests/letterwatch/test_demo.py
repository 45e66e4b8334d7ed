"""The demo itself: it ends with 0 when exactly the expected alerts arrived, and says what was missing."""

import asyncio
import os
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from letterwatch.demo.inbox import Inbox
from letterwatch.demo.replica import load_replica
from letterwatch.demo.stage import set_up
from letterwatch.demo.story import LETTER, NOW, tell_letter


def demo(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("letterwatch"), "demo", "--exit", *options],
        capture_output=True,
        text=True,
        timeout=280,
        env={**os.environ, "COLUMNS": "120", **environment},
        check=False,
    )


def test_the_story_of_one_letter(tmp_path: Path) -> None:
    told = demo("--keep", str(tmp_path / "kept"))
    assert (told.returncode, told.stderr) == (0, "")
    for words in (
        "steady progress in improving services",
        "What improved",
        "What falls short",
        "page 2",
        "reported by Wakefield Express",
        "passages of the letter are quoted. The council’s response is quoted, too.",
        "As expected.",
    ):
        assert words in " ".join(told.stdout.replace("│", " ").split())
    config = tomllib.loads((tmp_path / "kept" / "letterwatch.toml").read_text(encoding="utf-8"))
    assert config["ofsted"]["reports_url"].startswith("http://127.0.0.1:")
    assert (tmp_path / "kept" / "letterwatch.db").is_file()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    told = demo("--keep", str(tmp_path))
    assert told.returncode == 1
    assert "is not empty; name a new folder" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_is_no_corpus_is_refused(tmp_path: Path) -> None:
    told = demo("--corpus", str(tmp_path))
    assert (told.returncode, "is not a corpus: it has no truth.csv" in told.stderr) == (1, True)


@pytest.mark.timeout(300)
def test_every_document_of_the_corpus_is_found_and_stored(corpus: Path) -> None:
    told = demo("--corpus", str(corpus))
    assert (told.returncode, told.stderr) == (0, "")


def test_a_story_without_its_alerts_says_which_are_missing(tmp_path: Path) -> None:
    whole = load_replica()
    console = Console(file=StringIO())
    with Inbox() as inbox, set_up(console, tmp_path, whole.until(NOW.date()), NOW, inbox) as stage:
        problems = asyncio.run(tell_letter(stage, whole.get(LETTER)))  # it stands there from the beginning
    assert problems == [
        f"after {when} the inbox holds 0 {what}, expected 1"
        for when in ("the letter", "the last pass")
        for what in ("Slack messages", "e-mails")
    ]
