"""What an operator may get wrong: exit code 1 and one line that names the mend."""

import json

import pytest
import sqlalchemy as sa

from tests.letterwatch.conftest import Workplace
from tests.states import lose_state, writing_state


def complaint(workplace: Workplace, *words: str) -> str:
    """The one line that a failing command prints."""
    done = workplace.run(*words)
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def rewrite(workplace: Workplace, old: str, new: str) -> None:
    text = workplace.config.read_text("utf-8")
    assert old in text
    workplace.config.write_text(text.replace(old, new), "utf-8")


def test_an_unknown_key_names_file_line_key_and_mend(workplace: Workplace) -> None:
    rewrite(workplace, "[ofsted]", '[ofsted]\npol = "10m"')
    line = complaint(workplace, "check")
    assert "letterwatch.toml, line " in line
    assert "pol" in line
    assert '"poll"' in line


@pytest.mark.sqlite("a file in a folder")
def test_a_folder_that_cannot_be_written_is_named(workplace: Workplace) -> None:
    (workplace.folder / "letterwatch.db").mkdir()
    assert str(workplace.folder) in complaint(workplace, "check")


def test_an_archive_that_cannot_be_written_is_named(workplace: Workplace) -> None:
    (workplace.folder / "archive").write_text("a file", "utf-8")
    assert "archive" in complaint(workplace, "check")


def test_an_unknown_schema_is_refused(workplace: Workplace) -> None:
    workplace.check()
    with writing_state(workplace.folder) as connection:
        connection.execute(sa.text("UPDATE letterwatch_schema SET version_num = '9999'"))
    line = complaint(workplace, "check")
    assert "unknown schema 9999" in line


@pytest.mark.sqlite("a file that is cut short")
def test_a_damaged_database_is_told_with_its_mend(workplace: Workplace) -> None:
    workplace.check()
    file = workplace.folder / "letterwatch.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert complaint(workplace, "check").endswith("is damaged; restore it from a backup")


def test_an_archive_without_its_database_is_not_started_afresh(workplace: Workplace) -> None:
    workplace.check()
    lose_state(workplace.folder)
    line = complaint(workplace, "check")
    assert "archive is left" in line
    assert not (workplace.folder / "letterwatch.db").exists()


def test_a_rehearsal_does_not_touch_a_real_state(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace.check()
    rehearsal = workplace.environment(LETTERWATCH_AT="2019-11-01T09:00Z")
    monkeypatch.setattr(Workplace, "environment", lambda self: rehearsal)
    assert "holds real runs" in complaint(workplace, "check")


def test_lists_before_the_first_pass_say_what_to_do(workplace: Workplace) -> None:
    assert "letterwatch check" in complaint(workplace, "publications")


def test_what_waits_is_said_at_every_check(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    rewrite(workplace, workplace.inbox.webhook_url, "http://127.0.0.1:1/nobody/listens")
    assert "1 put off" in workplace.run("check").stdout
    lines = workplace.run("check").stdout.splitlines()
    assert "not sent yet: 1 pending; `letterwatch deliveries` says why" in lines
    assert json.loads(lines[-1])["unsent"] == {"pending": 1}


def test_a_mistyped_authority_is_not_a_broken_source(workplace: Workplace) -> None:
    workplace.check()
    done = workplace.run("crawl", "ofsted", "-a", "authority=wakefeild", program="scrapy")
    assert "wakefeild" in done.stderr
    assert "Wakefield" in done.stderr
    assert workplace.arrived() == (0, 0)
    assert len(workplace.run("runs").stdout.splitlines()) == 2  # the heading and the first pass
