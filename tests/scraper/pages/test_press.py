"""Every publisher group's pages and feeds in their own markup, with invented text, and what is read of them.

A missing expectation is written and the test fails, until a person has looked at it.
"""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest

from scraper.pages import parse_article, parse_feed, parse_listing

PRESS = Path(__file__).parent / "press"
ADDRESSES: dict[str, str] = json.loads((PRESS / "addresses.json").read_text(encoding="utf-8"))
READERS = {
    "article": parse_article,
    "feed": parse_feed,
    "sitemap": parse_feed,
    "listing": parse_listing,
}
GROUPS = (
    "bbc", "reach", "newsquest", "national-world", "iliffe", "wordpress", "tindle", "trade-press",
    "council-jadu", "council-wordpress", "council-pr", "moderngov",
)  # fmt: skip


def read(name: str) -> object:
    """What the reader of a saved page makes of it, as JSON has it."""
    record = READERS[name.split(".")[1]]((PRESS / name).read_bytes(), ADDRESSES[name])
    return json.loads(json.dumps(asdict(record), default=_as_text, ensure_ascii=False))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_saved_page_reads_as_expected(name: str) -> None:
    golden = PRESS / f"{name}.expected.json"
    found = read(name)
    if not golden.exists():
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is written now; look at it, then run again")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_a_story_and_a_list_of_stories(group: str) -> None:
    kinds = {name.split(".")[1] for name in ADDRESSES if name.startswith(f"{group}.")}
    assert "article" in kinds
    assert kinds & {"feed", "listing", "sitemap"}


@pytest.mark.parametrize("group", GROUPS[:8])  # of the others, feeds list meetings, and pages list stories
def test_the_feed_names_the_story_as_its_page_does(group: str) -> None:
    names = {name.split(".")[1]: name for name in ADDRESSES if name.startswith(f"{group}.")}
    story = parse_article((PRESS / names["article"]).read_bytes(), ADDRESSES[names["article"]])
    feed = parse_feed((PRESS / names["feed"]).read_bytes(), ADDRESSES[names["feed"]])
    assert story.identity in {item.identity for item in feed.items}
