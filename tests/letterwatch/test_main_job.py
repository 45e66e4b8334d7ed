"""The main job through the real command line: baseline, one letter, one alert a channel, then silence."""

import json

import pytest

from letterwatch.demo.server import Fault
from scraper.letters import read_document
from tests.letterwatch.conftest import Workplace

PACE = "The local authority is making steady progress in improving services for its children and young people"


def test_the_first_pass_records_and_announces_nothing(workplace: Workplace) -> None:
    code, figures = workplace.check()
    assert (code, figures["sources"]["ofsted"]["verdict"], figures["events"]) == (0, "ok", [])
    assert workplace.arrived() == (0, 0)
    assert len(workplace.publications()) == len(workplace.site.replica.publications)


def test_a_new_letter_is_told_once_in_each_channel_and_never_again(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    code, figures = workplace.check()
    assert (code, len(figures["events"]), figures["deliveries"]["sent"]) == (0, 1, 2)
    assert workplace.arrived() == (1, 1)
    letter = read_document(workplace.site.letter.body.read_bytes()).letter
    assert letter
    assert letter.summary[0].quote.startswith(PACE)
    slack = json.dumps(workplace.inbox.slack[0].payload, ensure_ascii=False)
    mail = " ".join(workplace.inbox.mails[0].text.split())
    for quotation in letter.summary:
        assert quotation.quote in slack
        assert quotation.quote in mail

    before = workplace.site.traffic
    code, figures = workplace.check()
    spent = workplace.site.traffic.since(before)
    assert (code, figures["events"], workplace.arrived()) == (0, [], (1, 1))
    assert spent.not_modified >= spent.requests - 1  # robots.txt is remembered for a day


@pytest.mark.parametrize(
    ("fault", "verdict", "word"),
    [
        (Fault.BLOCKED, "blocked", "403"),
        (Fault.SOFT_ERROR, "broken", "search"),
        (Fault.REDESIGN, "broken", "search"),
        (None, "broken", "unreachable"),
    ],
)
def test_a_site_that_cannot_be_read_is_told_and_leaves_the_state_untouched(
    workplace: Workplace, fault: Fault | None, verdict: str, word: str
) -> None:
    workplace.check()
    before = workplace.publications()
    if fault:
        workplace.site.fault = fault
    else:
        workplace.site.stop()
    code, figures = workplace.check()
    source = figures["sources"]["ofsted"]
    assert (code, source["verdict"]) == (3, verdict)
    assert word in source["cause"]
    assert "\n" not in source["cause"]
    assert workplace.publications() == before

    workplace.site.fault = Fault.NONE
    if not fault:
        workplace.site.start()
    workplace.site.publish_letter()
    code, figures = workplace.check()
    assert (code, figures["sources"]["ofsted"]["verdict"]) == (0, "ok")
    assert workplace.arrived() == (1, 1)


def test_a_broken_first_pass_makes_no_baseline(workplace: Workplace) -> None:
    workplace.site.fault = Fault.REDESIGN
    assert workplace.check()[0] == 3
    assert workplace.publications() == []
    workplace.site.fault = Fault.NONE
    workplace.check()
    assert workplace.arrived() == (0, 0)


def test_announce_since_tells_of_what_was_there_already(workplace: Workplace) -> None:
    workplace.site.publish_letter()
    done = workplace.run("check", "--announce-since", "2019-11-01")
    assert done.returncode == 0, done.stderr
    assert workplace.arrived() == (1, 1)


def test_a_manual_crawl_has_the_same_state_and_the_same_rules(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    done = workplace.run("crawl", "ofsted", "-a", "authority=wakefield", "-O", "out.jsonl", program="scrapy")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in (workplace.folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert {line["urn"] for line in lines} == {"80451"}
    assert [line["letter"]["visit_number"] for line in lines if line["file_id"] == "50121234"] == [3]
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["ofsted", "deliveries"]
    assert workplace.arrived() == (1, 1)
    assert workplace.check()[1]["events"] == []
