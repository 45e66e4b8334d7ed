"""Everything in the table is done, and what must be seen is seen: one clear line, and its exit code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.letterwatch.slips.document import DOC, MARK, render_tables
from tests.letterwatch.slips.street import Street, open_street
from tests.letterwatch.slips.table import Slip, load_slips
from tests.letterwatch.slips.trying import try_slip

pytestmark = pytest.mark.sqlite("most of its slips are made with the file")

SLIPS = list(load_slips())


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with open_street(tmp_path_factory.mktemp("street")) as street:
        yield street


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.chapter}: {slip.done}")
def test_a_slip_is_told_in_one_line(slip: Slip, tmp_path: Path, street: Street) -> None:
    done = try_slip(slip, tmp_path, street)
    assert done.returncode == slip.exit, done
    assert "hush" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if done.stderr and done.returncode in (1, 2):
        assert done.stderr == f"letterwatch: {slip.seen}\n"
    else:
        assert slip.seen in (done.stdout + done.stderr).splitlines()


def test_the_documented_slips_are_the_tried_ones() -> None:
    """Other tables are written into the document, and fail until somebody has looked at them."""
    before, _, rest = DOC.read_text("utf-8").partition(MARK)
    tables, _, after = rest.partition(MARK)
    if tables != render_tables():
        DOC.write_text(f"{before}{MARK}{render_tables()}{MARK}{after}", "utf-8")
        pytest.fail("docs/troubleshooting.md has been written anew: look at the change, then run again")
