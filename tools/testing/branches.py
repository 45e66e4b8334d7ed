"""The share of branches that tests take, package by package: the last part of `make coverage`.

Reads the data that `coverage run` left. Branches alone are counted: lines between them would flatter. Exit
code 1 where a package is below the floor.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from coverage import Coverage
from coverage.exceptions import NoDataError

FLOOR = 95.0  # per cent of a package's branches


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the branches in some files were taken."""

    taken: int
    branches: int

    @property
    def percent(self) -> float:
        """A package without branches has none that is not taken."""
        return 100 * self.taken / self.branches if self.branches else 100.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--floor", type=float, default=FLOOR, help="per cent that each package must reach")
    parser.add_argument("--data", help="file of coverage's data, where it is not the configured one")
    options = parser.parse_args()
    try:
        files = load_files(options.data)
    except NoDataError:
        sys.exit("branches: no test has been measured; run `make coverage`")
    shares = measure_packages(files)
    print("\n".join(list_gaps(files)))
    for package, share in shares.items():
        print(f"{package}: {share.percent:.1f}% of branches ({share.taken} of {share.branches})")
    low = [package for package, share in shares.items() if share.percent < options.floor]
    if low:
        sys.exit(f"branches: {', '.join(low)} below {options.floor:g}%")


def load_files(data: str | None = None) -> Mapping[str, Any]:
    """Coverage's report of every measured file by its path, from the data of the last measured run."""
    measured = Coverage(data_file=data) if data else Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(report))
        files: Mapping[str, Any] = json.loads(report.read_text("utf-8"))["files"]
    return files


def measure_packages(files: Mapping[str, Any]) -> dict[str, Share]:
    """The branches of each top-level package, taken and in all."""
    shares: dict[str, Share] = {}
    for path, report in files.items():
        package, summary = PurePath(path).parts[0], report["summary"]
        before = shares.get(package, Share(0, 0))
        shares[package] = Share(
            before.taken + summary["covered_branches"], before.branches + summary["num_branches"]
        )
    return shares


def list_gaps(files: Mapping[str, Any]) -> Iterable[str]:
    """A line for each file with branches that no test takes, as "from line->to line" ("exit": out of it)."""
    for path, report in sorted(files.items()):
        missing = [f"{start}->{end if end > 0 else 'exit'}" for start, end in report["missing_branches"]]
        if missing:
            yield f"{path}: {', '.join(missing)}"


if __name__ == "__main__":
    main()
