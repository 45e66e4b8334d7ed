"""Crawls of a search of several pages: followed to its end, refused where it does not add up."""

from dataclasses import replace

from state import Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import LEEDS, SEARCH, WAKEFIELD, Site, render_search
from tests.servers.web import Answer, WebServer


def test_search_pages_are_followed_to_the_last(web: WebServer, site: Site) -> None:
    web.serve(SEARCH, Answer(render_search(site.places[:1], 2, "/search?page=2")))
    web.serve("/search?page=2", Answer(render_search(site.places[1:], 2)))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert desk.outcomes("search") == [Outcome.OK] * 2
    assert len(desk.outcomes("provider")) == 2


def test_each_page_of_the_search_asks_for_what_is_known_of_its_own_rows(web: WebServer, site: Site) -> None:
    first = RecordingDesk()
    run_crawl(first, web.url())
    web.serve(SEARCH, Answer(render_search(site.places[:1], 2, "/search?page=2")))
    web.serve("/search?page=2", Answer(render_search(site.places[1:], 2)))
    desk = first.settle()
    entry = first.get_found("50121234").sighting
    known = replace(desk.known_authorities["80451"], recheck=(entry,))
    desk.known_authorities = {**desk.known_authorities, "80451": known}
    run_crawl(desk, web.url())
    assert desk.questions == [["80451"], ["80550"]]
    assert desk.foreseen == {web.url(WAKEFIELD), web.url(LEEDS), entry.url}


def test_a_search_that_does_not_add_up_is_broken_and_kept(web: WebServer, site: Site) -> None:
    web.serve(SEARCH, Answer(render_search(site.places, 153)))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    [look] = desk.looks
    assert (look.outcome, look.cause) == (Outcome.BROKEN, "the search counts 153 authorities and lists 2")
    assert look.page_sha256 in desk.bodies


def test_search_pages_that_lead_in_circles_are_broken(web: WebServer, site: Site) -> None:
    web.serve(SEARCH, Answer(render_search(site.places, 4, "/search?page=2")))
    web.serve("/search?page=2", Answer(render_search(site.places, 4, "/search?page=2")))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert desk.outcomes("search") == [Outcome.OK, Outcome.BROKEN]


def test_search_pages_that_list_nobody_new_lead_in_circles(web: WebServer, site: Site) -> None:
    web.serve(SEARCH, Answer(render_search(site.places, 4, "/search?page=2")))
    web.serve("/search?page=2", Answer(render_search(site.places, 4, "/search?page=3")))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert [look.cause for look in desk.looks if look.page == "search"] == [
        None,
        "the search pages lead in circles",
    ]


def test_a_search_of_many_pages_is_read_to_its_end(web: WebServer, site: Site) -> None:
    places = [site.authority(str(80600 + number), f"Borough {number}") for number in range(14)]
    site.refresh()
    for number, place in enumerate(places):
        path = f"/search?page={number}" if number else SEARCH
        following = f"/search?page={number + 1}" if number < len(places) - 1 else None
        web.serve(path, Answer(render_search([place], len(places), following)))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert desk.outcomes("search") == [Outcome.OK] * len(places)
    assert len(desk.outcomes("provider")) == len(places)
