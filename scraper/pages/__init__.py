"""HTML to records: pure functions of bytes and the URL they came from."""

from scraper.pages.markup import PageBroken
from scraper.pages.provider import ProviderPage, parse_provider_page
from scraper.pages.search import SearchPage, parse_search_page
from scraper.pages.titles import kind_of_title
from scraper.pages.urls import find_urn, get_file_id, provider_url, search_url

# Raised whenever the same bytes give other records: stored validators of an older version are then void.
PAGES_VERSION = 1

__all__ = [
    "PAGES_VERSION",
    "PageBroken",
    "ProviderPage",
    "SearchPage",
    "find_urn",
    "get_file_id",
    "kind_of_title",
    "parse_provider_page",
    "parse_search_page",
    "provider_url",
    "search_url",
]
