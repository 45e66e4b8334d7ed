"""Every fault at every step of the way of the data, done against the real program: docs/faults.md's table.

`python -m benchmarks.faults [--only "search page: *"]`

Writes the table; ends with 1 where something was lost or doubled that is not known to be, or where the
document was another before.
"""

import argparse
import fnmatch
import sys
import tempfile
import time
from pathlib import Path

from tests.letterwatch.faults.catalogue import KNOWN_LOSSES, all_faults
from tests.letterwatch.faults.table import read_rows, write_rows
from tests.letterwatch.faults.town import open_town
from tests.letterwatch.faults.trying import try_fault


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="*", help="step: fault, with * for anything")
    wanted = parser.parse_args().only
    faults = all_faults()
    rows, costly, begun = read_rows(), [], time.monotonic()
    chosen = [each for each in faults if fnmatch.fnmatchcase(f"{each.step}: {each.name}", wanted)]
    with tempfile.TemporaryDirectory() as model, open_town(Path(model)) as town:
        for fault in chosen:
            with tempfile.TemporaryDirectory() as folder:
                row = try_fault(fault, Path(folder), town)
            rows[fault.step, fault.name] = row.render()
            print(row.render(), flush=True)
            if (row.lost or row.doubled) and (fault.step, fault.name) not in KNOWN_LOSSES:
                costly.append(row)
    changed = write_rows(faults, rows)
    print(f"{len(chosen)} faults in {time.monotonic() - begun:.0f} s; lost or doubled by {len(costly)}")
    if changed:
        print("docs/faults.md has been written anew: look at the change")
    return 1 if costly or changed else 0


if __name__ == "__main__":
    sys.exit(main())
