"""Whole reading beside the PDF library's bare text extraction of the same files in the same run.

`python -m benchmarks.reading_speed [--rounds 3]`: the median factor must be at most 2.
"""

import argparse
import resource
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import pypdfium2  # type: ignore[import-untyped]
from rich.console import Console
from rich.table import Table

from benchmarks.corpus import find_corpus, list_documents
from scraper.letters import read_document

MOST_TIMES_BARE = 2.0
MOST_SECONDS = 2.0
MOST_MEGABYTES = 300.0


@dataclass(frozen=True)
class Timing:
    file: str
    bare: float
    whole: float

    @property
    def factor(self) -> float:
        return self.whole / self.bare


def extract_bare(body: bytes) -> int:
    """All text of a PDF as the library gives it; the number of characters."""
    characters = 0
    with pypdfium2.PdfDocument(body) as document:
        for page in document:
            text_page = page.get_textpage()
            characters += len(text_page.get_text_range())
            text_page.close()
            page.close()
    return characters


def measure(rounds: int) -> list[Timing]:
    """Each document's best of several rounds, both ways in turn."""
    timings = []
    for row, body in list_documents(find_corpus()):
        if not body.startswith(b"%PDF"):
            continue
        pairs = [(_time(extract_bare, body), _time(read_document, body)) for _ in range(rounds)]
        timings.append(Timing(row["file"], min(bare for bare, _ in pairs), min(whole for _, whole in pairs)))
    return timings


def _time(work: Callable[[bytes], object], body: bytes) -> float:
    """Processor time, in seconds: a busy machine must not count as a slow reader."""
    began = process_time()
    work(body)
    return process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    timings = measure(parser.parse_args().rounds)
    factor = statistics.median(timing.factor for timing in timings)
    slowest = max(timings, key=lambda timing: timing.whole)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table = Table("figure", "measured", "at most", title=f"Reading {len(timings)} documents")
    table.add_row(
        "bare extraction, median", f"{1000 * statistics.median(t.bare for t in timings):.1f} ms", ""
    )
    table.add_row("whole reading, median", f"{1000 * statistics.median(t.whole for t in timings):.1f} ms", "")
    table.add_row("whole : bare, median", f"{factor:.2f}", f"{MOST_TIMES_BARE:.2f}")
    table.add_row(f"slowest, {slowest.file}", f"{slowest.whole:.2f} s", f"{MOST_SECONDS:.2f} s")
    table.add_row("peak memory of this process", f"{megabytes:.0f} MB", f"{MOST_MEGABYTES:.0f} MB")
    Console().print(table)
    is_within = factor <= MOST_TIMES_BARE and slowest.whole <= MOST_SECONDS and megabytes <= MOST_MEGABYTES
    sys.exit(0 if is_within else 1)


if __name__ == "__main__":
    main()
