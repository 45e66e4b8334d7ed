"""robots.txt is obeyed, remembered, and never guessed."""

from state import Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import Site
from tests.servers.web import Answer, WebServer, busy, redirect

WAKEFIELD = "/provider/44/80451"


def test_what_it_forbids_is_not_asked(web: WebServer, site: Site) -> None:
    web.serve("/robots.txt", Answer(f"User-agent: *\nDisallow: {WAKEFIELD}\n", content_type="text/plain"))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    look = desk.get_look(web.url(WAKEFIELD))
    assert (look.outcome, look.cause) == (
        Outcome.BLOCKED, f"the robots.txt of {web.host} forbids the page"
    )  # fmt: skip
    assert web.asked(WAKEFIELD) == []
    assert desk.get_look(web.url("/provider/44/80550")).outcome is Outcome.OK


def test_rules_for_others_do_not_bind_us_and_ours_do(web: WebServer, site: Site) -> None:
    web.serve(
        "/robots.txt", Answer("User-agent: Other\nDisallow: /\n\nUser-agent: letterwatch\nDisallow: /v1/\n")
    )
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert {look.outcome for look in desk.looks if look.page == "document"} == {Outcome.BLOCKED}
    assert {look.outcome for look in desk.looks if look.page == "provider"} == {Outcome.OK}


def test_it_is_asked_once_a_crawl_and_not_while_the_desk_remembers(web: WebServer, site: Site) -> None:
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert len(web.asked("/robots.txt")) == 1
    assert desk.robots == {web.host: ""}, "404: everything is allowed"
    run_crawl(desk.settle(), web.url())
    assert len(web.asked("/robots.txt")) == 1


def test_while_it_cannot_be_had_nothing_is_asked(web: WebServer, site: Site) -> None:
    web.serve("/robots.txt", busy())
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    [look] = desk.looks
    assert (look.outcome, look.cause) == (
        Outcome.TRANSIENT, "robots.txt: the server answered 503 (Service Unavailable)"
    )  # fmt: skip
    assert {ask.path for ask in web.asked()} == {"/robots.txt"}
    assert desk.robots == {}


def test_it_may_be_redirected_but_not_to_strangers(web: WebServer, site: Site) -> None:
    web.serve("/robots.txt", redirect("/rules"))
    web.serve("/rules", Answer("User-agent: *\nDisallow: /\n"))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert [look.outcome for look in desk.looks] == [Outcome.BLOCKED]
    web.serve("/robots.txt", redirect("http://evil.example/robots.txt"))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert "evil.example" in (desk.looks[0].cause or "")
