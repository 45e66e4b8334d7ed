"""The cheap rhythm: one search page, and only what looks new."""

from state import Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import SEARCH, WAKEFIELD, Site, render_search
from tests.servers.web import Answer, WebServer, busy


def settle(web: WebServer) -> RecordingDesk:
    """A desk after a sweep and a quiet poll."""
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    desk = desk.settle()
    run_crawl(desk, web.url(), rhythm="poll")
    desk = desk.settle()
    web.forget()
    return desk


def test_a_quiet_poll_is_one_conditional_request(web: WebServer, site: Site) -> None:
    desk = settle(web)
    run_crawl(desk, web.url(), rhythm="poll")
    assert [ask.path.partition("?")[0] for ask in web.asked()] == [SEARCH]
    assert "sort=date&order=desc" in web.asked()[0].path
    assert [(look.outcome, look.bytes_received) for look in desk.looks] == [(Outcome.NOT_MODIFIED, 0)]


def test_only_the_page_with_another_date_is_looked_at(web: WebServer, site: Site) -> None:
    desk = settle(web)
    site.places[0].publish("50130000", "Monitoring visit", "01 November 2019")
    site.refresh()
    run_crawl(desk, web.url(), rhythm="poll")
    assert [ask.path for ask in web.asked()][1:] == [WAKEFIELD, "/v1/file/50130000"]
    assert {found.sighting.file_id for found in desk.found if found.document} == {"50130000"}


def test_a_page_that_failed_is_asked_again_by_the_next_poll(web: WebServer, site: Site) -> None:
    desk = settle(web)
    site.places[0].publish("50130000", "Monitoring visit", "01 November 2019")
    site.refresh()
    web.serve(WAKEFIELD, busy())
    run_crawl(desk, web.url(), rhythm="poll")
    assert desk.get_look(web.url(WAKEFIELD)).outcome is Outcome.TRANSIENT
    site.refresh()
    desk = desk.settle()
    run_crawl(desk, web.url(), rhythm="poll")
    assert desk.get_found("50130000").document is not None


def test_a_second_report_of_the_same_day_is_found_though_the_date_stays(web: WebServer, site: Site) -> None:
    site.places[0].publish("50130000", "Monitoring visit", "04 November 2019")
    site.refresh()
    desk = settle(web)
    site.places[0].publish("50130001", "Children's services focused visit", "04 November 2019")
    site.refresh()
    run_crawl(desk, web.url(), rhythm="poll")
    assert desk.get_found("50130001").document is not None


def test_a_site_that_does_not_sort_is_read_to_the_last_page(web: WebServer, site: Site) -> None:
    desk = settle(web)
    wakefield, leeds = site.places
    site.authority("80560", "Doncaster").publish("50130000", "Monitoring visit", "01 November 2019")
    site.refresh()
    web.serve(SEARCH, Answer(render_search([leeds, wakefield], 3, "/search?page=2")))
    web.serve("/search?page=2", Answer(render_search(site.places[2:], 3)))
    run_crawl(desk, web.url(), rhythm="poll")
    assert desk.get_found("50130000").document is not None


def test_a_sorted_poll_stays_on_the_first_page(web: WebServer, site: Site) -> None:
    desk = settle(web)
    web.serve(SEARCH, Answer(render_search(site.places, 153, "/search?page=2")))
    run_crawl(desk, web.url(), rhythm="poll")
    assert [(look.outcome, look.rows, look.expected_rows) for look in desk.looks] == [(Outcome.OK, 2, 153)]
