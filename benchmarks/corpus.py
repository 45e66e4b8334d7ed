"""The folder of real documents that the benchmarks measure on."""

import csv
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

TruthRow = Mapping[str, str]


def find_corpus() -> Path:
    """The corpus beside the checkout or where LETTERWATCH_CORPUS points; ends the run where there is none."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    folder = Path(os.environ.get("LETTERWATCH_CORPUS", beside))
    if not (folder / "truth.csv").exists():
        sys.exit(f"no corpus of real documents at {folder}; set LETTERWATCH_CORPUS")
    return folder


def list_documents(folder: Path) -> Iterator[tuple[TruthRow, bytes]]:
    """Every file of the corpus with what is known of it."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield row, (folder / "documents" / row["file"]).read_bytes()
