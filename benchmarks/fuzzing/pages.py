"""Pages, feeds and articles: read, or refused as PageBroken with one line for a cause."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.fuzzing.target import Target, expect
from letterwatch.demo.pages import render_provider, render_search
from letterwatch.demo.replica import load_replica
from letterwatch.demo.search import Found
from scraper.coverage import judge_article
from scraper.pages import (
    PageBroken,
    parse_article,
    parse_feed,
    parse_listing,
    parse_provider_page,
    parse_search_page,
)
from scraper.pages.govuk import from_feed, judge_notice, parse_content, parse_search

PRESS = Path(__file__).resolve().parents[2] / "tests" / "scraper" / "pages" / "press"
SITE = "https://reports.ofsted.gov.uk"
PAPER = "https://www.wakefieldexpress.co.uk/news/a-1234567"
_FILE_ID = re.compile(r"[A-Za-z0-9-]{1,40}")
NOTICES = {
    "results": [
        {
            "title": "Children’s social care in England 2019",
            "link": "/government/news/x",
            "description": "Main findings",
            "public_timestamp": "2019-11-01T09:30:00.000+00:00",
        }
    ],
    "details": {"body": "<p>Ofsted has published …</p>", "parts": [{"body": "<h2>More</h2>"}]},
}


def list_page_targets() -> Iterator[Target]:
    """Every kind of page there is."""
    replica = load_replica()
    first = replica.authorities[:5]
    found = Found(tuple(first), len(first), None)
    providers = [render_provider(replica, each.urn, SITE).encode() for each in first]
    yield Target("search pages", [render_search(replica, found).encode()], _read_search)
    yield Target("authorities' pages", providers, _read_provider)
    notices = [json.dumps(NOTICES, ensure_ascii=plain).encode() for plain in (False, True)]
    yield Target("GOV.UK answers", notices, _read_notices)
    yield Target("feeds and sitemaps", _read_press("feed", "sitemap"), _read_feed)
    yield Target("councils' and papers' lists", _read_press("listing"), _reading(parse_listing))
    yield Target("articles and what they are about", _read_press("article"), _read_article)


def _read_press(*kinds: str) -> list[bytes]:
    files = (path for kind in kinds for path in sorted(PRESS.glob(f"*.{kind}.*")))
    return [path.read_bytes() for path in files if not path.name.endswith(".expected.json")]


def _reading(
    parse: Callable[[bytes, str], Any], check: Callable[[Any], None] | None = None
) -> Callable[[bytes], str]:
    def attempt(body: bytes) -> str:
        try:
            page = parse(body, PAPER)
        except PageBroken as broken:
            expect(broken.cause and "\n" not in broken.cause, "a cause that is not one line")
            return "refused"
        if check:
            check(page)
        return "read"

    return attempt


def _read_search(body: bytes) -> str:
    return _reading(lambda page, _url: parse_search_page(page, f"{SITE}/search?q="), _check_search)(body)


def _check_search(page: Any) -> None:
    expect(all(row.urn.isdecimal() for row in page.rows), "a URN that is no number")
    expect(
        all(row.page_url.startswith(("http://", "https://")) for row in page.rows),
        "a page that is no address",
    )


def _read_provider(body: bytes) -> str:
    return _reading(
        lambda page, _url: parse_provider_page(page, f"{SITE}/provider/44/80451"), _check_provider
    )(body)


def _check_provider(page: Any) -> None:
    ids = [entry.file_id for entry in page.entries]
    expect(len(ids) == len(set(ids)), "one entry twice")
    expect(all(_FILE_ID.fullmatch(entry.file_id) for entry in page.entries), "a file id of another shape")
    for text in (page.name, *(entry.title for entry in page.entries)):
        expect(
            text.isprintable() and len(text) <= 500, f"a text that is not one printable line: {text[:80]!r}"
        )


def _read_notices(body: bytes) -> str:
    said = _reading(parse_search, lambda items: [judge_notice(item) for item in items])(body)
    return said if _reading(parse_content)(body) == "refused" else "read"


def _read_feed(body: bytes) -> str:
    return _reading(parse_feed, from_feed)(body)


def _read_article(body: bytes) -> str:
    return _reading(parse_article, lambda article: judge_article(article, "a paper"))(body)
