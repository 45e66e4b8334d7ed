"""The news spider on a real server: conditional, sparing, polite, and once only."""

import pytest

from scraper.sources import NewsSource
from state import ArticleFound, Outcome
from tests.scraper.coverage.stories import LETTERS
from tests.scraper.crawling import RecordingDesk
from tests.scraper.spiders.newsroom import OFSTED, PAPER, Newsroom, crawl, follow_up
from tests.servers.web import Answer, WebServer


@pytest.fixture
def newsroom(web: WebServer) -> Newsroom:
    newsroom = Newsroom(web)
    newsroom.publish("United beat City in the cup", 1000001)
    newsroom.publish(OFSTED, 1000002)
    newsroom.publish("Council to raise parking charges", 1000003)
    return newsroom


def told(desk: RecordingDesk) -> list[ArticleFound]:
    return desk.articles


def test_only_the_story_that_may_matter_is_opened(newsroom: Newsroom) -> None:
    desk = RecordingDesk()
    assert crawl(desk, newsroom.source) == "finished"
    assert [ask.path for ask in newsroom.web.asked() if ask.path.startswith("/news")] == [
        "/news/story-1000002"
    ]
    [feed] = desk.feeds
    assert (feed.source, feed.look.outcome, feed.look.rows, feed.wanted) == (PAPER, Outcome.OK, 3, 1)
    [found] = told(desk)
    assert found.in_scope
    assert found.urns == ("80451",)
    assert found.source == PAPER
    assert "social workers know the children well" not in found.model_dump_json()  # never the story's text


def test_we_say_who_we_are_and_ask_robots_first(newsroom: Newsroom) -> None:
    crawl(RecordingDesk(), newsroom.source)
    asks = newsroom.web.asked()
    assert asks[0].path == "/robots.txt"
    assert {ask.headers["user-agent"] for ask in asks} == {
        "Letterwatch/test (+https://example.org/letterwatch)"
    }


def test_an_unchanged_feed_costs_one_conditional_request_and_is_not_parsed(newsroom: Newsroom) -> None:
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    before = len(newsroom.web.asked())
    again = follow_up(desk)
    crawl(again, newsroom.source)
    assert [feed.look.outcome for feed in again.feeds] == [Outcome.NOT_MODIFIED]
    assert len(newsroom.web.asked()) == before + 1


def test_a_changed_feed_opens_only_what_is_new_or_changed(newsroom: Newsroom) -> None:
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    newsroom.publish("Ofsted inspectors return to Wakefield", 1000004)
    again = follow_up(desk)
    crawl(again, newsroom.source)
    assert [opening.identity.rpartition("/")[2] for opening in again.openings] == ["1000004"]
    newsroom.items[1] = newsroom.items[1].replace("steady progress", "steady, steady progress")
    newsroom.serve_feed(newsroom.answer())
    third = follow_up(again)
    crawl(third, newsroom.source)
    assert [opening.identity.rpartition("/")[2] for opening in third.openings] == ["1000002"]


def test_an_old_story_stays_closed(web: WebServer) -> None:
    newsroom = Newsroom(web)
    newsroom.publish(OFSTED, 1000001, on="Fri, 01 Mar 2019 16:52:00 GMT")
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert (desk.openings, desk.feeds[0].look.rows) == ([], 1)


@pytest.mark.parametrize(
    ("answer", "outcome"), [(Answer("No", 403), Outcome.BLOCKED), (Answer("", 410), Outcome.GONE)]
)
def test_a_story_that_refuses_us_is_judged_by_its_headline_and_not_asked_for_again(
    newsroom: Newsroom, answer: Answer, outcome: Outcome
) -> None:
    newsroom.web.serve("/news/story-1000002", answer)
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert desk.get_look(newsroom.web.url("/news/story-1000002")).outcome is outcome
    [found] = told(desk)
    assert (found.title, found.partial) == (OFSTED, True)
    assert len(desk.openings) == 1
    assert desk.feeds[0].look.outcome is Outcome.OK


def test_a_story_out_of_reach_is_tried_again_next_time(newsroom: Newsroom) -> None:
    newsroom.web.serve("/news/story-1000002", Answer("busy", 503))
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert (told(desk), desk.openings, desk.feeds[0].wanted) == ([], [], 1)


