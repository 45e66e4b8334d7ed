"""Every document's links lead somewhere: to a file that is there, and to a heading in it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.reference.markdown import slug

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")


def links_of(document: Path) -> Iterator[tuple[Path, str]]:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
    for path, anchor in _LINK.findall(prose):
        yield (document.parent / path).resolve() if path else document, anchor


def anchors_of(document: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    return {slug(heading.replace("`", "")) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    lost = [str(file) for file, _ in links_of(document) if not file.exists()]
    lost += [
        f"{file.name}#{anchor}"
        for file, anchor in links_of(document)
        if anchor and file.suffix == ".md" and file.exists() and anchor not in anchors_of(file)
    ]
    assert lost == []


def test_what_is_ours_and_what_is_others_is_said() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"] == "MIT"
    for font in (ROOT / "letterwatch" / "web" / "static").glob("*.woff2"):
        assert font.with_suffix(".LICENSE").is_file()
    assert (ROOT / "tests" / "letters" / "fonts" / "LICENSE").is_file()
    for document in ("README.md", "docs/README.md", "docs/demo.md", "docs/api.md"):
        assert "Open Government Licence v3.0" in (ROOT / document).read_text("utf-8"), document


def test_every_document_is_reached_from_the_index() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "docs" / "README.md"]
    while waiting:
        document = waiting.pop()
        if document not in reached:
            reached.add(document)
            waiting += [file for file, _ in links_of(document) if file.suffix == ".md" and file.exists()]
    alone = {file for file in DOCUMENTS if file.parent != ROOT} - reached
    assert sorted(file.name for file in alone) == [], "link it from docs/README.md or a document it leads to"
