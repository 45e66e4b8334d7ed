"""The floor of branches, on two packages of which one is tested in part."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HALF = "def judge(many):\n    if many:\n        return 'many'\n    return 'few'\n\n\njudge(True)\n"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=own | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """A folder in which `half` took one of its two branches and `whole`, which has none, was run."""
    for package, text in (("half", HALF), ("whole", "GOOD = True\n")):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(text, "utf-8")
    (tmp_path / "both.py").write_text("import half\nimport whole\n", "utf-8")
    made = run(tmp_path, "coverage", "run", "--branch", "--source=half,whole", "both.py")
    assert made.returncode == 0, made.stderr
    return tmp_path


def test_a_package_below_the_floor_fails_and_shows_what_is_not_taken(measured: Path) -> None:
    answer = run(measured, "tools.testing.branches", "--floor", "60")

    assert answer.returncode == 1
    assert answer.stdout.splitlines() == [
        "half/__init__.py: 2->4",
        "half: 50.0% of branches (1 of 2)",
        "whole: 100.0% of branches (0 of 0)",
    ]
    assert answer.stderr == "branches: half below 60%\n"


def test_packages_at_the_floor_pass(measured: Path) -> None:
    assert run(measured, "tools.testing.branches", "--floor", "50").returncode == 0


def test_nothing_measured_is_no_success(tmp_path: Path) -> None:
    answer = run(tmp_path, "tools.testing.branches")

    assert answer.returncode == 1
    assert answer.stderr == "branches: no test has been measured; run `make coverage`\n"
