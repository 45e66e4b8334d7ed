"""Memory and time of each export on 5,000 and on 50,000 publications: streamed, so the memory is the same.

Run: `python -m benchmarks.export`. Fails where ten times the rows take more than 40 MB more.
"""

import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.many import make_publications
from letterwatch.exporting.files import export_database, export_tables, export_workbook
from state import EXPORTED_TABLES, Store

FORMS = ("csv", "jsonl", "parquet", "xlsx", "sqlite")
SIZES = (5_000, 50_000)
MOST_GROWTH_MB = 40


def export_once(url: str, form: str, target: Path) -> None:
    """One export in this process; prints seconds and peak megabytes."""
    with closing(Store.open(url, rehearsal=False, create=False)) as store:
        began = time.process_time()
        if form == "xlsx":
            export_workbook(store, target)
        elif form == "sqlite":
            export_database(store, target)
        else:
            export_tables(store, form, target, list(EXPORTED_TABLES)[:1], bom=False)
        spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent:.2f} {peak:.0f} {target.stat().st_size}")


def main() -> int:
    """The table of figures; 1 where memory grows with the rows."""
    if len(sys.argv) == 4:
        export_once(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
        return 0
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            url = f"sqlite:///{folder}/{size}.db"
            make_publications(url, size)
            for form in FORMS:
                target = f"{folder}/{size}.{form}"
                command = [sys.executable, "-m", "benchmarks.export", url, form, target]
                out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                figures[form, size] = tuple(map(float, out.split()))
    print(f"{'format':8} {'rows':>7} {'CPU s':>6} {'peak MB':>8} {'file MB':>8}")
    for (form, size), (seconds, peak, written) in figures.items():
        print(f"{form:8} {size:7,} {seconds:6.1f} {peak:8.0f} {written / 1e6:8.1f}")
    grown = {form: figures[form, SIZES[1]][1] - figures[form, SIZES[0]][1] for form in FORMS}
    worst = max(grown, key=lambda form: grown[form])
    print(f"memory at ten times the rows: at most {grown[worst]:+.0f} MB ({worst})")
    return int(grown[worst] > MOST_GROWTH_MB)


if __name__ == "__main__":
    sys.exit(main())
