"""Who may import whom (the house's walls), read from the source and not from what happens to be loaded."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("scraper", "state", "notifier", "letterwatch")
FORBIDDEN_IN_PURE_ROOMS = (
    "scrapy", "twisted", "requests", "aiohttp", "urllib.request", "http.client", "socket", "smtplib", "time",
)  # fmt: skip

ROOMS_OF_LETTERS = ("text", "sentences", "fields", "findings", "telling")


def imports_of(path: Path) -> Iterator[tuple[str, str]]:
    """Each import of a file as (module, name); name is empty for plain imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) + "." if node.level else ""
            yield from ((f"{base}{node.module or ''}".rstrip("."), alias.name) for alias in node.names)


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def violations(folders: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(*folders)
        for module, _ in imports_of(path)
        if module.split(".")[0] in PACKAGES and module.split(".")[0] not in allowed
    ]


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [("scraper", ("scraper", "state")), ("notifier", ("notifier", "state")), ("state", ("state",))],
)
def test_each_package_imports_only_what_it_may(folder: str, allowed: tuple[str, ...]) -> None:
    assert violations((folder,), allowed) == []


def test_others_see_only_the_public_face_of_the_state() -> None:
    deep = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources("scraper", "notifier", "letterwatch")
        for module, _ in imports_of(path)
        if module.startswith("state.")
    ]
    assert deep == []


def test_pages_and_letters_know_no_scrapy_network_or_clock() -> None:
    process = ROOT / "scraper" / "letters" / "process.py"  # the limited child process needs a stop-watch
    found = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources("scraper/pages", "scraper/letters")
        for module, _ in imports_of(path)
        if path != process
        and any(module == name or module.startswith(f"{name}.") for name in FORBIDDEN_IN_PURE_ROOMS)
    ]
    assert found == []


def test_the_rooms_of_the_letters_know_only_those_before_them() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {module}"
        for at, room in enumerate(ROOMS_OF_LETTERS)
        for path in sources(f"scraper/letters/{room}")
        for module, _ in imports_of(path)
        if module.startswith("scraper.letters.") and module.split(".")[2] not in ROOMS_OF_LETTERS[: at + 1]
    ]
    assert found == []


def test_one_file_knows_the_pdf_library() -> None:
    knowing = {
        str(path.relative_to(ROOT))
        for path in sources(*PACKAGES)
        for module, _ in imports_of(path)
        if module.split(".")[0] == "pypdfium2"
    }
    assert knowing == {"scraper/letters/text/pdf.py"}


def test_one_file_reads_the_clock() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in sources(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    }
    assert readers == {"letterwatch/clock.py"}


def test_only_the_fleet_knows_its_queue_and_only_when_asked() -> None:
    knowing = {
        str(path.relative_to(ROOT).parent)
        for path in sources(*PACKAGES)
        for module, _ in imports_of(path)
        if module.split(".")[0] == "procrastinate"
    }
    assert knowing == {"letterwatch/fleet"}


def test_only_the_state_speaks_sql() -> None:
    speakers = {
        path.relative_to(ROOT).parts[0]
        for path in sources(*PACKAGES)
        for module, _ in imports_of(path)
        if module.split(".")[0] in {"sqlalchemy", "alembic", "sqlite3", "psycopg"}
    }
    assert speakers <= {"state"}
