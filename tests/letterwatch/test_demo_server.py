"""The replica of Ofsted's site over real HTTP."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup

from letterwatch.demo.corpus import CorpusError, load_corpus
from letterwatch.demo.replica import load_replica
from letterwatch.demo.server import Fault, ReplicaServer
from scraper.pages import parse_provider_page, parse_search_page
from state import Kind

EVE = date(2019, 10, 31)
LETTER = "50121234"


@pytest.fixture
def site() -> Iterator[ReplicaServer]:
    with ReplicaServer(load_replica().until(EVE)) as server:
        yield server


def get(site: ReplicaServer, path: str, **headers: str) -> requests.Response:
    return requests.get(site.url + path, headers=headers, timeout=5)


def names(site: ReplicaServer, query: str) -> list[str]:
    page = BeautifulSoup(get(site, f"/search?{query}").text, "lxml")
    return [link.get_text() for link in page.select(".search-result__title a")]


def test_every_document_of_the_replica_is_there() -> None:
    replica = load_replica()
    assert all(each.body.is_file() for each in replica.publications)
    assert {each.urn for each in replica.publications} == {each.urn for each in replica.authorities}


def test_search_counts_and_pages_through_all_authorities(site: ReplicaServer) -> None:
    page = BeautifulSoup(get(site, "/search?level_2_types[]=12&rows=5").text, "lxml")
    onward = page.select_one("a.pagination__next")
    assert [count.get_text() for count in page.select(".results-count")] == ["9", "9"]
    assert onward is not None
    rest = BeautifulSoup(get(site, str(onward["href"])).text, "lxml")
    assert len(page.select(".search-result")) == 5
    assert len(rest.select(".search-result")) == 4
    assert rest.select_one("a.pagination__next") is None


def test_search_sorts_and_filters(site: ReplicaServer) -> None:
    assert names(site, "sort=date&order=desc&rows=2") == ["Blackpool", "Kirklees"]
    assert names(site, "local_authority[]=384") == ["Wakefield"]
    assert names(site, "latest_report_date_start=01-08-2019&latest_report_date_end=05-08-2019") == [
        "Kirklees"
    ]
    assert names(site, "level_2_types[]=11") == []


def test_a_letter_appears_when_it_is_published(site: ReplicaServer) -> None:
    assert get(site, f"/v1/file/{LETTER}").status_code == 404
    site.publish(load_replica().get(LETTER))
    timeline = BeautifulSoup(get(site, "/provider/44/80451").text, "lxml").select(
        "ol.timeline a.publication-link"
    )
    assert str(timeline[0]["href"]) == f"{site.url}/v1/file/{LETTER}"
    assert "Monitoring visit, PDF - 01 November 2019" in timeline[0].get_text()
    assert names(site, "sort=date&order=desc&rows=1") == ["Wakefield"]
    assert get(site, f"/v1/file/{LETTER}").content.startswith(b"%PDF-")
    site.withdraw(LETTER)
    assert get(site, f"/v1/file/{LETTER}").status_code == 404


@pytest.mark.parametrize("path", ["/search?rows=100", "/provider/44/80451", "/v1/file/50004490"])
def test_what_has_not_changed_is_not_sent_again(site: ReplicaServer, path: str) -> None:
    first = get(site, path)
    before = site.traffic
    again = get(site, path, **{"If-None-Match": first.headers["ETag"]})
    quiet = site.traffic.since(before)
    assert (again.status_code, again.content) == (304, b"")
    assert (quiet.requests, quiet.not_modified) == (1, 1)
    assert quiet.bytes < 300


def test_last_modified_serves_as_validator_too(site: ReplicaServer) -> None:
    first = get(site, "/v1/file/50004490")
    again = get(site, "/v1/file/50004490", **{"If-Modified-Since": first.headers["Last-Modified"]})
    assert again.status_code == 304


def test_the_scraper_reads_its_pages_whole(site: ReplicaServer) -> None:
    search_url, page_url = f"{site.url}/search?rows=100", f"{site.url}/provider/44/80451"
    listed = parse_search_page(requests.get(search_url, timeout=5).content, search_url)
    wakefield = parse_provider_page(requests.get(page_url, timeout=5).content, page_url)
    expected = site.replica.of_authority("80451")
    assert (listed.total, len(listed.rows)) == (9, 9)
    assert [(each.file_id, each.published_on, each.visited_on) for each in wakefield.entries] == [
        (each.file_id, each.published_on, each.visited_on) for each in expected
    ]
    assert [each.kind for each in wakefield.entries] == [
        Kind.MONITORING_VISIT,
        Kind.INSPECTION,
        Kind.FOCUSED_VISIT,
    ]


def test_faults_come_and_go(site: ReplicaServer) -> None:
    site.fault = Fault.BLOCKED
    assert get(site, "/search").status_code == 403
    assert get(site, "/robots.txt").status_code == 200
    site.fault = Fault.SOFT_ERROR
    assert "Slim Application Error" in get(site, "/provider/44/80451").text
    site.fault = Fault.REDESIGN
    assert "timeline" not in get(site, "/provider/44/80451").text
    site.fault = Fault.NONE
    assert "timeline" in get(site, "/provider/44/80451").text


def test_it_can_be_out_of_reach_and_come_back_on_its_port(site: ReplicaServer) -> None:
    url = site.url
    site.stop()
    with pytest.raises(requests.ConnectionError):
        get(site, "/search")
    site.start()
    assert site.url == url
    assert get(site, "/search").status_code == 200


def test_what_nobody_knows_is_not_found(site: ReplicaServer) -> None:
    assert [get(site, path).status_code for path in ("/", "/provider/44/1", "/v1/file/1")] == [404, 404, 404]
    assert site.traffic.requests == 3


def test_the_corpus_makes_a_replica_of_all_its_documents(corpus: Path) -> None:
    replica = load_corpus(corpus)
    wakefield = {each.file_id for each in replica.of_authority("80451")}
    assert len(replica.publications) == len({each.file_id for each in replica.publications}) == 287
    assert {each.urn for each in replica.authorities} == {each.urn for each in replica.publications}
    assert {"50004490", "50174905", "50282475"} <= wakefield


def test_a_folder_that_is_no_corpus_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no truth\.csv"):
        load_corpus(tmp_path)
