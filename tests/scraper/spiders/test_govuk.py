"""GOV.UK on a server of its own: what is a notice, whom it is about, and what stands in where it fails."""

import json

import pytest

from scraper.pages import PageBroken
from scraper.pages.govuk import NoticeItem, judge_notice, parse_content, parse_search
from scraper.spiders.govuk import GovUkSpider
from state import NoticeKind, Outcome
from tests.scraper.crawling import RecordingDesk, run_crawl
from tests.servers.web import Answer, WebServer

RESULTS = [
    {
        "title": "Statutory direction: children’s services in Wakefield",
        "link": "/government/publications/statutory-direction-wakefield",
        "description": "A direction issued under section 497A.",
        "public_timestamp": "2019-10-30T09:30:00Z",
    },
    {
        "title": "Children's services commissioner appointed",
        "link": "/government/publications/commissioner-appointed",
        "description": "The Secretary of State has appointed a commissioner.",
        "public_timestamp": "2019-10-29T09:30:00Z",
    },
    {"title": "New school opens", "link": "/government/news/school", "public_timestamp": ""},
    {"title": "Children's services statistics", "link": "https://elsewhere.example/children"},
]  # fmt: skip
FIELDS = "title,link,description,public_timestamp"


def search_path(organisation: str) -> str:
    order = "order=-public_timestamp"
    return f"/api/search.json?filter_organisations={organisation}&{order}&count=50&fields={FIELDS}"


@pytest.fixture
def govuk(web: WebServer) -> WebServer:
    web.serve(search_path("department-for-education"), Answer(json.dumps({"results": RESULTS}), etag='"1"'))
    web.serve(search_path("ofsted"), Answer(json.dumps({"results": RESULTS[2:3]}), etag='"2"'))
    body = "<p>The commissioner will work with <b>Bradford</b> council.</p>"
    web.serve(
        "/api/content/government/publications/commissioner-appointed",
        Answer(json.dumps({"details": {"body": body}})),
    )
    return web


def crawl(web: WebServer, **known: frozenset[str]) -> RecordingDesk:
    desk = RecordingDesk(notices_known=known.get("known", frozenset()))
    overlay = {"LETTERWATCH_GOVUK_URL": web.url("").rstrip("/")}
    assert run_crawl(desk, "http://127.0.0.1:1", overlay, GovUkSpider) == "finished"
    return desk


def test_notices_are_linked_to_the_authority_that_title_or_text_names(govuk: WebServer) -> None:
    desk = crawl(govuk)
    found = {notice.kind: notice for notice in desk.notices}
    assert set(found) == {NoticeKind.DIRECTION, NoticeKind.COMMISSIONER}
    assert found[NoticeKind.DIRECTION].urns == ("80451",)
    assert found[NoticeKind.COMMISSIONER].urns == ("80449",)
    assert found[NoticeKind.DIRECTION].publisher == "Department for Education"
    assert desk.found == []  # never a letter


def test_what_is_known_is_not_opened_again(govuk: WebServer) -> None:
    desk = crawl(govuk, known=frozenset(result["link"] for result in RESULTS))
    assert desk.notices == []
    assert not [ask for ask in govuk.asked() if ask.path.startswith("/api/content")]


def test_the_feed_stands_in_where_the_search_fails(govuk: WebServer) -> None:
    govuk.serve(search_path("department-for-education"), Answer("Unprocessable", 422))
    entry = (
        "<entry><id>1</id><title>Improvement notice: Wakefield children's services</title>"
        f'<link rel="alternate" href="{govuk.url("/government/publications/notice")}"/>'
        "<updated>2019-10-30T09:30:00Z</updated></entry>"
    )
    govuk.serve(
        "/search/news-and-communications.atom?organisations%5B%5D=department-for-education",
        Answer(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}</feed>'),
    )
    desk = crawl(govuk)
    assert [(notice.kind, notice.urns) for notice in desk.notices] == [
        (NoticeKind.IMPROVEMENT_NOTICE, ("80451",))
    ]
    assert {look.page: look.outcome for look in desk.looks}["atom"] is Outcome.OK


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Direction issued to Tameside council: children's services", NoticeKind.DIRECTION),
        ("Sandwell children's services: improvement notice", NoticeKind.IMPROVEMENT_NOTICE),
        ("Appointment of a children's services commissioner in Slough", NoticeKind.COMMISSIONER),
        ("Changes to the framework for inspecting local authority children's services", NoticeKind.FRAMEWORK),
        ("Children's social care in England: 2026 main findings", NoticeKind.STATISTICS),
        ("Children looked after in England statistics", NoticeKind.STATISTICS),
        ("School inspection handbook", None),
        ("Children's Commissioner for England appointed", None),
        ("Direction of travel for roads", None),
        ("Apprenticeship statistics", None),
    ],
)
def test_rules_say_what_is_a_notice(title: str, kind: NoticeKind | None) -> None:
    assert judge_notice(NoticeItem("/x", title, "", None)) is kind


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"results": 4}', b'{"a":' * 100_000])
def test_an_answer_that_is_none_is_one_line(body: bytes) -> None:
    for parse in (parse_search, parse_content):
        with pytest.raises(PageBroken) as broken:
            parse(body, "https://www.gov.uk/")
        assert "\n" not in broken.value.cause
