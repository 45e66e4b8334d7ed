"""How large a room may be: files and functions that a person can hold in mind."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ("scraper", "state", "notifier", "letterwatch", "tests", "benchmarks", "tools")
LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 60  # lines: a screen
MIGRATIONS = ROOT / "state" / "migrations" / "versions"  # a schema is told in one go, and never changed again


@pytest.mark.parametrize("folder", HOUSE)
def test_no_file_is_longer_than_can_be_held_in_mind(folder: str) -> None:
    files = {file: len(file.read_text("utf-8").splitlines()) for file in (ROOT / folder).rglob("*.py")}
    assert files
    assert {str(file.relative_to(ROOT)): lines for file, lines in files.items() if lines > LONGEST_FILE} == {}


@pytest.mark.parametrize("folder", HOUSE)
def test_every_function_fits_a_screen(folder: str) -> None:
    files = [file for file in (ROOT / folder).rglob("*.py") if not file.is_relative_to(MIGRATIONS)]
    longer = {
        f"{file.relative_to(ROOT)}: {node.name}": lines
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert longer == {}
