"""What a message consists of, whatever channel shows it. Every text in it is one tidy line."""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from notifier.composing.wording import tidy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value: "Inspectors: A and B"."""

    label: str
    value: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact sentence of a document with its page; `label` says "Before" or "Now" in a revision."""

    text: str
    page: int | None = None
    url: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled group of quotations; `note` is in our own words, `url` leads to its source."""

    title: str
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go on reading."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message, structured: renderers add nothing and leave out nothing that fits.

    `notice` is the first line a phone shows; `thread` names the publication whose conversation this joins.
    """

    headline: str
    subject: str
    notice: str
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
    context: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    thread: str | None = None


def tidied(value: T) -> T:
    """The same parts with every text made one printable line; addresses that are not http(s) are dropped."""
    return _tidied(value)  # type: ignore[no-any-return]


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, tuple):
        kept = (_tidied(item) for item in value)
        return tuple(item for item in kept if not (isinstance(item, Link) and not item.url))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _tidied(getattr(value, field.name)) for field in fields(value)}
        if changed.get("url"):
            changed["url"] = _web_address(changed["url"]) or ("" if isinstance(value, Link) else None)
        return replace(value, **changed)
    return value


def _web_address(url: str) -> str | None:
    """The address if a browser may be sent to it; characters that could end a link are encoded."""
    for character, code in ((" ", "%20"), ("<", "%3C"), (">", "%3E"), ("|", "%7C"), ('"', "%22")):
        url = url.replace(character, code)
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
