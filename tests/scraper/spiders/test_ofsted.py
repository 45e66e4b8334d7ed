"""Real crawls of a small replica: what is asked, what is found, what is noted."""

from collections.abc import Iterator

import pytest

from state import Kind, Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import PDF, Site
from tests.servers.web import WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture
def site(web: WebServer) -> Site:
    site = Site(web, etags=True)
    wakefield = site.authority("80451", "Wakefield")
    wakefield.publish("50100001", "Children's services focused visit", "22 March 2018")
    wakefield.publish("50121234", "Monitoring visit", "01 November 2019")
    site.authority("80550", "Leeds").publish("50100002", "Children’s services inspection", "10 May 2018")
    site.refresh()
    return site


def test_a_sweep_brings_home_every_publication_with_its_document(web: WebServer, site: Site) -> None:
    desk = RecordingDesk()
    assert run_crawl(desk, web.url()) == "finished"
    assert {look.outcome for look in desk.looks} == {Outcome.OK}
    assert sorted(look.page for look in desk.looks) == ["document"] * 3 + ["provider"] * 2 + ["search"]
    assert {row.name for row in desk.authorities} == {"Wakefield", "Leeds"}
    found = desk.get_found("50121234")
    assert found.sighting.kind is Kind.MONITORING_VISIT
    assert found.document is not None
    assert found.document.sha256 is not None
    assert desk.bodies[found.document.sha256] == PDF
    assert found.document.reading == desk.reading
