"""Publications as flat records for `scrapy crawl -O`, and a CSV that no spreadsheet will execute."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from scrapy.exporters import CsvItemExporter

from state import ArticleFound, PublicationFound

_STORY = {
    "source", "url", "title", "publisher", "published_at", "label", "in_scope", "urns", "council", "partial",
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def flatten(found: PublicationFound | ArticleFound) -> dict[str, Any]:
    """One exported record; `letter` is as `letterwatch read --json` prints it. Stories go without text."""
    if isinstance(found, ArticleFound):
        return found.model_dump(mode="json", include=_STORY)
    entry, document = found.sighting, found.document
    reading = document.reading if document else None
    return {
        "urn": entry.urn,
        "authority": entry.authority,
        "file_id": entry.file_id,
        "kind": entry.kind.value,
        "title": entry.title,
        "url": entry.url,
        "page_url": entry.page_url,
        "visited_on": entry.visited_on.isoformat() if entry.visited_on else None,
        "published_on": entry.published_on.isoformat() if entry.published_on else None,
        "sha256": document.sha256 if document else None,
        "letter": reading.letter.model_dump(mode="json") if reading and reading.letter else None,
        "unreadable": (reading.unreadable if reading else document.cause) if document else None,
    }


class SafeCsvExporter(CsvItemExporter):
    """Writes nested values as JSON and takes the sting out of cells that look like formulas."""

    def serialize_field(self, field: Mapping[str, Any], name: str, value: Any) -> Any:
        """A cell's value."""
        value = super().serialize_field(field, name, value)
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else value

    def _build_row(self, values: Iterable[Any]) -> Iterable[Any]:
        for value in super()._build_row(values):
            yield f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
