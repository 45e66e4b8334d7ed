"""Reads damaged PDFs in the limited process: none may crash the parent, hang, leak or go unanswered.

`python -m benchmarks.fuzz_pdf [COUNT] [--seed N]`; the default is 20,000.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

import psutil
from rich.console import Console
from rich.progress import track

from benchmarks.mutations import mutate
from scraper.letters import LetterReader

SOUND = Path(__file__).resolve().parents[1] / "letterwatch" / "demo" / "letters"
MOST_SECONDS = 21.0
MOST_GROWTH_MB = 50.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    console = Console()
    bodies = [path.read_bytes() for path in sorted(SOUND.glob("*.pdf"))]
    outcomes: Counter[str] = Counter()
    slowest = (0.0, 0)
    before = psutil.Process().memory_info().rss
    with LetterReader() as reader:
        for seed in track(range(options.seed, options.seed + options.count), "damaged PDFs", console=console):
            began = perf_counter()
            reading = reader.read(mutate(bodies, seed))
            slowest = max(slowest, (perf_counter() - began, seed))
            outcomes["read" if reading.letter else reading.unreadable or "no answer"] += 1
    growth = (psutil.Process().memory_info().rss - before) / 1e6
    for outcome, count in outcomes.most_common():
        console.print(f"{count:7,}  {outcome}", highlight=False)
    console.print(f"slowest {slowest[0]:.2f} s (seed {slowest[1]}), this process grew by {growth:.0f} MB")
    left = psutil.Process().children()
    is_sound = (
        slowest[0] <= MOST_SECONDS and growth <= MOST_GROWTH_MB and not left and not outcomes["no answer"]
    )
    sys.exit(0 if is_sound else 1)


if __name__ == "__main__":
    main()
