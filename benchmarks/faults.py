"""Every fault at every step of the way of the data, done against the real program: docs/faults.md's table.

`python -m benchmarks.faults [--only "search page: *"]`

Writes the table, row by row; ends with 1 where something was lost or doubled that is not known to be, where a
row failed, or where the document was another before.
"""

import argparse
import fnmatch
import sys
import tempfile
import time
from pathlib import Path

from tests.letterwatch.faults.catalogue import KNOWN_COSTS, all_faults
from tests.letterwatch.faults.table import DOC, read_rows, write_rows
from tests.letterwatch.faults.town import open_town
from tests.letterwatch.faults.trying import try_fault
from tests.servers.postgres import end_server


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="*", help="step: fault, with * for anything")
    wanted = parser.parse_args().only
    faults = all_faults()
    before, rows, begun = DOC.read_text("utf-8"), read_rows(), time.monotonic()
    chosen = [each for each in faults if fnmatch.fnmatchcase(f"{each.step}: {each.name}", wanted)]
    costly, failed = 0, 0
    with tempfile.TemporaryDirectory() as model, open_town(Path(model)) as town:
        for fault in chosen:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    row = try_fault(fault, Path(folder), town)
                except AssertionError as error:  # the rows after it are tried all the same
                    failed += 1
                    print(f"FAILED: {fault.step}: {fault.name}: {error}", flush=True)
                    continue
            rows[fault.step, fault.name] = row.render()
            write_rows(faults, rows)
            print(row.render(), flush=True)
            costly += bool(row.lost or row.doubled) and (fault.step, fault.name) not in KNOWN_COSTS
    end_server()
    seconds = time.monotonic() - begun
    print(f"{len(chosen)} faults in {seconds:.0f} s; lost or doubled by {costly}, failed {failed}")
    changed = DOC.read_text("utf-8") != before
    if changed:
        print("docs/faults.md has been written anew: look at the change")
    return 1 if costly or failed or changed else 0


if __name__ == "__main__":
    sys.exit(main())
