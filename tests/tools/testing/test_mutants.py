"""What mutation testing is told to change exists, and so do the tests it runs."""

from configparser import ConfigParser
from pathlib import Path

import pytest

from tools.testing.mutants import PARTS, ROOT, find_results, prepare, tell


@pytest.mark.parametrize("name", PARTS)
def test_every_part_names_modules_and_tests_that_exist(name: str) -> None:
    assert all(list(ROOT.glob(pattern)) for pattern in PARTS[name].modules)
    assert [test for test in PARTS[name].tests if not (ROOT / "tests" / test).is_file()] == []


def test_a_part_is_prepared_as_a_house_of_its_own(tmp_path: Path) -> None:
    prepare(PARTS["diff"], tmp_path)

    told = ConfigParser()
    told.read(tmp_path / "setup.cfg", encoding="utf-8")
    assert told["mutmut"]["only_mutate"].split() == ["state/settling/diff.py"]
    assert told["mutmut"]["pytest_add_cli_args_test_selection"].split() == [
        "tests/state/test_diff.py",
        "tests/state/test_diff_replacing.py",
    ]
    assert (tmp_path / "state" / "settling" / "diff.py").is_file()
    assert find_results(tmp_path) == {}


def test_survivors_are_counted_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    tell("diff", {"x_find__mutmut_1": "killed", "x_find__mutmut_2": "survived", "x_find__mutmut_3": "killed"})

    assert capsys.readouterr().out == "diff: 3 mutants, 2 killed, 1 survived\n  x_find__mutmut_2: survived\n"
