"""A news story as its page tells it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Article:
    """A story read from its page. Its text is copyright: it is judged here and never stored, sent or logged.

    `identity` is the publisher's own id where the address carries one, else the canonical address: it
    stays when the headline and with it the address changes. `links` are absolute, from the body only.
    """

    url: str  # canonical
    identity: str
    title: str
    publisher: str
    published_at: datetime | None = None  # aware UTC
    standfirst: str | None = None
    author: str | None = None
    paragraphs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    partial: bool = False  # under 150 words of body: paywalled, cut or a video's caption
    council: bool = False  # a council's newsroom or press release: its own words, not a newspaper's
