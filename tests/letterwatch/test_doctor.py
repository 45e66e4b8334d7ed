"""The doctor against real servers: what is well, what is not, and whose fault it is."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from letterwatch.clock import Clock
from letterwatch.config import Config
from letterwatch.demo.server import Fault
from letterwatch.doctor import Finding, Level, asking
from letterwatch.doctor.asking import AskError, ask
from letterwatch.doctor.reach import check_feeds
from letterwatch.doctor.sites import check_clock, check_hosts, check_site
from letterwatch.reading.documents import find_rules
from letterwatch.reading.exchange import Answer, Limits
from tests.letterwatch.conftest import Workplace
from tests.servers import web as servers
from tests.servers.drips import dripping
from tests.servers.ofsted import Site
from tests.servers.tls import CERTIFICATE, self_signed_context
from tests.servers.web import WebServer, redirect

ROBOTS = "User-agent: *\nDisallow: /search"
FEED = "<rss version='2.0'><channel><title>News</title><item><title>Story</title><link>https://paper.example/a-story</link></item></channel></rss>"


def examine(workplace: Workplace) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """Exit code, and the findings by their level."""
    workplace.config.chmod(0o600)
    done = workplace.run("doctor", "--json")
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert told["exit"] == done.returncode
    by_level: dict[str, list[dict[str, Any]]] = {level.value: [] for level in Level}
    for finding in told["findings"]:
        by_level[finding["level"]].append(finding)
    return done.returncode, by_level


def words(findings: list[dict[str, Any]], check: str) -> str:
    return " ".join(each["words"] for each in findings if each["check"] == check)


def configure(web: WebServer, **more: object) -> Config:
    ofsted = {"reports_url": web.url(), "files_hosts": [web.host]}
    return Config.model_validate({"ofsted": ofsted, **more})


def levels(findings: list[Finding]) -> dict[str, Level]:
    return {finding.check: finding.level for finding in findings}


def test_a_good_set_up_is_well(workplace: Workplace) -> None:
    workplace.check()
    code, found = examine(workplace)
    assert code == 0
    assert found["fail"] == []
    assert "whole" in words(found["ok"], "database")
    assert "documents taken at random are there and whole" in words(found["ok"], "archive")
    assert "publications read" in words(found["ok"], "reading")
    assert "no daemon is running" in words(found["warn"], "daemon")
    assert "nobody hears of a source that breaks" in words(found["warn"], "alarms")
    assert workplace.arrived() == (0, 0)


def test_people_read_lines_with_their_mends(workplace: Workplace) -> None:
    workplace.config.chmod(0o644)
    done = workplace.run("doctor")
    assert f"warn  secrets: {workplace.config} can be read or changed by other users" in done.stdout
    assert f"      -> chmod 600 {workplace.config}" in done.stdout
    assert "warn  database: there is no state" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("0 failing")
    assert done.returncode == 0
    assert not (workplace.folder / "letterwatch.db").exists()


@pytest.mark.sqlite("who may read a file")
def test_a_state_that_others_can_read_is_told(workplace: Workplace) -> None:
    workplace.check()
    state = workplace.folder / "letterwatch.db"
    workplace.folder.chmod(0o755)
    assert f"{state} can be read" not in workplace.run("doctor").stdout
    state.chmod(0o644)
    told = workplace.run("doctor").stdout
    assert f"warn  secrets: {state} can be read by other users: who is told of what" in told
    assert f"      -> chmod 600 {state}*" in told


def test_a_site_that_changed_is_not_our_fault(workplace: Workplace) -> None:
    workplace.site.fault = Fault.REDESIGN
    code, found = examine(workplace)
    assert code == 3
    assert [each["check"] for each in found["fail"]] == ["search page"]


def test_a_configuration_that_is_wrong_ends_it(workplace: Workplace) -> None:
    with workplace.config.open("a", encoding="utf-8") as file:
        file.write("\n[nonsense]\n")
    code, found = examine(workplace)
    assert code == 1
    assert "unknown" in words(found["fail"], "configuration")


def test_a_missing_contact_is_named_in_its_file_and_ends_nothing(workplace: Workplace) -> None:
    text = workplace.config.read_text("utf-8")
    workplace.config.write_text(text.replace("contact =", "# contact ="), "utf-8")
    code, found = examine(workplace)
    assert code == 1
    assert [each["check"] for each in found["fail"]] == ["configuration"]
    assert words(found["fail"], "configuration").startswith(f"{workplace.config}: [http] contact: missing")
    assert words(found["ok"], "search page")


@pytest.mark.sqlite("a file that is damaged")
def test_a_damaged_document_and_database_are_found(workplace: Workplace) -> None:
    workplace.check()
    for document in (workplace.folder / "archive").glob("*/*"):
        if document.suffix != ".json":
            document.write_bytes(b"rotten")
    code, found = examine(workplace)
    assert code == 1
    assert "is damaged" in words(found["fail"], "archive")
    database = workplace.folder / "letterwatch.db"
    middle = database.stat().st_size // 2
    with database.open("r+b") as file:
        file.seek(middle)
        file.write(os.urandom(20_000))
    code, found = examine(workplace)
    assert code == 1
    assert words(found["fail"], "database")


@pytest.mark.sqlite("a file that is none of SQLite")
def test_a_state_that_belongs_to_another_program_is_named(workplace: Workplace) -> None:
    (workplace.folder / "letterwatch.db").write_text("nonsense" * 1000, "utf-8")
    code, found = examine(workplace)
    assert code == 1
    assert "is not a database" in words(found["fail"], "database")


def test_robots_that_forbid_us_are_told() -> None:
    with WebServer() as web:
        site = Site(web)
        site.authority("80451", "Wakefield").publish("1", "Monitoring visit", "01 November 2019")
        site.refresh()
        assert Level.FAIL not in levels(list(check_site(configure(web)))).values()
        web.serve("/robots.txt", servers.Answer(ROBOTS, content_type="text/plain"))
        found = levels(list(check_site(configure(web))))
    assert found["robots.txt"] is Level.FAIL
    assert found["search count"] is Level.WARN  # one authority, where 153 are known


@pytest.mark.parametrize(
    ("ends_in", "trusted", "level", "said"),
    [
        (timedelta(days=90), True, Level.OK, "certificate trusted"),
        (timedelta(days=3), True, Level.WARN, "2 days left"),
        (timedelta(days=-1), True, Level.FAIL, "certificate has expired"),
        (timedelta(days=90), False, Level.FAIL, "self-signed certificate"),
    ],
)
def test_certificates_are_judged(
    *,
    ends_in: timedelta,
    trusted: bool,
    level: Level,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with WebServer(tls=self_signed_context(tmp_path, ends_in=ends_in)) as web:
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / CERTIFICATE))
        (finding,) = check_hosts(configure(web))
    assert (finding.level, said in finding.words) == (level, True), finding


def test_a_name_that_is_not_found_is_told() -> None:
    config = Config.model_validate(
        {"ofsted": {"reports_url": "https://reports.invalid", "files_hosts": ["reports.invalid"]}}
    )
    (finding,) = check_hosts(config)
    assert (finding.level, finding.words) == (Level.FAIL, "its name is not found")


@pytest.mark.parametrize(
    ("ahead", "level"), [(0, Level.OK), (-3600, Level.FAIL), (366 * 86_400, Level.FAIL), (None, Level.WARN)]
)
def test_our_clock_is_compared_with_the_sites(ahead: int | None, level: Level) -> None:
    moment = Clock().now() + timedelta(seconds=ahead or 0)
    headers = {} if ahead is None else {"date": f"{moment:%a, %d %b %Y %H:%M:%S} GMT"}
    assert check_clock(Answer("", 200, headers, b"")).level is level


def test_feeds_are_fetched_and_recognised() -> None:
    with WebServer() as web:
        web.serve("/good", servers.Answer(FEED, content_type="application/rss+xml"))
        web.serve("/page", servers.Answer("<h1>Moved</h1>"))
        news = [
            {"name": name, "feed": web.url(f"/{name}")} for name in ("good", "page", "gone", "a", "b", "c")
        ]
        some = list(check_feeds(configure(web, news=news), Clock(), all_of_them=False))
        assert [each.level for each in some[:3]] == [Level.OK, Level.FAIL, Level.FAIL]
        assert some[-1].words == "1 more were not looked at; --feeds looks at all"
        assert len(list(check_feeds(configure(web, news=news), Clock(), all_of_them=True))) == 6


def test_answers_are_limited_and_redirects_judged() -> None:
    with WebServer() as web:
        web.serve("/long", servers.Answer(b"x" * 6_000_000))
        web.serve("/inside", redirect("http://127.0.0.1:1/private"))
        web.serve("/round", redirect("/round"))
        for path, why in (("/long", "larger than 5 MB"), ("/inside", "only https"), ("/round", "redirects")):
            with pytest.raises(AskError, match=why):
                ask(web.url(path), agent="Letterwatch", rules=find_rules(configure(web)))


def test_an_answer_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LIMITS", Limits(megabytes=5, seconds=0.3))
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n") as host:
        url = f"http://{host}"
        config = Config.model_validate({"ofsted": {"reports_url": url, "files_hosts": [host]}})
        (finding,) = check_site(config)
    assert finding.level is Level.FAIL
    assert finding.words == "took longer than 0.3 seconds"
