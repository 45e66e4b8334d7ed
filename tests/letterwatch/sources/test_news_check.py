"""`letterwatch check` with news: one paper on loopback, told once, each feed a source of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scraper.spiders.newsroom import OFSTED, PAPER, Newsroom
from tests.servers.web import Answer, WebServer
from tests.states import move_state

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def newsroom() -> Any:
    with WebServer() as web:
        newsroom = Newsroom(web)
        newsroom.publish(OFSTED, 1000002)
        newsroom.publish("Council to raise parking charges", 1000003)
        yield newsroom


def run(
    folder: Path, newsroom: Newsroom, *arguments: str, program: str = "letterwatch"
) -> tuple[int, str, str]:
    config = f"""
[state]
url = "sqlite:///{folder}/state.db"
archive = "{folder}/archive"
[http]
requests_per_second = 1000
[[news]]
name = "{PAPER}"
feed = "{newsroom.web.url("/rss")}"
authorities = ["Wakefield"]
[[news]]
name = "Bad Paper"
feed = "{newsroom.web.url("/bad")}"
[channels.screen]
type = "console"
[[subscriptions]]
name = "all"
channel = "screen"
events = ["*"]
"""
    (folder / "letterwatch.toml").write_text(config, encoding="utf-8")
    move_state(folder / "letterwatch.toml")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LETTERWATCH_AT": "2019-11-04T09:00Z"}
    if program == "scrapy":
        environment["SCRAPY_SETTINGS_MODULE"] = "letterwatch.watching.scrapy_settings"
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_a_round_of_news_is_a_check(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.web.serve("/bad", Answer("No", 410))
    code, out, err = run(tmp_path, newsroom, "check", "news")
    assert code == 3, err
    figures = json.loads(out.splitlines()[-1])
    assert figures["sources"][PAPER]["verdict"] == "ok"
    assert figures["sources"]["Bad Paper"]["verdict"] == "broken"
    assert "410" in figures["sources"]["Bad Paper"]["cause"]
    assert figures["sources"]["news"]["stories_opened"] == 1
    assert "Bad Paper: broken" in out

    asked = len(newsroom.web.asked())
    code, out, err = run(tmp_path, newsroom, "check", "news")
    assert (code, len(newsroom.web.asked())) == (0, asked + 1), err  # one 304; the gone feed is left alone
    assert json.loads(out.splitlines()[-1])["sources"]["news"]["stories_opened"] == 0

    code, out, err = run(tmp_path, newsroom, "sources", "--json")
    rows = {row["name"]: row for row in json.loads(out)}
    assert rows["Bad Paper"]["verdict"] == "broken"


def test_one_feed_alone_is_checked_by_its_name(newsroom: Newsroom, tmp_path: Path) -> None:
    code, out, err = run(tmp_path, newsroom, "check", "wakefield express")
    assert code == 0, err
    assert json.loads(out.splitlines()[-1])["sources"][PAPER]["verdict"] == "ok"
    assert newsroom.web.asked("/bad") == []
    code, _, err = run(tmp_path, newsroom, "check", "Atlantis Gazette")
    assert code == 1
    assert 'no source is called "Atlantis Gazette"' in err


def test_a_manual_crawl_exports_facts_and_no_text(newsroom: Newsroom, tmp_path: Path) -> None:
    code, _, err = run(
        tmp_path, newsroom, "crawl", "news", "-a", f"source={PAPER}", "-O", "out.jsonl", program="scrapy"
    )
    assert code == 0, err
    [line] = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    story = json.loads(line)
    assert (story["source"], story["title"], story["urns"]) == (PAPER, OFSTED, ["80451"])
    assert "social workers know" not in line
