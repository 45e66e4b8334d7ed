"""The bill of materials names what is locked, no more and no less, with its hashes."""

import json
import subprocess
import sys
from pathlib import Path

from tests.tools.supply.test_lock import read_blocks
from tools.supply import RUNTIME


def test_the_bill_names_every_locked_package_with_its_hashes(tmp_path: Path) -> None:
    file = tmp_path / "bill.json"
    subprocess.run([sys.executable, "-m", "tools.supply.bill", str(file)], check=True, capture_output=True)
    bill = json.loads(file.read_text("utf-8"))
    listed = sorted((each["name"], each["version"]) for each in bill["components"])
    locked = sorted(
        tuple(block.split(" ")[0].split("--hash")[0].split("==")) for block in read_blocks(RUNTIME)
    )
    assert listed == locked
    assert all(each["externalReferences"][0]["hashes"] for each in bill["components"])
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "letterwatch")
