"""The tables of docs/troubleshooting.md, made from the slips."""

from collections.abc import Iterator
from pathlib import Path

from tests.letterwatch.slips.table import CHAPTERS, Slip, load_chapter

DOC = Path(__file__).parents[3] / "docs" / "troubleshooting.md"
MARK = "<!-- slips -->\n"


def render_tables() -> str:
    """A heading and a table for each chapter."""
    return "\n".join("".join(_render(chapter, heading)) for chapter, heading in CHAPTERS.items())


def _render(chapter: str, heading: str) -> Iterator[str]:
    yield f"### {heading}\n\n| what was done | what is seen | exit |\n|---|---|---|\n"
    for slip in load_chapter(chapter):
        yield f"| {_escape(slip.done)} | `` {_shorten(slip)} `` | {slip.exit} |\n"


def _shorten(slip: Slip) -> str:
    """The line, without the name of the file that all of a chapter have in common."""
    seen = slip.seen.removeprefix("letterwatch.toml, ") if slip.chapter == "configuration" else slip.seen
    return _escape(seen)


def _escape(text: str) -> str:
    return text.replace("|", "\\|")
