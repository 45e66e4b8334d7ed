"""What stands on each page, and that nothing from outside can be more than text there."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import Config, StateConfig
from letterwatch.demo.page import make_page
from state import (
    AuthorityRef,
    AuthoritySighting,
    DocumentTake,
    Framework,
    Kind,
    Letter,
    Outcome,
    Pace,
    PaceLabel,
    PageLook,
    Paragraph,
    PublicationFound,
    PublicationSighting,
    Quotation,
    Reading,
    Rhythm,
    Section,
    SectionRole,
    SummaryRole,
    Take,
)
from state.storage.database import Database, parse_url
from state.storage.news_schema import articles, coverage, stories
from tests.letterwatch.web.asking import ask
from tests.letterwatch.web.conftest import Told, opened, served
from tests.states import place_state

WAKEFIELD, LETTER = "80451", "50121234"
NASTY = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>&amp;\u202egnp\u2066 {{7*7}} {% raw %}"
LONG = "Ü" * 20_000
STRANGE = r'<script(?! src="/static/)|<img(?! src="/badge/)|javascript:|[\x00\u202e\u2066]'
"""What no page may hold: markup that is not ours, and characters that turn text around."""


def words(html: str) -> str:
    """A page's text, as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("/", ["Latest letters and reports", "17 letters and reports", "Middlesbrough", "28 July 2026"]),
        ("/?q=repeat+neglect", ["Wakefield", "repeat neglect"]),
        ("/?kind=monitoring_visit&pace=steady", ["Wakefield", "making steady progress"]),
        ("/?region=South+West&kind=inspection", ["Swindon", "1 letter or report"]),
        ("/?authority=80431", ["2 letters and reports", "Blackpool"]),
        ("/?q=xylophone", ["Nothing matches", "0 letters and reports"]),
        ("/?page=99", ["17 letters and reports"]),
        ("/?kind=nonsense&pace=nonsense&page=-3&region=Nowhere", ["Nothing matches"]),
        (
            f"/authority/{WAKEFIELD}",
            ["5 January 2022", "Statistical neighbours", "Dudley"],
        ),
        ("/authority/80431", ["Under watch Since 17 January 2019", "Visit 2"]),
        (
            f"/letter/{WAKEFIELD}/{LETTER}",
            ["making steady progress", "third monitoring visit", "To cite it"],
        ),
        ("/letter/80451/50121234?version=1", ["Versions and origin"]),
        (f"/compare?old={WAKEFIELD}/50084977&new={WAKEFIELD}/{LETTER}", ["Turned to strength", "Caseloads"]),
        ("/compare", ["Choose an authority"]),
        ("/england", ["As they stand today, 29 July 2026", "No inspection known"]),
        ("/england?year=2019", ["As they stood on 31 December 2019", "Inadequate"]),
        ("/england?year=2019&by=watch", ["Under watch: "]),
        ("/england?year=nonsense&by=nonsense", ["As they stand today"]),
        ("/sources", ["ofsted", "Latest runs"]),
        ("/deliveries", ["publication.new", "newsdesk", "improvement@example.org"]),
        ("/deliveries?state=parked", ["None is parked"]),
    ],
)
def test_each_page_says_what_is_known(page: str, path: str, lines: list[str]) -> None:
    answer = ask(page, path)
    assert answer.status == 200
    read = words(answer.text)
    assert [line for line in lines if line not in read] == []


@pytest.mark.parametrize(
    "path",
    [
        "/authority/99999",
        "/letter/80451/99999999",
        f"/letter/{WAKEFIELD}/{LETTER}?version=7",
        "/compare?old=80451/1&new=80451/2",
        "/compare?old=nonsense&new=../../etc/passwd",
        "/document/" + "0" * 64,
        "/document/..%2f..%2fetc%2fpasswd",
        "/static/..%2fapp.py",
        "/static/source-sans.LICENSE",
        "/nothing",
    ],
)
def test_what_is_not_there_is_a_page_of_its_own(page: str, path: str) -> None:
    answer = ask(page, path)
    assert answer.status == 404
    assert "There is no such page" in answer.text


def test_a_page_that_did_not_change_is_not_sent_again(page: str) -> None:
    first = ask(page, "/authority/80431")
    again = ask(page, "/authority/80431", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status in {200, 304}, first.headers["Cache-Control"]) == (True, "private, no-cache")


def test_a_document_is_served_as_what_it_is(page: str, told: Told) -> None:
    with opened(told.config) as app:
        record = app.store.find_letter(WAKEFIELD, LETTER)
    assert record
    assert record.version
    answer = ask(page, f"/document/{record.version.sha256}")
    assert answer.body.startswith(b"%PDF-")
    assert sha256(answer.body).hexdigest() == record.version.sha256
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_files_of_ours_are_kept_for_good_by_their_stamp(page: str) -> None:
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', ask(page).text)
    assert len(links) == 3
    for link in links:
        assert "immutable" in ask(page, link).headers["Cache-Control"]


def test_every_link_of_ours_leads_somewhere(page: str) -> None:
    seen, waiting = set(), ["/", f"/authority/{WAKEFIELD}", f"/letter/{WAKEFIELD}/{LETTER}", "/deliveries"]
    for path in waiting:
        found = re.findall(r'href="(/[^"#]*)', ask(page, path).text)
        seen |= {link.replace("&amp;", "&") for link in found if "/authority/" not in link or path == "/"}
    broken = [link for link in sorted(seen) if ask(page, link).status != 200]
    assert broken == []


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[App]:
    with state_in(tmp_path) as app:
        yield app


