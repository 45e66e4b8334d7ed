"""`letterwatch link`: what a saved page is about and which stored letter it reports; none of its text."""

import json
from datetime import date
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from letterwatch.cli import cli
from state import DocumentTake, Kind, Outcome, PublicationFound, PublicationSighting, Reading, Store
from tests.scraper.coverage.stories import SEED, read_fixture
from tests.state.conftest import House
from tests.state.takes import START, WAKEFIELD, Crawl
from tests.states import place_state

SECRET = "The marker sentence of a reporter stands here and nowhere else."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration and a saved story."""
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in (*SEED.paragraphs, SECRET))
    (tmp_path / "story.html").write_text(
        f"<html><head><title>{SEED.title}</title><link rel=canonical href='{SEED.url}'>"
        "<meta property='og:site_name' content='Wakefield Express'>"
        "<meta property='article:published_time' content='2019-11-01T15:00:00Z'></head>"
        f"<body><article><h1>{SEED.title}</h1>{paragraphs}</article></body></html>",
        encoding="utf-8",
    )
    url = place_state(tmp_path)
    (tmp_path / "letterwatch.toml").write_text(f'[state]\nurl = "{url}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def store_letter(folder: Path) -> None:
    store = Store.open(place_state(folder), rehearsal=False)
    seen = PublicationSighting(
        urn=WAKEFIELD,
        authority="Wakefield",
        file_id="50121234",
        kind=Kind.MONITORING_VISIT,
        title="Monitoring visit",
        url="https://files.ofsted.gov.uk/v1/file/50121234",
        page_url=f"https://reports.ofsted.gov.uk/provider/44/{WAKEFIELD}",
        visited_on=date(2019, 10, 10),
        published_on=date(2019, 11, 1),
    )
    reading = Reading(letter=read_fixture("wakefield-2019-11-01-monitoring"), text_sha256="1" * 64)
    taken = DocumentTake(seen.url, Outcome.OK, START, sha256="2" * 64, size=1, reading=reading)
    House(store).settle(Crawl().page(WAKEFIELD, PublicationFound(seen, taken)))
    store.close()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["link", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_it_links_the_seed_story_to_the_third_visit_s_letter(folder: Path) -> None:
    store_letter(folder)
    told = json.loads(run("story.html", "--json"))

    assert (told["label"], told["in_scope"]) == ("monitoring_visit", True)
    assert told["authority"] == {"urn": WAKEFIELD, "name": "Wakefield"}
    assert told["publication"]["file_id"] == "50121234"
    assert told["score"] == 1.0
    assert len(told["quotes"]) >= 5
    assert all(quote["page"] in (1, 2) for quote in told["quotes"])
    assert any(reason.startswith("quotes") for reason in told["evidence"])
    assert SECRET not in json.dumps(told)


def test_it_says_what_a_story_is_about_without_a_state(folder: Path) -> None:
    told = json.loads(run("story.html", "--json"))
    assert (told["label"], told["publication"], told["quotes"]) == ("monitoring_visit", None, [])
    assert not (folder / "letterwatch.db").exists()


def test_it_explains_every_figure(folder: Path) -> None:
    store_letter(folder)
    told = run("story.html", "--explain")
    for words in (
        "names Ofsted (+1.5)",
        "weighed 80451/50121234 of 1 Nov 2019: 1.00",
        "published within three days",
    ):
        assert words in told
    assert SECRET not in told


def test_what_is_no_page_is_one_line(folder: Path) -> None:
    (folder / "empty.html").write_text("<html></html>", encoding="utf-8")
    result = CliRunner().invoke(cli, ["link", "empty.html"])
    assert result.exit_code == 1
    assert "empty.html: the page has no headline" in result.output
