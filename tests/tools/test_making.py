"""The generators, run in a copy of the tree: what they write is clean and its tests pass."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("scraper", "state", "notifier", "letterwatch", "tools", "tests", "pyproject.toml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree without its environment."""
    folder = tmp_path_factory.mktemp("copy")
    for part in PARTS:
        place = ROOT / part
        if place.is_file():
            shutil.copy(place, folder / part)
        else:
            shutil.copytree(place, folder / part, ignore=shutil.ignore_patterns("__pycache__", "data"))
    return folder


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A Python program in the copy, which goes before the checkout."""
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=copy, capture_output=True, text=True, timeout=110, check=False
    )


def make(copy: Path, *words: str) -> list[str]:
    """Runs a generator; the Python files it wrote."""
    done = run(copy, "tools.making", *words)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line.endswith(".py")]


def pass_in(copy: Path, *tests: str) -> str:
    done = run(copy, "pytest", "-n0", "-q", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def are_clean(copy: Path, files: list[str]) -> None:
    for check in (("check",), ("format", "--check")):
        done = run(copy, "ruff", *check, *files)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Barchester Chronicle", ("--feed", "https://www.barchesterchronicle.example/feed/")),
        ("Barchester’s newsroom", ("--page", "https://news.barchester.example/news")),
    ],
)
def test_a_new_source_begins_green(copy: Path, name: str, address: tuple[str, str]) -> None:
    files = make(copy, "source", name, *address, "--authority", "Wakefield")
    are_clean(copy, files)
    told = pass_in(
        copy, *files, "tests/scraper/pages/test_press.py", "tests/letterwatch/sources/test_press.py"
    )
    assert "XFAIL" in told  # the samples are to be replaced


def test_real_pages_in_place_of_the_samples_ask_for_the_mark_to_go(copy: Path) -> None:
    (file,) = make(
        copy, "source", "The Jupiter", "--feed", "https://jupiter.example/rss", "--authority", "Leeds"
    )
    for page in (copy / "tests" / "scraper" / "pages" / "press").glob("the-jupiter.*"):
        page.write_text(page.read_text("utf-8").replace("a sample of tools.making", "saved"), "utf-8")
    done = run(copy, "pytest", "-n0", "-q", "-p", "no:cacheprovider", file)
    assert (done.returncode, "XPASS(strict)" in done.stdout) == (1, True)


@pytest.mark.parametrize("like", ["wakefield-2019-11-01-monitoring", "swindon-2019-03-01-focused"])
def test_a_new_letter_template_begins_green(copy: Path, like: str) -> None:
    files = make(copy, "letter-template", like.title(), "--like", like)
    are_clean(copy, files)
    pass_in(copy, *files)


def test_a_letter_in_words_that_nobody_reads_fails_its_test(copy: Path) -> None:
    (test,) = make(copy, "letter-template", "Strange", "--like", "swindon-2024-07-12-monitoring")
    plan = copy / "tests" / "letters" / "templates" / "strange.toml"
    first = 'first = "We called on Swindon in June and were glad to."\n'
    plan.write_text(first + plan.read_text("utf-8"), "utf-8")
    done = run(copy, "pytest", "-n0", "-q", "-p", "no:cacheprovider", test)
    assert (done.returncode, "test_its_days_and_people" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("source", "Wakefield Express", "--feed", "https://a.example/f", "--authority", "Leeds"), "already"),
        (("source", "New", "--feed", "http://a.example/f", "--authority", "Leeds"), "not an address"),
        (("source", "New", "--authority", "Leeds"), "either --feed or --page"),
        (("source", "New", "--feed", "https://a.example/f", "--authority", "Atlantis"), "Atlantis"),
        (("letter-template", "New", "--like", "absent"), "no document is called absent"),
        (("letter-template", "New", "--like", "brent-2018-07-02-inspection"), "is a report"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_line(copy: Path, words: tuple[str, ...], reason: str) -> None:
    done = run(copy, "tools.making", *words)
    assert done.returncode in (1, 2)
    assert reason in done.stderr.splitlines()[-1]
