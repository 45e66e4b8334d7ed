"""Markdown as the reference writes it: tables, anchors, links to the other documents. Pure."""

import re
from collections.abc import Iterable, Sequence

_DOCUMENT = re.compile(r"(?<![\w/(])docs/((?:[\w-]+/)*[\w.-]+\.(?:md|json))(#[\w-]+)?")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a line break or a bar inside a cell cannot break it."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines).replace("| --- ", "|---") + "\n"


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link_documents(text: str) -> str:
    """`docs/watching.md#budgets` in a comment becomes a link, as seen from docs/reference."""
    return _DOCUMENT.sub(
        lambda found: f"[{found[1].rpartition('/')[2]}]({_seen_from_here(found[1])}{found[2] or ''})", text
    )


def sentence(words: str) -> str:
    """A capital in front and a full stop behind."""
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _seen_from_here(path: str) -> str:
    return path.removeprefix("reference/") if path.startswith("reference/") else f"../{path}"


def _cell(text: str) -> str:
    return link_documents(" ".join(text.split()).replace("|", "\\|"))
