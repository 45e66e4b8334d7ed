"""`explain`, `runs RUN` and `sources SOURCE`: why something was told to these and not to those."""

import json

from letterwatch.demo.server import Fault
from tests.letterwatch.conftest import Workplace

MORE = """
[[subscriptions]]
name = "cornwall"
channel = "office"
authorities = ["Cornwall"]

[[subscriptions]]
name = "reports"
channel = "office"
kinds = ["inspection"]
"""


def test_explain_tells_every_step_and_who_was_not_told_and_why(workplace: Workplace) -> None:
    workplace.config.write_text(workplace.config.read_text("utf-8") + MORE, "utf-8")
    workplace.check()
    letter = workplace.site.publish_letter()
    workplace.check()

    done = workplace.run("explain", f"wakefield {letter.published_on}")
    assert (done.returncode, done.stderr) == (0, "")
    steps = [line.split("\t")[1] for line in done.stdout.splitlines()[1:]]

    def places(words: str) -> list[int]:
        return [place for place, step in enumerate(steps) if words in step]

    for words in (
        "run 2, a sweep of ofsted, judged ok",
        "first seen on the authority's page",
        f"bytes from {workplace.site.url}",
        "read as monitoring_visit by reader",
        "subscription yorkshire over newsdesk: delivery",
        "subscription wakefield over office: delivery",
        "subscription cornwall does not match, authorities: wants Cornwall",
        "subscription reports does not match, kinds: wants inspection",
    ):
        assert places(words), words
    assert len([step for step in steps if ": sent" in step]) == 2
    assert places("run 2")[0] < places("first seen")[0] < places(": sent")[0]
    assert json.loads(workplace.run("explain", letter.file_id, "--json").stdout)[0].keys() == {
        "at",
        "step",
        "run_id",
    }


def test_explain_lists_what_a_vague_name_may_mean(workplace: Workplace) -> None:
    workplace.check()
    done = workplace.run("explain", "wakefield")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert '"wakefield" may mean' in done.stderr
    assert "80451/" in done.stderr


def test_a_run_shows_its_figures_its_failed_looks_and_the_kept_page(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.fault = Fault.REDESIGN
    assert workplace.check()[0] == 3
    shown = workplace.run("runs", "2")
    assert shown.returncode == 0, shown.stderr
    assert "verdict\tbroken" in shown.stdout
    told = json.loads(workplace.run("runs", "2", "--json").stdout)
    assert told["run"]["figures"]["search_pages"] >= 1
    kept = next(look["page_sha256"] for look in told["looks"] if look["page_sha256"])
    assert (workplace.folder / "archive" / kept[:2] / kept).exists()
    assert kept in shown.stdout
    refused = workplace.run("runs", "99")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "there is no run 99" in refused.stderr


def test_a_source_shows_its_state_its_runs_and_its_incidents(workplace: Workplace) -> None:
    workplace.check()
    told = json.loads(workplace.run("sources", "ofsted", "--json").stdout)
    assert (told["source"]["verdict"], len(told["runs"]), told["incidents"]) == ("ok", 1, [])
    assert "verdict\tok" in workplace.run("sources", "ofsted").stdout
    refused = workplace.run("sources", "nowhere")
    assert "there are: ofsted" in refused.stderr
