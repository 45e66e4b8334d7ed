"""What programs get is what docs/reference/json.md says: the very commands, field by field."""

import json
from typing import Any

from click.testing import CliRunner
from pydantic import TypeAdapter

from letterwatch.cli import cli
from letterwatch.commands.check import CheckFigures
from state import RUN_FIGURES
from tests.letterwatch.conftest import Workplace
from tools.reference.records import PRINTED, Printed, get_fields

ELSEWHERE = (
    "check",
    "read --json",
    "compare --json",
    "link --json",
)  # below, and in tests/letterwatch/reading
EMPTY = {"expected --json"}  # no letter is expected there


def words_of(printed: Printed, workplace: Workplace) -> list[str]:
    """The command with its arguments filled in."""
    known = {
        "PUBLICATION": f"80451/{workplace.site.letter.file_id}",
        "SUBSCRIPTION": "wakefield",
        "SOURCE": "ofsted",
        "RUN": "1",
        "NAME": f"{workplace.site.url}/provider/44/80451",
    }
    return [known.get(word, word) for word in printed.command.split()]


def fields_in(output: str, printed: Printed) -> set[str]:
    """The fields of the first record of the form's first kind."""
    value: Any = json.loads(output.splitlines()[0]) if output else {}
    if printed.form.startswith("`"):  # several parts by name
        value = next(part for part in value.values() if isinstance(part, (dict, list)))
    if isinstance(value, list):
        value = value[0] if value else {}
    return set(value)


def test_commands_print_the_fields_that_are_told(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    workplace.check()
    empty = set()
    for printed in PRINTED:
        if printed.command in ELSEWHERE:
            continue
        done = CliRunner(env=workplace.environment()).invoke(cli, words_of(printed, workplace))
        found = fields_in(done.stdout, printed)
        told = printed.records[-1 if "findings" in printed.form else 0]
        if found:
            assert found == set(get_fields(told)), printed.command
        else:
            empty.add(printed.command)
    assert empty == EMPTY


def test_the_last_line_of_check_has_the_fields_that_are_told(workplace: Workplace) -> None:
    _, last = workplace.check()
    assert set(last) == set(get_fields(CheckFigures))
    TypeAdapter(CheckFigures).validate_python(last)
    told = {"run", "verdict", "cause", *RUN_FIGURES}
    assert {name for source in last["sources"].values() for name in source} <= told
