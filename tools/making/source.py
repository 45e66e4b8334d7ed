"""A new publisher: its row in the register, saved pages to begin with, what is read of them, and a test."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from letterwatch.sources.press import PressRegister
from scraper.pages import parse_article, parse_feed, parse_listing
from state import Register
from tools.making.places import MakingError, Tree, fill, slug_of

REGISTER = "letterwatch/sources/press.csv"
PRESS = "tests/scraper/pages/press"
TESTS = "tests/scraper/pages/publishers"
_READERS: Mapping[str, Callable[[bytes, str], Any]] = {
    "article": parse_article,
    "feed": parse_feed,
    "listing": parse_listing,
}
SAMPLE = "a sample of tools.making"
"""Stands in every page that was made here and not saved from the publisher."""


@dataclass(frozen=True, slots=True)
class NewSource:
    """What is known of the publisher. `address` is its feed's, or its page of stories (`is_page`)."""

    name: str
    address: str
    authority: str
    group: str = "independent"
    is_page: bool = False
    council: bool = False

    @property
    def slug(self) -> str:
        """Its name in files."""
        return slug_of(self.name)


def make_source(tree: Tree, source: NewSource, today: date) -> list[Path]:
    """Writes everything; returns the files written or changed. Raises MakingError or RegisterError."""
    parts = urlsplit(source.address)
    if parts.scheme != "https" or not parts.hostname:
        raise MakingError(
            f'{source.address} is not an address; write one like "https://www.example.org/feed/"'
        )
    if PressRegister.load().find(source.name):
        raise MakingError(f"{source.name} is in the register already ({REGISTER})")
    (authority,) = Register.load().select(source.authority)[:1]
    list_kind, ending = ("listing", "html") if source.is_page else ("feed", "xml")
    names = {
        "article": f"{source.slug}.article.{today}.html",
        list_kind: f"{source.slug}.{list_kind}.{today}.{ending}",
    }
    story = f"https://{parts.hostname}/news/childrens-services-making-steady-progress-7654321"
    values = {
        "name": source.name,
        "place": authority.name,
        "story": story,
        "sample": SAMPLE,
        "stamp": f"{today:%a, %d %b %Y} 09:00:00 +0000",
        "moment": f"{today}T09:00:00Z",
    }
    saved = [
        tree.write(f"{PRESS}/{names['article']}", fill("article.html", **values)),
        tree.write(f"{PRESS}/{names[list_kind]}", fill(f"{list_kind}.{ending}", **values)),
    ]
    addresses = {names["article"]: story, names[list_kind]: source.address}
    expected = [_expect(tree, file, addresses[file.name]) for file in saved]
    test = tree.write(
        f"{TESTS}/test_{slug_of(source.name, '_')}.py",
        fill(
            "test_source.py.txt",
            name=source.name,
            article=names["article"],
            list=names[list_kind],
            reader="parse_listing" if source.is_page else "parse_feed",
            urn=str(authority.urn),
            place=authority.name,
        ),
    )
    package = tree.root / TESTS / "__init__.py"
    package.touch()
    return [
        *saved,
        *expected,
        _add_addresses(tree, addresses),
        _add_row(tree, source, str(authority.urn)),
        test,
    ]


def _expect(tree: Tree, file: Path, address: str) -> Path:
    """What is read of a saved page now, to be looked at and kept."""
    record = asdict(_READERS[file.name.split(".")[1]](file.read_bytes(), address))
    text = json.dumps(record, default=_as_text, indent=1, ensure_ascii=False)
    return tree.write(f"{PRESS}/{file.name}.expected.json", f"{text}\n")


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _add_addresses(tree: Tree, more: dict[str, str]) -> Path:
    file = tree.root / PRESS / "addresses.json"
    known = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(known | more, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return file


def _add_row(tree: Tree, source: NewSource, urn: str) -> Path:
    file = tree.root / REGISTER
    line = io.StringIO()
    kind = "page" if source.is_page else "feed"
    row = [source.name, source.address, kind, source.group, "yes" if source.council else "", urn, "pattern"]
    csv.writer(line, lineterminator="\n").writerow(row)
    with file.open("a", encoding="utf-8") as register:
        register.write(line.getvalue())
    return file
