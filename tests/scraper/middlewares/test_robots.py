"""robots.txt is obeyed, remembered, and never guessed."""

from time import monotonic

import pytest

from state import Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.ofsted import WAKEFIELD, Site
from tests.servers.web import Answer, Ask, WebServer, busy, redirect


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
        Outcome.TRANSIENT, "not asked without robots.txt: the server answered 503 (Service Unavailable)"
    )  # fmt: skip
    assert {ask.path for ask in web.asked()} == {"/robots.txt"}
    assert desk.robots == {}


@pytest.mark.parametrize("remembered", [False, True])
def test_the_pause_it_asks_for_is_kept(web: WebServer, site: Site, remembered: bool) -> None:
    desk = RecordingDesk()
    serve_robots(web, desk, "Crawl-delay: 0.2", remembered=remembered)
    came_at: list[float] = []

    def note(_ask: Ask) -> Answer:
        came_at.append(monotonic())
        return Answer(status=404)

    web.serve(WAKEFIELD, note)
    web.serve("/provider/44/80550", note)
    run_crawl(desk, web.url())
    first, second = came_at
    assert second - first >= 0.19


def test_a_host_that_asks_for_a_day_gets_what_we_give_at_most(
    web: WebServer, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.middlewares.robots._LONGEST_DELAY", 0.02)
    desk = RecordingDesk()
    serve_robots(web, desk, "Crawl-delay: 86400", remembered=False)
    run_crawl(desk, web.url())
    assert {look.outcome for look in desk.looks} == {Outcome.OK}


def serve_robots(web: WebServer, desk: RecordingDesk, line: str, *, remembered: bool) -> None:
    text = f"User-agent: *\n{line}\n"
    web.serve("/robots.txt", Answer(text, content_type="text/plain"))
    if remembered:
        desk.robots[web.host] = text


def test_it_may_be_redirected_but_not_to_strangers(web: WebServer, site: Site) -> None:
    web.serve("/robots.txt", redirect("/rules"))
    web.serve("/rules", Answer("User-agent: *\nDisallow: /\n"))
    desk = RecordingDesk()
    run_crawl(desk, web.url())
    assert [look.outcome for look in desk.looks] == [Outcome.BLOCKED]
    with WebServer() as stranger:
        stranger.serve("/robots.txt", Answer("User-agent: *\nAllow: /\n"))
        web.serve("/robots.txt", redirect(stranger.url("/robots.txt")))
        desk = RecordingDesk()
        run_crawl(desk, web.url())
        assert stranger.connections == 0
    assert "which is not configured so" in (desk.looks[0].cause or "")
    assert [look.outcome for look in desk.looks] == [Outcome.BROKEN]
