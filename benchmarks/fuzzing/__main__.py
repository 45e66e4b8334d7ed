"""Fuzzes every reader for its share of the time, and prints what came of it: `make fuzz`.

`python -m benchmarks.fuzzing [--minutes N] [--seed N] [--only WORDS]`; a crash names its seed.
Exit code 1 where anything crashed, hung or was wrong.
"""

import argparse
import faulthandler
import os
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, time

from rich.console import Console
from rich.table import Table

from benchmarks.fuzzing.files import list_file_targets
from benchmarks.fuzzing.pages import list_page_targets
from benchmarks.fuzzing.target import Target
from benchmarks.fuzzing.texts import list_text_targets
from scraper.letters import LetterReader

HANGS_AFTER = 120  # seconds for one input; the program then ends with the place where it hangs
MOST_SECONDS = 5.0  # for one input, the reader's own limit aside
WORTH_SHOWING = 5


@dataclass
class Tally:
    """What came of one target's inputs; a crash is known by its kind and place, with its first seed."""

    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: dict[str, int] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)

    @property
    def is_sound(self) -> bool:
        """Nothing crashed and nothing took too long."""
        return not self.crashes and self.slowest[0] <= MOST_SECONDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("FUZZ_MINUTES", "6")))
    parser.add_argument("--seed", type=int, default=int(time()), help="the first one; today's unless told")
    parser.add_argument("--count", type=int, help="how many inputs of each, whatever the time")
    parser.add_argument("--only", default="", help="targets whose names contain this")
    options = parser.parse_args()
    console = Console(width=120 if not sys.stdout.isatty() else None)
    with tempfile.TemporaryDirectory() as folder, LetterReader() as reader:
        every = [*list_page_targets(), *list_text_targets(), *list_file_targets(Path(folder), reader)]
        targets = [target for target in every if options.only in target.name]
        share = 60 * options.minutes / len(targets)
        console.print(f"seeds from {options.seed}, {share:.0f} seconds each", highlight=False)
        tallies = {target.name: fuzz(target, options.seed, share, options.count) for target in targets}
    console.print(draw(tallies))
    for name, tally in tallies.items():
        for crash, seed in list(tally.crashes.items())[:WORTH_SHOWING]:
            console.print(
                f'{crash}\n  --only "{name}" --seed {seed} --count 1', highlight=False, markup=False
            )
    sys.exit(0 if all(tally.is_sound for tally in tallies.values()) else 1)


def fuzz(target: Target, first: int, seconds: float, count: int | None) -> Tally:
    """Tries input after input until the time, or the count, is over."""
    tally = Tally()
    ends_at, seed = monotonic() + seconds, first
    while seed < first + count if count else monotonic() < ends_at:
        body = target.make_input(seed)
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        began = monotonic()
        try:
            tally.outcomes[target.attempt(body)] += 1
        except Exception as error:  # noqa: BLE001  the very thing that is looked for
            tally.outcomes["crashed"] += 1
            tally.crashes.setdefault(_name(error), seed)
        faulthandler.cancel_dump_traceback_later()
        tally.slowest = max(tally.slowest, (monotonic() - began, seed))
        seed += 1
    return tally


def _name(error: Exception) -> str:
    """The kind of a crash and where it happened: many inputs may be one fault."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/benchmarks/" not in frame.filename] or frames
    where = f"{'/'.join(ours[-1].filename.split('/')[-3:])}:{ours[-1].lineno}"
    return f"{type(error).__name__} at {where}: {' '.join(str(error).split())[:160]}"


def draw(tallies: dict[str, Tally]) -> Table:
    """One row a target."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("what")
    table.add_column("inputs", justify="right")
    table.add_column("crashes", justify="right")
    table.add_column("slowest", justify="right")
    table.add_column("what came of them")
    for name, tally in tallies.items():
        words = ", ".join(f"{count:,} {outcome}" for outcome, count in tally.outcomes.most_common())
        slowest = f"{tally.slowest[0]:.2f} s"
        table.add_row(name, f"{tally.outcomes.total():,}", str(len(tally.crashes)), slowest, words)
    return table


if __name__ == "__main__":
    main()
