"""A web server and a small replica of the reports site."""

from collections.abc import Iterator

import pytest

from tests.servers.ofsted import Site
from tests.servers.web import WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture
def site(web: WebServer) -> Site:
    """Wakefield with two publications and Leeds with one."""
    site = Site(web, etags=True)
    wakefield = site.authority("80451", "Wakefield")
    wakefield.publish("50100001", "Children's services focused visit", "22 March 2018")
    wakefield.publish("50121234", "Monitoring visit", "25 October 2019")
    site.authority("80550", "Leeds").publish("50100002", "Children’s services inspection", "10 May 2018")
    site.refresh()
    return site
