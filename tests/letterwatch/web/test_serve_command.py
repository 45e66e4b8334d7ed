"""`letterwatch serve` as an operator starts it: the page alone, with the daemon's log."""

import json
import re

import pytest
import sqlalchemy as sa

from tests.letterwatch.conftest import Workplace
from tests.letterwatch.watching.test_daemon import end
from tests.letterwatch.web.asking import ask
from tests.states import writing_state

TOKEN = "a-token-of-some-length"
FORGED = "80451%0a2026-01-01%20ERROR%20forged%1b%5b31m"


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_visitor_forges_a_line_or_reads_a_secret_in_its_log(workplace: Workplace, kind: str) -> None:
    file = workplace.folder / "page.log"
    text = workplace.config.read_text("utf-8").replace("[web]\n", f'[web]\ntoken = "{TOKEN}"\n')
    workplace.config.write_text(f'{text}\n[log]\nfile = "{file}"\nformat = "{kind}"\n', "utf-8")
    workplace.check()
    with workplace.start("serve") as process:
        begun = next(filter(None, (re.search(r"http://[\d.:]+/", line) for line in process.stderr or ())))
        with writing_state(workplace.folder) as state:
            state.execute(sa.text("ALTER TABLE publications RENAME TO gone"))
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = ask(begun[0], f"/letter/{FORGED}{TOKEN}/9", headers=headers)
        told = end(process)
    assert answer.status == 503
    for log in (told, file.read_text("utf-8")):
        assert "80451" in log
        assert TOKEN not in log
        assert "\x1b" not in log
        assert [line for line in log.splitlines() if not is_of(kind, line)] == []


def is_of(kind: str, line: str) -> bool:
    """True for a line of the log that begins a record, or continues one."""
    if kind == "json":
        return "message" in json.loads(line)
    return re.match(r"20\d\d-\d\d-\d\dT[\d:]{8}Z [A-Z]+ |  ", line) is not None