def test_what_robots_forbids_is_not_opened(newsroom: Newsroom) -> None:
    newsroom.web.serve("/robots.txt", Answer("User-agent: *\nDisallow: /news/", content_type="text/plain"))
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert newsroom.web.asked("/news/story-1000002") == []
    assert told(desk)[0].partial


def test_a_feed_that_robots_forbids_is_blocked(newsroom: Newsroom) -> None:
    newsroom.web.serve(
        "/robots.txt", Answer("User-agent: Letterwatch\nDisallow: /", content_type="text/plain")
    )
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert desk.feeds[0].look.outcome is Outcome.BLOCKED
    assert "robots.txt" in (desk.feeds[0].look.cause or "")


def test_a_listing_page_is_read_where_there_is_no_feed(newsroom: Newsroom) -> None:
    page = (
        f'<html><body><main><ul><li><a href="/news/story-1000002">{OFSTED}</a></li></ul></main></body></html>'
    )
    newsroom.web.serve("/newsroom", Answer(page))
    source = NewsSource("Wakefield Council", newsroom.web.url("/newsroom"), is_page=True, council=True)
    desk = RecordingDesk()
    crawl(desk, source)
    assert [found.council for found in told(desk)] == [True]


def test_one_source_or_one_authority_can_be_chosen(newsroom: Newsroom) -> None:
    other = NewsSource("Leeds Live", newsroom.web.url("/other"), urns=("80481",))
    for wish in ({"source": "wakefield express"}, {"authority": "wakefield"}):
        desk = RecordingDesk()
        crawl(desk, newsroom.source, other, **wish)
        assert [feed.source for feed in desk.feeds] == [PAPER]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"source": "Wakefeld Express"}, 'did you mean "Wakefield Express"?'),
        ({"authority": "leeds"}, "no source serves"),
    ],
)
def test_a_wish_that_means_nothing_is_one_line(
    newsroom: Newsroom, wish: dict[str, str], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = RecordingDesk()
    reason = crawl(desk, newsroom.source, **wish)
    assert words in reason
    assert newsroom.web.asked() == []


def test_a_feed_of_hundreds_of_wanted_stories_is_taken_in_portions(web: WebServer) -> None:
    newsroom = Newsroom(web)
    for number in range(50):
        newsroom.publish(f"Ofsted story number {number}", 1000000 + number)
    desk = RecordingDesk()
    crawl(desk, newsroom.source)
    assert (len(desk.openings), desk.feeds[0].wanted) == (40, 50)


def test_a_council_s_papers_are_archived_and_read(newsroom: Newsroom) -> None:
    letter = LETTERS / "wakefield-2019-11-01-monitoring.pdf"
    newsroom.web.serve("/documents/letter.pdf", Answer(letter.read_bytes(), content_type="application/pdf"))
    newsroom.web.serve("/agenda.pdf", Answer(status=404))
    page = f"<p>Read <a href='{newsroom.web.url('/documents/letter.pdf')}'>the letter</a>.</p>"
    page += (
        f"<p><a href='{newsroom.web.url('/agenda.pdf')}'>Agenda</a> <a href='https://a.test/x.pdf'>x</a></p>"
    )
    newsroom.web.serve("/first-letter", Answer(f"<html><body><h1>{OFSTED}</h1>{page}</body></html>"))
    newsroom.list_item(OFSTED, newsroom.web.url("/first-letter"))
    council = NewsSource("Wakefield Council", newsroom.web.url("/rss"), urns=("80451",), council=True)
    desk = RecordingDesk()

    crawl(desk, council)

    [found] = [one for one in desk.found if one.document]
    assert found.sighting.file_id.startswith("council-")
    assert (found.sighting.urn, found.sighting.url) == ("80451", newsroom.web.url("/documents/letter.pdf"))
    assert found.document is not None
    assert found.document.sha256 in desk.bodies
    assert found.document.reading is not None


def test_a_paper_s_documents_are_left_alone(newsroom: Newsroom) -> None:
    page = f"<p><a href='{newsroom.web.url('/documents/letter.pdf')}'>the letter</a></p>"
    newsroom.web.serve("/story-9", Answer(f"<html><body><h1>{OFSTED}</h1>{page}</body></html>"))
    newsroom.list_item(OFSTED, newsroom.web.url("/story-9"))
    crawl(RecordingDesk(), newsroom.source)
    assert "/documents/letter.pdf" not in [ask.path for ask in newsroom.web.asked()]
