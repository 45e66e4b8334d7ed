"""A story's JSON-LD: what the page says of itself for machines."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from bs4 import BeautifulSoup

_MOST_SCRIPTS, _LONGEST_SCRIPT, _DEEPEST = 20, 1_000_000, 6
_STORY = re.compile(r"NewsArticle$|^(?:LiveBlogPosting|BlogPosting|Article|Report)$")
_TAG = re.compile(r"<[^>]{0,500}>")


def find_story(soup: BeautifulSoup) -> Mapping[str, Any]:
    """The description of the page's story, a news article's before any other's; empty where there is none."""
    found: Mapping[str, Any] = {}
    for node in _nodes(soup):
        types = node.get("@type")
        names = [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]
        if any(name.endswith("NewsArticle") for name in names):
            return node
        if not found and any(_STORY.search(name) for name in names):
            found = node
    return found


def read_text(value: Any) -> str:
    """A text, without markup and entities; empty for anything else."""
    return unescape(_TAG.sub("", value)).strip() if isinstance(value, str) else ""


def read_names(value: Any) -> str:
    """The name of a person or organisation, or the names of several, joined by commas."""
    values = value if isinstance(value, list) else [value]
    names = [read_text(one.get("name") if isinstance(one, Mapping) else one) for one in values[:10]]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _nodes(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    for script in soup.find_all("script", type="application/ld+json", limit=_MOST_SCRIPTS):
        text = script.get_text()
        if len(text) > _LONGEST_SCRIPT:
            continue
        try:
            yield from _walk(json.loads(text, strict=False), _DEEPEST)
        except (ValueError, RecursionError):
            continue  # other scripts, meta and visible text may still tell


def _walk(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(value.get(key), depth - 1)
    elif isinstance(value, list):
        for item in value[:100]:
            yield from _walk(item, depth - 1)
