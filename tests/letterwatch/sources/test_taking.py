"""`letterwatch sources check`: what would be taken from a page or feed now."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from letterwatch.cli import cli
from tests.scraper.spiders.newsroom import OFSTED, PAPER, Newsroom
from tests.servers.web import Answer, WebServer, redirect


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with WebServer() as web:
        newsroom = Newsroom(web)
        newsroom.publish(OFSTED, 1000002)
        newsroom.publish("Council to raise parking charges", 1000003)
        yield newsroom


def check(newsroom: Newsroom, folder: Path, *arguments: str) -> Result:
    config = folder / "letterwatch.toml"
    config.write_text(
        f'[http]\ncontact = "a@example.org"\n'
        f'[[news]]\nname = "{PAPER}"\nfeed = "{newsroom.web.url("/rss")}"\n',
        encoding="utf-8",
    )
    return CliRunner().invoke(cli, ["sources", "check", "--config", str(config), *arguments])


def test_a_feed_shows_what_would_be_opened_and_keeps_nothing(newsroom: Newsroom, tmp_path: Path) -> None:
    done = check(newsroom, tmp_path, PAPER, "--json")
    found = json.loads(done.output)
    assert (found["kind"], [item["opened"] for item in found["items"]]) == ("RSS", [True, False])
    assert [ask.path for ask in newsroom.web.asked()] == ["/robots.txt", "/rss"]
    assert "a@example.org" in newsroom.web.asked("/rss")[0].headers["user-agent"]
    assert [path.name for path in tmp_path.iterdir()] == ["letterwatch.toml"]


def test_any_address_is_read_for_what_it_is(newsroom: Newsroom, tmp_path: Path) -> None:
    page = f'<html><main><ul><li><a href="/news/story-1000002">{OFSTED}</a></li></ul></main></html>'
    newsroom.web.serve("/news", Answer(page))
    done = check(newsroom, tmp_path, newsroom.web.url("/news"))
    assert "listing page, 1 entry" in done.output
    assert OFSTED in done.output
    provider = (
        '<h1 class="heading--title">Wakefield</h1><ol class="timeline"><li class="timeline__day"><div>'
        '<span class="event__title"><a class="publication-link" href="/v1/file/50121234">Monitoring visit'
        '<span class="nonvisual">, PDF - 01 November 2019</span></a></span></div></li></ol>'
    )
    newsroom.web.serve("/provider/44/80451", Answer(f"<html><body>{provider}</body></html>"))
    done = check(newsroom, tmp_path, newsroom.web.url("/provider/44/80451"), "--json")
    [entry] = json.loads(done.output)["items"]
    assert (entry["title"], entry["published"]) == ("Monitoring visit", "2019-11-01")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Atlantis Gazette", 'no source is called "Atlantis Gazette"'),
        ("http://10.0.0.1/rss", "only https is fetched"),
        ("https://127.0.0.1:1/rss", "not a public one"),
    ],
)
def test_what_cannot_or_must_not_be_asked_is_one_line(
    newsroom: Newsroom, tmp_path: Path, name: str, words: str
) -> None:
    done = check(newsroom, tmp_path, name)
    assert done.exit_code != 0
    assert words in f"{done.output}{done.exception}"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Answer("no", 403), "the server answered 403"),
        (redirect("http://10.0.0.1/x"), "only https is fetched"),
        (Answer("<rss><channel>"), "ends before its end"),
    ],
)
def test_a_feed_that_fails_says_why(newsroom: Newsroom, tmp_path: Path, script: Answer, words: str) -> None:
    newsroom.web.serve("/rss", script)
    done = check(newsroom, tmp_path, PAPER)
    assert done.exit_code == 1
    assert words in done.output
