"""The table of docs/faults.md."""

from collections.abc import Mapping
from pathlib import Path

from tests.letterwatch.faults.catalogue import Fault

DOC = Path(__file__).parents[3] / "docs" / "faults.md"
MARK = "<!-- faults -->\n"
HEAD = (
    "| at this step | this happens | the operator sees | exit | incident | told | lost | doubled |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def read_rows() -> dict[tuple[str, str], str]:
    """The documented rows by step and fault."""
    table = DOC.read_text("utf-8").partition(MARK)[2].partition(MARK)[0]
    found = {}
    for row in table.splitlines()[2:]:
        step, fault, _ = row.removeprefix("| ").split(" | ", 2)
        found[step, fault] = row
    return found


def write_rows(faults: list[Fault], rows: Mapping[tuple[str, str], str]) -> None:
    """Puts the rows into the document in the order of the way of the data."""
    text = DOC.read_text("utf-8")
    before, _, rest = text.partition(MARK)
    after = rest.partition(MARK)[2]
    body = "".join(
        f"{rows[fault.step, fault.name]}\n" for fault in faults if (fault.step, fault.name) in rows
    )
    DOC.write_text(f"{before}{MARK}{HEAD}{body}{MARK}{after}", "utf-8")
