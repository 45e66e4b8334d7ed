"""The search page in its template, and everything that only looks like it."""

from datetime import date

import pytest

from scraper.pages import PageBroken, parse_search_page

URL = "https://reports.ofsted.gov.uk/search?start=0&rows=100"
ROW = """<li class="search-result">
  <h3 class="search-result__title heading--main"><a href="/provider/44/80451">Wakefield</a></h3>
  <ul class="search-result__provider-info">
  <li>Category: <strong>Local authority children's services</strong></li></ul>
  <address class="search-result__address">Town Hall: Wood Street</address>
  <ul class="search-result__provider-info"><li>Rating: <strong>Good</strong></li></ul>
  <ul class="search-result__provider-info"><li>Latest report: <strong><time>18 July 2025</time></strong></li>
  <li>URN: <strong>80451</strong></li></ul></li>"""
BARE_ROW = """<li class="search-result">
  <h3 class="search-result__title"><a href="/provider/44/80550">Leeds</a></h3></li>"""
NEXT = '<div class="pagination"><a class="pagination__next" href="/search?a=1&amp;start=100">Next</a></div>'


def page(rows: str, count: str = "1", count_again: str | None = None, rest: str = "") -> bytes:
    again = count if count_again is None else count_again
    return f"""<html><head><link rel="canonical" href="https://reports.ofsted.gov.uk/"></head><body>
      <h2><strong class="results-count js-results-count">{count}</strong><strong> results</strong></h2>
      <p class="results-count">{again}</p><ul class="results-list list-unstyled">{rows}</ul>{rest}""".encode()


def test_rows_count_and_next_page() -> None:
    found = parse_search_page(page(ROW + BARE_ROW, "1,153", rest=NEXT), URL)
    assert found.total == 1153
    wakefield, leeds = found.rows
    assert (wakefield.urn, wakefield.name) == ("80451", "Wakefield")
    assert wakefield.page_url == "https://reports.ofsted.gov.uk/provider/44/80451"
    assert wakefield.latest_report_on == date(2025, 7, 18)
    assert leeds.latest_report_on is None
    assert found.next_url == "https://reports.ofsted.gov.uk/search?a=1&start=100"
    assert found.is_newest_first
    assert not parse_search_page(page(BARE_ROW + ROW, "2"), URL).is_newest_first


def test_an_empty_search_is_a_page_with_a_count_of_nought() -> None:
    found = parse_search_page(page("", "0"), URL)
    assert (found.total, found.rows, found.next_url) == (0, (), None)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"<html><body><ul><li class='search-result'></ul>", "no count"),
        (page("", "153"), "counts 153 results and lists none"),
        (page(ROW + BARE_ROW, "1"), "counts 1 results and lists 2"),
        (page(ROW, "1", count_again="2"), "not one number"),
        (page(ROW, "many"), "not one number"),
        (page('<li class="search-result">Wakefield</li>'), "no link"),
        (page('<li class="search-result"><a href="">Wakefield</a></li>'), "leads nowhere"),
        (page('<li class="search-result"><a href="javascript:go()">Wakefield</a></li>'), "leads nowhere"),
        (page('<li class="search-result"><a href="http://[oops">Wakefield</a></li>'), "no local authority"),
        (page(ROW.replace("/provider/44/", "/provider/2/")), '"Wakefield" is no local authority'),
        (page(ROW, rest='<a class="pagination__next">Next</a>'), "next page leads nowhere"),
        (b"", "something else than a web page"),
        (b"%PDF-1.7", "something else than a web page"),
        (b"<?xml version='1.0'?><feed/>", "something else than a web page"),
        (b"<p>" + b"x" * 2_000_000, "bytes, more than"),
        (b"<p>" * 60_000, "more than 50,000 tags"),
    ],
)
def test_anything_else_is_broken_and_says_why(body: bytes, cause: str) -> None:
    with pytest.raises(PageBroken) as broken:
        parse_search_page(body, URL)
    assert cause in broken.value.cause
    assert "\n" not in broken.value.cause


def test_the_depths_of_a_hostile_page_are_survived() -> None:
    assert len(parse_search_page(page("<div>" * 20_000 + ROW), URL).rows) == 1
