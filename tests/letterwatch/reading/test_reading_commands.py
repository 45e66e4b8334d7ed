"""`letterwatch read` and `compare`, as a person and as a program calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from letterwatch.cli import cli
from tests.letters.maker import load_plan, print_document
from tests.servers.web import Answer, WebServer

OLD, NEW = "wakefield-2019-06-14-monitoring", "wakefield-2019-11-01-monitoring"


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two made letters, in which the command runs without a configuration of somebody's."""
    for name in (OLD, NEW):
        (tmp_path / f"{name}.pdf").write_bytes(print_document(load_plan(name)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def call(*words: str) -> Result:
    """The command's result; the exit code as `main` would give it."""
    result = CliRunner().invoke(cli, list(words), standalone_mode=False)
    if result.exit_code == 0 and isinstance(result.return_value, int):
        result.exit_code = result.return_value
    return result


def test_a_letter_is_printed_for_people(letters: Path) -> None:
    result = call("read", f"{NEW}.pdf")
    assert result.exit_code == 0
    for text in (
        "Visit: number 3",
        "Pace of progress: steady",
        "page 2",
        "Grades: none given",
        "What falls short",
    ):
        assert text in result.output
    assert "\x1b" not in result.output


def test_several_letters_are_one_json_object_a_line(letters: Path) -> None:
    result = call("read", "--json", f"{OLD}.pdf", f"{NEW}.pdf")
    values = [json.loads(line) for line in result.output.splitlines()]
    assert [value["pace"]["label"] for value in values] == ["poor", "steady"]
    assert values[1]["summary"][0]["role"] == "pace"
    assert "findings" not in values[1]


def test_findings_are_explained_on_demand(letters: Path) -> None:
    assert "blame: " in call("read", "--explain", f"{NEW}.pdf").output
    [line] = call("read", "--explain", "--json", f"{NEW}.pdf").output.splitlines()
    assert {"strength", "concern"} <= {finding["role"] for finding in json.loads(line)["findings"]}


def test_what_cannot_be_read_is_one_line_and_the_rest_is_read(letters: Path) -> None:
    (letters / "page.pdf").write_text("<html><body>Sorry</body></html>")
    result = call("read", "missing.pdf", "page.pdf", f"{NEW}.pdf")
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first == "letterwatch: missing.pdf: No such file or directory"
    assert second.startswith("letterwatch: page.pdf: ")
    assert "Visit: number 3" in result.stdout


def test_a_letter_is_read_from_a_configured_host(letters: Path) -> None:
    with WebServer() as web:
        web.serve("/v1/file/1", Answer((letters / f"{NEW}.pdf").read_bytes()))
        config = letters / "letterwatch.toml"
        config.write_text(f'[ofsted]\nreports_url = "{web.url("")}"\nfiles_hosts = ["{web.host}"]\n')
        assert "Visit: number 3" in call("read", web.url("/v1/file/1"), "--config", str(config)).output
    result = call("read", "http://127.0.0.1:9/x.pdf")
    assert result.exit_code == 1
    assert "only https" in result.stderr


def test_two_letters_are_compared(letters: Path) -> None:
    output = call("compare", f"{OLD}.pdf", f"{NEW}.pdf").output
    for text in (
        "Older: ",
        "pace poor",
        "pace steady",
        "Turned to strength",
        "Concern repeated",
        "then",
        "now",
    ):
        assert text in output
    value = json.loads(call("compare", f"{OLD}.pdf", f"{NEW}.pdf", "--json").output)
    assert value["moves"][0]["before"]["page"] >= 1


def test_a_missing_letter_fails_the_comparison(letters: Path) -> None:
    result = call("compare", "missing.pdf", f"{NEW}.pdf")
    assert result.exit_code == 1
    assert "missing.pdf: No such file or directory" in str(result.exception)