def state_in(folder: Path):
    config = Config(state=StateConfig(url=place_state(folder / "data"), archive=str(folder / "archive")))
    return open_app(config, Clock.starting_at(datetime(2020, 1, 1, tzinfo=UTC)))


def page_over(app: App):
    return served(make_page(app))


ALL = ["/", "/?q=a", "/england", "/compare", "/sources", "/deliveries", f"/authority/{WAKEFIELD}"]


def test_an_empty_state_has_words_for_it(empty: App) -> None:
    with page_over(empty) as url:
        answers = {path: ask(url, path) for path in ALL}
    assert {path: answer.status for path, answer in answers.items()} == dict.fromkeys(ALL, 200)
    assert "Nothing here yet" in answers["/"].text
    assert "No source was looked at yet" in answers["/sources"].text
    assert "Nothing was told to anybody yet" in answers["/deliveries"].text
    assert "Not looked yet" in answers["/"].text


def file_letter(app: App, file_id: str, text: str, *, url: str, body: bytes) -> None:
    """Files a letter every part of which says `text`."""
    at = app.clock.now()
    paragraph = Paragraph(page=1, text=text)
    letter = Letter(
        kind=Kind.MONITORING_VISIT,
        title=text,
        authority=AuthorityRef(urn=WAKEFIELD, name=text),
        framework=Framework.ILACS,
        inspectors=(text,),
        areas=(text,),
        pace=Pace(label=PaceLabel.STEADY, quote=text, page=1),
        sections=(Section(role=SectionRole.FINDINGS, heading=text, page=1, paragraphs=(paragraph,)),),
        summary=(Quotation(quote=text, page=1, role=SummaryRole.CONCERN, themes=(text,)),),
        not_read=(text,),
        warnings=(text,),
    )
    digest = app.archive.put(body, url=url, headers={}, at=at)
    sighting = PublicationSighting(
        urn=WAKEFIELD,
        authority="Wakefield",
        file_id=file_id,
        kind=Kind.MONITORING_VISIT,
        title=text,
        url=url,
        page_url=url,
        visited_on=None,
        published_on=date(2019, 11, 1),
    )
    document = DocumentTake(
        url=url, outcome=Outcome.OK, at=at, sha256=digest, size=len(body),
        reading=Reading(letter=letter, text_sha256=digest),
    )  # fmt: skip
    looks = [
        PageLook("u", "search", Outcome.OK, at, rows=1, expected_rows=1),
        PageLook("p", "provider", Outcome.OK, at, urn=WAKEFIELD, rows=1),
    ]
    seen = [AuthoritySighting(WAKEFIELD, "Wakefield", "p", date(2019, 11, 1))]
    take = Take("ofsted", Rhythm.SWEEP, at, finished_at=at)
    take.looks += looks
    take.authorities += seen
    take.found.append(PublicationFound(sighting, document))
    app.store.settle(take, now=at, route=app.route, compare=lambda _old, _new: (), flood=20)


def file_story(app: App, text: str) -> None:
    """A story in the papers, every part of which says `text`, that reports the letter filed before."""
    now = app.clock.now()
    rows = (
        (stories, {"id": 7, "urn": WAKEFIELD, "label": "story", "first_at": now, "last_at": now}),
        (articles, {"identity": "a", "url": "javascript:alert(1)", "title": text, "publisher": text,
            "source": "s", "published_at": now, "seen_at": now, "label": "letter", "in_scope": True,
            "quiet": False, "story_id": 7, "facts": "{}"}),
        (coverage, {"story_id": 7, "publication_id": 1, "score": 0.9, "evidence": [text], "linked_at": now,
            "passages": [{"text": text, "page": 1}]}),
    )  # fmt: skip
    database = Database(parse_url(app.config.state.url))
    with database.writing() as connection:
        for table, row in rows:
            connection.execute(sa.insert(table).values(row))
    database.close()


@pytest.mark.parametrize("text", [NASTY, LONG], ids=["nasty", "long"])
def test_text_from_outside_is_text(empty: App, text: str) -> None:
    file_letter(empty, "7", text, url="javascript:alert(1)", body=b"<html><script>alert(1)</script>")
    file_story(empty, text)
    document = sha256(b"<html><script>alert(1)</script>").hexdigest()
    paths = [*ALL, f"/letter/{WAKEFIELD}/7", "/?q=script", f"/compare?old={WAKEFIELD}/7&new={WAKEFIELD}/7"]
    with page_over(empty) as url:
        for path in paths:
            answer = ask(url, path)
            assert answer.status == 200
            assert not re.search(STRANGE, answer.text)
        served_as = ask(url, f"/document/{document}")
    assert served_as.headers["Content-Type"] == "application/octet-stream"
    assert served_as.headers["Content-Disposition"].startswith("attachment")


def test_a_search_is_shown_as_it_was_typed(page: str) -> None:
    answer = ask(page, "/?q=%3Cscript%3E%22%27%20OR%201%3D1%20%E2%80%AE")
    assert answer.status == 200
    assert "<script>" not in answer.text.replace('<script src="/static', "")
