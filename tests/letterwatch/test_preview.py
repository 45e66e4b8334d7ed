"""`letterwatch preview`: what would have come, of a baseline that announced nothing."""

import json
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from letterwatch.cli import cli
from state import Pace, PaceLabel, Store
from tests.letterwatch.conftest import Workplace
from tests.state.conftest import House
from tests.state.takes import LEEDS, START, WAKEFIELD, Crawl, document, entry, letter
from tests.states import move_state, place_state

CONFIG = """\
[state]
url = "sqlite:///letterwatch.db"
[channels.newsdesk]
type = "slack"
webhook_url = "https://hooks.slack.com/services/secret"
[channels.office]
type = "email"
smtp = "smtp://127.0.0.1:1"
from = "letterwatch@example.org"
to = ["a@example.org", "b@example.org"]
[[subscriptions]]
name = "yorkshire"
channel = "newsdesk"
[[subscriptions]]
name = "weekly"
channel = "office"
delivery = "weekly Mon 07:30"
[[subscriptions]]
name = "kent"
channel = "office"
authorities = ["Kent"]
"""
STEADY = Pace(label=PaceLabel.STEADY, quote="The council is making steady progress.", page=1)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of a folder with a baseline of three letters, on the day after."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LETTERWATCH_AT", "2019-11-02T09:00Z")
    config = tmp_path / "letterwatch.toml"
    config.write_text(CONFIG, "utf-8")
    move_state(config)
    june = entry("1", published_on=date(2019, 6, 14))
    october = entry(
        "2", document("2", text=letter("Steady.", pace=STEADY)), published_on=date(2019, 10, 28), urn=LEEDS
    )
    november = entry("3", published_on=date(2019, 10, 31))
    with closing(Store.open(place_state(tmp_path), rehearsal=True)) as store:
        House(store).settle(Crawl(at=START).page(WAKEFIELD, june, november).page(LEEDS, october))
    return tmp_path / "letterwatch.db"


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["preview", *words], standalone_mode=False)


@pytest.mark.sqlite("a file whose bytes stay as they were")
def test_a_line_says_when_what_of_whom_and_to_whom(desk: Path) -> None:
    before = sha256(desk.read_bytes()).hexdigest()

    lines = [line.split("\t") for line in call("yorkshire").output.splitlines()]

    assert lines == [
        ["when", "event", "authority", "headline", "channel", "recipients"],
        ["28 Oct 2019 12:00", "publication.new", "Leeds", "Leeds: monitoring visit letter", "newsdesk", ""],
        [
            *("31 Oct 2019 12:00", "publication.new", "Wakefield"),
            *("Wakefield: monitoring visit letter", "newsdesk", ""),
        ],
    ]
    assert sha256(desk.read_bytes()).hexdigest() == before
    assert not list(desk.parent.glob("letterwatch.db-*"))


@pytest.mark.usefixtures("desk")
def test_days_say_how_far_back() -> None:
    assert len(json.loads(call("yorkshire", "--days", "3", "--json").output)) == 1
    assert len(json.loads(call("yorkshire", "--days", "150", "--json").output)) == 3


@pytest.mark.usefixtures("desk")
def test_a_digest_s_events_share_its_time_and_its_message() -> None:
    rows = json.loads(call("weekly", "--json").output)
    assert [(row["publication"], row["due_at"]) for row in rows] == [
        ("80452/2", "2019-11-04T07:30:00Z"),
        ("80451/3", "2019-11-04T07:30:00Z"),
    ]
    assert rows[0]["recipients"] == ["a@example.org", "b@example.org"]

    text = call("weekly", "--full").output
    assert text.startswith("--- 4 Nov 2019 07:30, office (a@example.org, b@example.org)\n\n2 publications")
    assert text.count("\n--- ") == 0
    assert STEADY.quote in text


@pytest.mark.usefixtures("desk")
def test_in_full_every_message_is_read_as_it_would_have_come() -> None:
    text = call("yorkshire", "--full").output
    assert [line for line in text.splitlines() if line.startswith("--- ")] == [
        "--- 28 Oct 2019 12:00, newsdesk",
        "--- 31 Oct 2019 12:00, newsdesk",
    ]
    assert STEADY.quote in text
    assert "secret" not in text


@pytest.mark.usefixtures("desk")
def test_where_nothing_would_have_come_it_says_so() -> None:
    assert "Nothing would have come since 4 Aug 2019" in call("kent").output
    assert call("kent", "--full").output == call("kent").output
    assert json.loads(call("kent", "--json").output) == []


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["yorkshrie"],
            'no subscription is called "yorkshrie"; did you mean "yorkshire"?',
        ),
        (["yorkshire", "--days", "0"], "0 is not in the range"),
        (["yorkshire", "--full", "--json"], "give one of them"),
    ],
)
def test_what_cannot_be_previewed_is_said(words: list[str], said: str) -> None:
    assert said in str(call(*words).exception)


@pytest.mark.sqlite("a file whose bytes stay as they were")
def test_a_first_pass_can_be_previewed_at_once(workplace: Workplace) -> None:
    assert workplace.check()[0] == 0
    database = workplace.folder / "letterwatch.db"
    before = database.read_bytes()

    done = workplace.run("preview", "wakefield", "--days", "36500", "--json")

    rows = json.loads(done.stdout)
    expected = [row for row in workplace.publications() if row["authority"] == "Wakefield"]
    assert {row["publication"] for row in rows} == {row["id"] for row in expected}
    assert [row["due_at"] for row in rows] == sorted(row["due_at"] for row in rows)
    assert {row["channel"] for row in rows} == {"office"}
    assert (database.read_bytes(), workplace.arrived()) == (before, (0, 0))
