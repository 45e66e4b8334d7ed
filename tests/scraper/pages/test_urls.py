"""Addresses: ids of files, URNs, and the search's own query."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from scraper.pages import find_urn, get_file_id, provider_url, search_url


@pytest.mark.parametrize(
    ("url", "file_id"),
    [
        ("https://files.ofsted.gov.uk/v1/file/50121234", "50121234"),
        ("https://files.api.ofsted.gov.uk/v1/file/50121234/", "50121234"),
        ("https://files.ofsted.gov.uk/v1/file/50121234?download=1", "50121234"),
        ("https://reports.ofsted.gov.uk/provider/files/2345678/urn/80451.pdf", "2345678"),
        ("http://127.0.0.1:8123/v1/file/50121234", "50121234"),
    ],
)
def test_the_id_is_the_number_of_the_file(url: str, file_id: str) -> None:
    assert get_file_id(url) == file_id


def test_an_address_of_unknown_shape_has_a_stable_id() -> None:
    one = get_file_id("https://files.ofsted.gov.uk/letters?b=2&a=1#top")
    assert one == get_file_id("http://FILES.ofsted.gov.uk/letters?a=1&b=2")
    assert one != get_file_id("https://files.ofsted.gov.uk/letters?a=1&b=3")
    assert one.startswith("url-")
    assert get_file_id("http://[oops").startswith("url-")


def test_a_urn_is_read_from_a_local_authoritys_address_only() -> None:
    assert find_urn("https://reports.ofsted.gov.uk/provider/44/80451") == "80451"
    assert find_urn("https://reports.ofsted.gov.uk/provider/44/80451/?x=1") == "80451"
    assert find_urn("https://reports.ofsted.gov.uk/provider/2/SC80451") is None
    assert find_urn("http://[oops") is None


def test_the_search_asks_for_local_authorities_childrens_services() -> None:
    url = search_url("https://reports.ofsted.gov.uk/", newest_first=True, since=date(2019, 10, 1))
    assert url.startswith("https://reports.ofsted.gov.uk/search?q=&")
    query = parse_qs(urlsplit(url).query)
    assert query == {
        "level_1_types": ["3"],
        "level_2_types[]": ["12"],
        "start": ["0"],
        "rows": ["100"],
        "sort": ["date"],
        "order": ["desc"],
        "latest_report_date_start": ["01-10-2019"],
    }
    assert "sort" not in search_url("https://reports.ofsted.gov.uk")
    assert provider_url("http://127.0.0.1:1/", "80451") == "http://127.0.0.1:1/provider/44/80451"
