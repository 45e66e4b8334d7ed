"""Real crawls of a small replica: what is asked, what is found, what is noted."""

import inspect
from dataclasses import replace

from scrapy.spiderloader import SpiderLoader

from scraper.pages import PAGES_VERSION
from scraper.spiders.ofsted import OfstedSpider
from state import Kind, Outcome, PageLook, Rhythm, Validators
from tests.scraper.crawling import RecordingDesk, crawl_settings, run_crawl
from tests.servers.ofsted import LEEDS, PDF, SEARCH, WAKEFIELD, Place, Site
from tests.servers.web import Answer, WebServer


def test_every_spider_starts_with_async_start() -> None:
    loader = SpiderLoader.from_settings(crawl_settings("http://127.0.0.1"))
    spiders = [loader.load(name) for name in loader.list()]
    assert spiders
    for spider in spiders:
        assert inspect.isasyncgenfunction(vars(spider)["start"]), spider.name


def test_a_sweep_brings_home_every_publication_with_its_document(web: WebServer, site: Site) -> None:
    desk = RecordingDesk()
    assert run_crawl(desk, web.url()) == "finished"
    assert {look.outcome for look in desk.looks} == {Outcome.OK}
    assert sorted(look.page for look in desk.looks) == ["document"] * 3 + ["provider"] * 2 + ["search"]
    assert {row.name for row in desk.authorities} == {"Wakefield", "Leeds"}
    search, wakefield = desk.looks[0], desk.get_look(web.url(WAKEFIELD))
    assert (search.rows, search.expected_rows, wakefield.rows, wakefield.urn) == (2, 2, 2, "80451")
    assert {found.sighting.file_id for found in desk.found} == {"50100001", "50121234", "50100002"}
    found = desk.get_found("50121234")
    assert found.sighting.kind is Kind.MONITORING_VISIT
    assert found.document is not None
    assert found.document.sha256 is not None
    assert found.document.headers["content-type"] == "application/pdf"
    assert found.document.size == len(PDF)
    assert desk.bodies[found.document.sha256] == PDF
    assert found.document.reading == desk.reading


def test_it_says_who_asks_and_asks_robots_first(web: WebServer, site: Site) -> None:
    run_crawl(RecordingDesk(), web.url())
    assert web.asked()[0].path == "/robots.txt"
    assert {ask.headers["user-agent"] for ask in web.asked()} == {
        "Letterwatch/test (+https://example.org/letterwatch)"
    }
    assert not any("cookie" in ask.headers for ask in web.asked())


def test_documents_are_asked_for_before_the_rest_of_the_pages(web: WebServer, site: Site) -> None:
    site.authority("80560", "Doncaster")
    site.refresh()
    run_crawl(RecordingDesk(), web.url())
    paths = [ask.path for ask in web.asked()]
    assert paths.index("/v1/file/50121234") < paths.index("/provider/44/80560")


def test_a_second_sweep_finds_pages_unchanged_and_fetches_no_document(web: WebServer, site: Site) -> None:
    first = RecordingDesk()
    run_crawl(first, web.url())
    web.forget()
    desk = first.settle()
    run_crawl(desk, web.url())
    assert desk.outcomes("provider") == [Outcome.NOT_MODIFIED] * 2
    assert desk.found == []
    assert not [ask for ask in web.asked() if ask.path.startswith("/v1/")]
    assert sum(look.bytes_received for look in desk.looks if look.page == "provider") == 0
    assert first.get_look(web.url(WAKEFIELD)).validators is not None
    assert desk.get_look(web.url(WAKEFIELD)).validators is None  # those that are known still hold


def test_the_same_bytes_are_unchanged_without_any_validator(web: WebServer, site: Site) -> None:
    web.serve(WAKEFIELD, Answer(site.places[0].render()))
    first = RecordingDesk()
    run_crawl(first, web.url())
    desk = first.settle()
    run_crawl(desk, web.url())
    assert desk.get_look(web.url(WAKEFIELD)).outcome is Outcome.NOT_MODIFIED
    assert desk.get_look(web.url(WAKEFIELD)).status == 200


