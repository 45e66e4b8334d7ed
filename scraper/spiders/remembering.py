"""Pages as they were read last: the same bytes give the same records, and are not parsed again."""

from collections.abc import Callable
from typing import Generic, TypeVar

from scraper.fetches import hash_body

Page = TypeVar("Page")


class Remembered(Generic[Page]):
    """A parser that remembers the records of the pages it read last, by their hash, for other crawls, too.

    Records are immutable. A page that could not be read is tried again.
    """

    def __init__(self, parse: Callable[[bytes, str], Page], *, most: int) -> None:
        self._parse = parse
        self._most = most
        self._pages: dict[tuple[str, str], Page] = {}

    def __call__(self, body: bytes, url: str) -> Page:
        """The page; raises what the parser raises."""
        key = hash_body(body), url
        page = self._pages.pop(key, None) or self._parse(body, url)
        self._pages[key] = page  # the newest last
        while len(self._pages) > self._most:
            del self._pages[next(iter(self._pages))]
        return page
