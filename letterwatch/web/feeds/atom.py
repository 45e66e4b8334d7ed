"""Atom (RFC 4287) from plain values. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

TYPE = "application/atom+xml; charset=utf-8"
TAG = "tag:letterwatch.invalid,2026:"
"""Before every id. Nobody can own this name, so a letter has one id in every reader, whoever serves it."""

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry: `id` goes after TAG; `content` is HTML, escaped where the entry is written."""

    id: str
    title: str
    url: str
    content: str
    updated_at: datetime
    published_at: datetime | None = None
    related_url: str | None = None
    categories: tuple[tuple[str, str], ...] = ()  # (scheme, term)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, the page that shows the same, and its entries, the newest first."""

    id: str
    title: str
    subtitle: str
    url: str
    page_url: str
    updated_at: datetime
    entries: Sequence[FeedEntry]


def render_atom(feed: Feed, *, version: str) -> bytes:
    """The feed as an Atom document."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    _write(root, "id", f"{TAG}{feed.id}")
    _write(root, "title", feed.title)
    _write(root, "subtitle", feed.subtitle)
    _write(root, "updated", _stamp(feed.updated_at))
    _write(SubElement(root, "author"), "name", "Letterwatch")
    _write(root, "generator", "Letterwatch", version=version)
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html")
    _write(root, "rights", "Quotations from Ofsted's letters and reports: Open Government Licence v3.0.")
    for entry in feed.entries:
        _write_entry(SubElement(root, "entry"), entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _write_entry(element: Element, entry: FeedEntry) -> None:
    _write(element, "id", f"{TAG}{entry.id}")
    _write(element, "title", entry.title)
    _write(element, "updated", _stamp(entry.updated_at))
    if entry.published_at:
        _write(element, "published", _stamp(entry.published_at))
    _link(element, "alternate", entry.url, "text/html")
    if entry.related_url:
        _link(element, "related", entry.related_url, "application/pdf")
    for scheme, term in entry.categories:
        SubElement(element, "category", term=_clean(term), scheme=f"{TAG}{scheme}")
    _write(element, "content", entry.content, type="html")


def _write(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = _clean(text)


def _link(parent: Element, rel: str, url: str, kind: str) -> None:
    SubElement(parent, "link", rel=rel, href=_clean(url), type=kind)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(text: str) -> str:
    """Text that XML can hold."""
    return _UNPRINTABLE.sub("", text)
