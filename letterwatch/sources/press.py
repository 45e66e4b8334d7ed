"""The register of feeds: which papers, newsrooms and committee sites serve which authorities.

The facts stand in press.csv; docs/news.md says where they come from and how sure they are.
"""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scraper.sources import NewsSource


@dataclass(frozen=True, slots=True)
class RegisteredFeed:
    """A feed of the register; one that serves no authority in particular serves all (the trade press).

    `sure`: "confirmed" where somebody saw the feed, "pattern" where its address follows its group's.
    """

    source: NewsSource
    group: str
    sure: str


class PressRegister:
    """All registered feeds, in the order of press.csv."""

    def __init__(self, feeds: Collection[RegisteredFeed]) -> None:
        self._feeds = tuple(feeds)

    @staticmethod
    @cache
    def load() -> "PressRegister":
        """The bundled register, read once."""
        text = (files("letterwatch.sources") / "press.csv").read_text(encoding="utf-8")
        return PressRegister([_parse_row(row) for row in csv.DictReader(text.splitlines())])

    def __iter__(self) -> Iterator[RegisteredFeed]:
        return iter(self._feeds)

    def names(self) -> tuple[str, ...]:
        """What the feeds are called."""
        return tuple(feed.source.name for feed in self)

    def find(self, name: str) -> NewsSource | None:
        """The feed of this name, in whatever case."""
        return next((feed.source for feed in self if feed.source.name.casefold() == name.casefold()), None)

    def serving(self, urns: Collection[str]) -> tuple[NewsSource, ...]:
        """The feeds that serve one of some authorities, and those that serve all; none for no authority."""
        wanted = set(urns)
        return tuple(
            feed.source
            for feed in self
            if wanted and (not feed.source.urns or not wanted.isdisjoint(feed.source.urns))
        )


def _parse_row(row: Mapping[str, str]) -> RegisteredFeed:
    source = NewsSource(
        name=row["name"],
        url=row["url"],
        is_page=row["kind"] == "page",
        urns=tuple(row["authorities"].split()),
        council=row["council"] == "yes",
    )
    return RegisteredFeed(source, row["group"], row["sure"])
