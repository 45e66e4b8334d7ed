"""A fault of each step is done, and is what docs/faults.md says; `make faults` does all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.letterwatch.faults.catalogue import KNOWN_COSTS, Fault, all_faults
from tests.letterwatch.faults.table import read_rows
from tests.letterwatch.faults.town import Town, open_town
from tests.letterwatch.faults.trying import try_fault

pytestmark = pytest.mark.sqlite("its faults of the machine are done to the file")

FAULTS = all_faults()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.mark.parametrize(
    "fault", [each for each in FAULTS if each.is_sample], ids=lambda each: f"{each.step}: {each.name}"
)
def test_a_fault_loses_and_doubles_nothing(fault: Fault, tmp_path: Path, town: Town) -> None:
    row = try_fault(fault, tmp_path, town)
    if (fault.step, fault.name) not in KNOWN_COSTS:
        assert (row.lost, row.doubled) == ((), ())
    assert row.render() == read_rows()[fault.step, fault.name]


def test_every_fault_is_documented_with_its_losses() -> None:
    rows = read_rows()
    assert list(rows) == [(fault.step, fault.name) for fault in FAULTS]
    costly = {key for key, row in rows.items() if not row.endswith("| none | none |")}
    assert costly == set(KNOWN_COSTS)