def test_bytes_are_counted_as_they_came_over_the_wire(web: WebServer, site: Site) -> None:
    page = site.places[0].render() + "<!-- padding -->" * 1000
    web.serve(WAKEFIELD, Answer(page, gzipped=True))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    look = desk.get_look(web.url(WAKEFIELD))
    assert look.outcome is Outcome.OK
    assert 0 < look.bytes_received < len(page) // 10


def test_validators_of_an_older_parser_are_void(web: WebServer, site: Site) -> None:
    first = RecordingDesk()
    run_crawl(first, web.url())
    desk = first.settle()
    old = {url: replace(held, parser_version=PAGES_VERSION - 1) for url, held in desk.validators.items()}
    desk.validators = old
    run_crawl(desk, web.url())
    assert desk.outcomes("provider") == [Outcome.OK] * 2


def test_a_new_publication_is_fetched_and_the_known_ones_are_not(web: WebServer, site: Site) -> None:
    first = RecordingDesk()
    run_crawl(first, web.url())
    site.places[0].publish("50130000", "Monitoring visit", "01 November 2019")
    site.refresh()
    web.forget()
    desk = first.settle()
    run_crawl(desk, web.url())
    assert [ask.path for ask in web.asked() if ask.path.startswith("/v1/")] == ["/v1/file/50130000"]
    documents = {found.sighting.file_id: found.document is not None for found in desk.found}
    assert documents == {"50130000": True, "50121234": False, "50100001": False}


def test_a_chosen_authority_is_shown_whole_changed_or_not(web: WebServer, site: Site) -> None:
    first = RecordingDesk()
    run_crawl(first, web.url())
    web.forget()
    desk = first.settle()
    run_crawl(desk, web.url(), authority="wakefield", rhythm="chosen")
    assert [ask.path for ask in web.asked()] == [WAKEFIELD]
    assert [found.sighting.file_id for found in desk.found] == ["50121234", "50100001"]


def test_since_limits_the_search_and_the_entries(web: WebServer, site: Site) -> None:
    desk = RecordingDesk()
    run_crawl(desk, web.url(), since="2019-01-01")
    assert "latest_report_date_start=01-01-2019" in web.asked(SEARCH)[0].path
    assert {found.sighting.file_id for found in desk.found} == {"50121234"}
    page: PageLook = desk.get_look(web.url(WAKEFIELD))
    assert page.validators is None, "a later sweep must read the page as a whole"


def test_unknown_authorities_stop_the_crawl_with_one_line(web: WebServer, site: Site) -> None:
    reason = run_crawl(RecordingDesk(), web.url(), authority="wakefeild")
    assert reason == 'authority: unknown authority "wakefeild"; did you mean "Wakefield"?'
    assert web.asked() == []


def test_a_limited_crawl_is_judged_as_such() -> None:
    assert OfstedSpider(authority="leeds").rhythm is Rhythm.CHOSEN
    assert OfstedSpider(since="2019-10-01").rhythm is Rhythm.CHOSEN
    assert OfstedSpider(rhythm="poll").rhythm is Rhythm.POLL
    assert OfstedSpider().rhythm is Rhythm.SWEEP


def test_a_redesign_of_one_page_leaves_the_others(web: WebServer, site: Site) -> None:
    web.serve(WAKEFIELD, Answer('<h1 class="heading--title">Wakefield</h1><main>Reports'))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    look = desk.get_look(web.url(WAKEFIELD))
    assert (look.outcome, look.cause) == (
        Outcome.BROKEN, "the page has a heading but no timeline of reports"
    )  # fmt: skip
    assert look.page_sha256 in desk.bodies
    assert desk.get_look(web.url(LEEDS)).outcome is Outcome.OK


