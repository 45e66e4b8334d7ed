"""docs/security.md: every threat has its defence and a test that is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [
    line for line in PAGE.splitlines() if line.startswith("|") and not line.startswith(("|---", "| comes"))
]
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    found = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    }
    given = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return frozenset(name for name in found | given if name.startswith(("test", "Test")))


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_each_test_that_is_named_is_there(file: str, name: str) -> None:
    assert name in names_in(file)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:60])
def test_each_threat_has_its_defence_and_its_test(row: str) -> None:
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == 4
    assert all(cells)
    assert re.fullmatch(r"(`tests/[\w/]+\.py::\w+` ?)+", cells[3])


@pytest.mark.parametrize(
    "file", sorted(set(re.findall(r"`((?:scraper|state|notifier|letterwatch)/[\w/]+\.py)`", PAGE)))
)
def test_each_file_that_is_named_is_there(file: str) -> None:
    assert (ROOT / file).is_file()
