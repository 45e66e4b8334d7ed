"""Seven simulated days of the daemon on a driven clock: CPU, requests, and whether memory is flat.

    python -m benchmarks.soak [--poll 10m]

The days are those of tests/letterwatch/watching/week.py: both nights on which the clocks change, an outage, a
redesign, a block, an election, Christmas, a flood. The replica of the site, the inbox and the tables of
the test run in the same process, so the memory shown is an upper bound of the daemon's. Fails where it
grows after the second day, when all has been done once.
"""

import argparse
import gc
import sys
import tempfile
import time
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path

import psutil

from letterwatch.plain_words import LONDON
from tests.letterwatch.watching.week import SETTINGS, SUBSCRIPTION, WEEK, live_day, told
from tests.letterwatch.world import make_world

MOST_MB = 150
FLAT_MB = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poll", default="10m")
    settings = SETTINGS.format(poll=parser.parse_args().poll)
    start = datetime.combine(WEEK[0].on, clock_time(0), LONDON)
    process = psutil.Process()
    sizes = []
    with (
        tempfile.TemporaryDirectory() as folder,
        make_world(Path(folder), start, settings, SUBSCRIPTION) as world,
    ):
        print(f"{'day':<12}{'looks':>7}{'requests':>10}{'MB down':>9}{'CPU s':>8}{'MB held':>9}  told")
        for day in WEEK:
            looks, traffic, heard = len(world.app.store.runs(100_000)), world.site.traffic, len(told(world))
            began = time.process_time()
            live_day(world, day)
            gc.collect()
            sizes.append(process.memory_info().rss / 1e6)
            spent = world.site.traffic.since(traffic)
            print(
                f"{day.on!s:<12}{len(world.app.store.runs(100_000)) - looks:>7}{spent.requests:>10}"
                f"{spent.bytes / 1e6:>9.2f}{time.process_time() - began:>8.1f}{sizes[-1]:>9.1f}"
                f"  {len(told(world)) - heard}",
                flush=True,
            )
        incidents = [f"{each.verdict.value} {each.opened_at:%d %b}" for each in world.app.store.incidents()]
    growth = sizes[-1] - sizes[1]
    print(f"incidents: {', '.join(reversed(incidents))}")
    aim = f"aim: {MOST_MB} for the daemon alone"
    print(f"memory: at most {max(sizes):.1f} MB ({aim}), {growth:+.1f} MB since the second day")
    return 0 if growth <= FLAT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
