"""HTML to records: pure functions of bytes and the URL they came from."""

from scraper.pages.article import Article
from scraper.pages.feeds import FEEDS_VERSION, Feed, FeedItem, FeedKind, parse_feed
from scraper.pages.identities import canonicalise, find_identity, host_family, is_same_family
from scraper.pages.listings import LISTINGS_VERSION, parse_listing
from scraper.pages.markup import PageBroken
from scraper.pages.provider import ProviderPage, parse_provider_page
from scraper.pages.search import SearchPage, parse_search_page
from scraper.pages.stories import ARTICLES_VERSION, parse_article
from scraper.pages.titles import kind_of_title
from scraper.pages.urls import find_urn, get_file_id, provider_url, search_url

# Raised whenever the same bytes give other records: stored validators of an older version are then void.
PAGES_VERSION = 1

__all__ = [
    "ARTICLES_VERSION",
    "FEEDS_VERSION",
    "LISTINGS_VERSION",
    "PAGES_VERSION",
    "Article",
    "Feed",
    "FeedItem",
    "FeedKind",
    "PageBroken",
    "ProviderPage",
    "SearchPage",
    "canonicalise",
    "find_identity",
    "find_urn",
    "get_file_id",
    "host_family",
    "is_same_family",
    "kind_of_title",
    "parse_article",
    "parse_feed",
    "parse_listing",
    "parse_provider_page",
    "parse_search_page",
    "provider_url",
    "search_url",
]
