"""A page of the search: how many authorities there are, and the date of each one's newest report."""

from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from scraper.pages.markup import PageBroken, find_date, get_attribute, get_text, parse_markup
from scraper.pages.urls import find_urn, get_joined
from state import AuthoritySighting


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results; `total` counts those of all pages."""

    total: int
    rows: tuple[AuthoritySighting, ...]
    next_url: str | None

    @property
    def is_newest_first(self) -> bool:
        """True where the dates fall from row to row; rows without a date come last."""
        dates = [row.latest_report_on.toordinal() if row.latest_report_on else 0 for row in self.rows]
        return dates == sorted(dates, reverse=True)


def parse_search_page(body: bytes, url: str) -> SearchPage:
    """Reads a page of results; raises PageBroken where it is anything else."""
    soup = parse_markup(body)
    total = _get_total(soup)
    rows = tuple(_parse_row(item, url) for item in soup.select("li.search-result"))
    if total > 0 and not rows:
        raise PageBroken(f"the search counts {total} results and lists none")
    if len(rows) > total:
        raise PageBroken(f"the search counts {total} results and lists {len(rows)}")
    following = soup.select_one("a.pagination__next, .pagination__next a")
    next_url = (
        get_joined(url, get_attribute(following, "href"), "the link to the next page") if following else None
    )
    return SearchPage(total, rows, next_url)


def _get_total(soup: BeautifulSoup) -> int:
    """The count of results, which stands twice on the page."""
    counts = {get_text(tag).replace(",", "") for tag in soup.select(".results-count")}
    if not counts:
        raise PageBroken("the page has no count of results")
    count = counts.pop()
    if counts or not count.isdecimal() or len(count) > 6:
        raise PageBroken("the page's count of results is not one number")
    return int(count)


def _parse_row(item: Tag, url: str) -> AuthoritySighting:
    link = item.select_one(".search-result__title a") or item.select_one("a")
    if link is None:
        raise PageBroken("a result has no link")
    page_url = get_joined(url, get_attribute(link, "href"), "a result")
    urn = find_urn(page_url)
    if urn is None:
        raise PageBroken(f'the result "{get_text(link)[:80]}" is no local authority')
    return AuthoritySighting(urn, get_text(link), page_url, find_date(_find_fact(item, "latest report")))


def _find_fact(item: Tag, label: str) -> str:
    """What stands behind a label in the row's lists of facts; empty where the label is missing."""
    for fact in item.select(".search-result__provider-info li"):
        name, _, value = get_text(fact).partition(":")
        if name.strip().casefold() == label:
            return value
    return ""
