"""`scrapy crawl ofsted -O file` in a process of its own, on the Twisted reactor."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scraper.crawling import LETTER
from tests.servers.ofsted import Site
from tests.servers.tls import self_signed_context
from tests.servers.web import Answer, WebServer, redirect

ROOT = Path(__file__).resolve().parents[2]


def scrapy_crawl(web: WebServer, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SCRAPY_SETTINGS_MODULE": "tests.scraper.manual_settings",
        "TEST_REPORTS_URL": web.url(),
    }
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "ofsted", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def faulty(web: WebServer, site: Site) -> WebServer:
    """The replica with a letter that redirects once, one that is gone and a title that is a formula."""
    site.places[0].publish("50130000", '=HYPERLINK("http://evil.example")', "01 November 2019")
    site.refresh()
    web.serve("/v1/file/50100001", redirect("/v1/file/50121234"))
    web.serve("/v1/file/50100002", Answer("gone", 410))
    return web


def test_exports_are_flat_and_complete(faulty: WebServer, tmp_path: Path) -> None:
    done = scrapy_crawl(faulty, tmp_path, "-O", "out.jsonl", "-O", "out.json", "-O", "out.csv")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {record["file_id"] for record in records} == {"50130000", "50121234", "50100001", "50100002"}
    by_id = {record["file_id"]: record for record in records}
    assert by_id["50100001"]["letter"] == LETTER.model_dump(mode="json")
    assert by_id["50100001"]["sha256"] == by_id["50121234"]["sha256"]
    assert by_id["50100002"]["letter"] is None
    assert by_id["50100002"]["unreadable"] == "the server answered 410 (Gone)"
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == records
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file_id"]: row for row in csv.DictReader(file)}
    assert rows["50130000"]["title"].startswith("'=HYPERLINK")
    assert json.loads(rows["50130000"]["letter"]) == LETTER.model_dump(mode="json")


def test_a_wrong_argument_is_one_line(web: WebServer, site: Site, tmp_path: Path) -> None:
    done = scrapy_crawl(web, tmp_path, "-a", "authority=atlantis")
    assert len(done.stderr.splitlines()) == 1
    assert 'unknown authority "atlantis"' in done.stderr
    assert web.asked() == []


@pytest.mark.parametrize("answer", [Answer("no", 503), Answer("half", claim_length=8)])
def test_faults_are_survived_on_the_reactor_too(
    web: WebServer, site: Site, tmp_path: Path, answer: Answer
) -> None:
    web.serve("/v1/file/50121234", answer)
    done = scrapy_crawl(
        web, tmp_path, "-a", "authority=80451", "-O", "out.jsonl", "-s", "LETTERWATCH_BACKOFF=0"
    )
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) == 2
    assert len(web.asked("/v1/file/50121234")) == 3
    assert next(record["unreadable"] for record in records if record["file_id"] == "50121234")


def test_certificates_are_verified_on_the_reactor_too(tmp_path: Path) -> None:
    with WebServer(tls=self_signed_context(tmp_path)) as web:
        done = scrapy_crawl(web, tmp_path, "-s", "LOG_LEVEL=INFO", "-s", "LETTERWATCH_BACKOFF=0")
        assert done.returncode == 0, done.stderr
        assert web.asked() == []
