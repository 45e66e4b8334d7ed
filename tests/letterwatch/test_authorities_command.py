import json

from click.testing import CliRunner

from letterwatch.commands.authorities import command
from state import RegisterError


def lines(*arguments: str) -> list[str]:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0
    return result.output.splitlines()


def test_the_whole_register_is_listed_in_plain_columns():
    heading, *rows = lines()
    assert heading.split("\t") == ["URN", "LA", "GSS", "name", "region", "also"]
    assert len(rows) == 157
    assert "80451\t384\tE08000036\tWakefield\tYorkshire and the Humber\t" in rows


def test_those_that_are_named_are_listed_once():
    _, *rows = lines("Hull", "80477", "neighbours:Wakefield")
    assert len(rows) == 11
    assert rows[0].endswith("\tHull; Kingston upon Hull, City of")


def test_an_abolished_one_names_its_successors():
    _, cumbria, *successors = lines("Cumbria")
    assert cumbria.endswith("\tabolished; now Cumberland and Westmorland and Furness")
    assert len(successors) == 2


def test_json_has_everything():
    (sunderland,) = json.loads("\n".join(lines("Together for Children", "--json")))
    assert sunderland["urn"] == "80566"
    assert len(sunderland["neighbours"]) == 10
    assert sunderland["trusts"][0] == "Together for Children"
    assert sunderland["current"] is True


def test_an_unknown_name_is_refused_with_a_suggestion():
    result = CliRunner().invoke(command, ["Wakefeild"])
    assert isinstance(result.exception, RegisterError)
    assert "did you mean" in str(result.exception)