def test_what_is_awaited_is_asked_again_though_the_page_is_unchanged(web: WebServer, site: Site) -> None:
    web.serve("/v1/file/50121234", Answer("gone for now", 404))
    first = RecordingDesk()
    run_crawl(first, web.url())
    missing = first.get_found("50121234")
    assert missing.document is not None
    assert missing.document.outcome is Outcome.GONE
    for rhythm in ("sweep", "poll"):
        desk = first.settle()
        known = desk.known_authorities["80451"]
        waiting = replace(known, awaiting=(missing.sighting,))
        desk.known_authorities = {**desk.known_authorities, "80451": waiting}
        run_crawl(desk, web.url(), rhythm=rhythm)
        again = desk.get_found("50121234")
        assert again.document is not None
        assert (again.document.outcome, again.listed) == (Outcome.GONE, False)


def test_recent_documents_are_rechecked_conditionally_by_a_sweep_only(web: WebServer, site: Site) -> None:
    web.serve("/v1/file/50121234", Answer(PDF, etag='"1"'))
    first = RecordingDesk()
    run_crawl(first, web.url())
    desk = first.settle()
    entry = first.get_found("50121234").sighting
    known = replace(desk.known_authorities["80451"], recheck=(entry,))
    desk.known_authorities = {**desk.known_authorities, "80451": known}
    web.forget()
    run_crawl(desk, web.url())
    document = desk.get_found("50121234").document
    assert document is not None
    assert (document.outcome, document.sha256) == (Outcome.NOT_MODIFIED, None)
    web.forget()
    run_crawl(desk, web.url(), rhythm="poll")
    assert web.asked("/v1/file/50121234") == []


def test_a_document_is_rechecked_though_its_page_lists_it_no_more(web: WebServer, site: Site) -> None:
    first = RecordingDesk()
    run_crawl(first, web.url())
    entry = first.get_found("50121234").sighting
    desk = first.settle()
    known = replace(desk.known_authorities["80451"], recheck=(entry,))
    desk.known_authorities = {**desk.known_authorities, "80451": known}
    site.places[0].entries = [each for each in site.places[0].entries if "50121234" not in each.href]
    site.refresh()
    web.serve("/v1/file/50121234", Answer("gone", 410))
    run_crawl(desk, web.url())
    found = desk.get_found("50121234")
    assert found.document is not None
    assert (found.document.outcome, found.listed) == (Outcome.GONE, False)


def test_another_page_behind_an_authoritys_address_is_broken(web: WebServer, site: Site) -> None:
    web.serve(WAKEFIELD, Answer(status=302, headers={"Location": LEEDS}))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert desk.get_look(web.url(WAKEFIELD)).cause == "the page is that of 80550, not of 80451"


def test_validators_do_not_travel_along_a_redirect(web: WebServer, site: Site) -> None:
    web.serve(WAKEFIELD, Answer(status=302, headers={"Location": f"{WAKEFIELD}/"}))
    web.serve(f"{WAKEFIELD}/", Answer(site.places[0].render(), etag='"other"'))
    url = web.url(WAKEFIELD)
    desk = RecordingDesk(validators={url: Validators('"1"', None, "0" * 64, PAGES_VERSION)})
    run_crawl(desk, web.url())
    assert web.asked(WAKEFIELD)[0].headers["if-none-match"] == '"1"'
    assert "if-none-match" not in web.asked(f"{WAKEFIELD}/")[0].headers
    held = desk.get_look(url).validators
    assert held is not None
    assert held.etag is None


def test_one_letter_on_two_pages_is_two_publications(web: WebServer) -> None:
    site = Site(web)
    for urn, name in (("2637544", "North Northamptonshire"), ("2637545", "West Northamptonshire")):
        site.authority(urn, name).publish("50180000", "Monitoring visit", "01 June 2021")
    site.refresh()
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    fetched = [found.sighting.key for found in desk.found if found.document]
    assert fetched == [("2637544", "50180000"), ("2637545", "50180000")]


def test_a_place_without_reports_is_read(web: WebServer) -> None:
    site = Site(web)
    site.places.append(Place("80999", "Newshire"))
    site.refresh()
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert desk.get_look(web.url("/provider/44/80999")).rows == 0
