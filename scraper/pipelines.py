"""What happens to an item: its document is read, the desk takes it, and an export gets it flat."""

from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from scraper.desk import Desk, get_desk
from state import ArticleFound, Outcome, PublicationFound

Found = PublicationFound | ArticleFound


class ReadingPipeline:
    """Has archived documents read, off the loop, and hands every publication to the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(get_desk(crawler))

    async def process_item(self, item: Found) -> Found:
        """The item with its reading; a news story was read where it was opened."""
        if isinstance(item, ArticleFound):
            self._desk.note_article(item)
            return item
        document = item.document
        if document is not None and document.outcome is Outcome.OK and document.sha256:
            reading = await self._desk.read(document.sha256)
            item = replace(item, document=replace(document, reading=reading))
        self._desk.note_found(item)
        return item


class ExportPipeline:
    """Makes items flat for `-O`; off where nothing is exported."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; needs FEEDS."""
        if not crawler.settings.getdict("FEEDS"):
            raise NotConfigured
        return cls()

    def process_item(self, item: Found) -> dict[str, Any]:
        """The item as the exports' columns."""
        from scraper.exports import flatten  # noqa: PLC0415  2 MB, only where something is exported

        return flatten(item)
