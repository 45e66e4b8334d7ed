"""What memory the daemon alone holds: the real one, in a process of its own, from its first start on.

    python -m benchmarks.daemon_memory [--looks 40]

It watches the demo's replica, which runs here, with a page that nobody visits and a new state, so that
making the schema counts too. Fails where it ever holds more than the floor, or grows once it has settled.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from letterwatch.demo.inbox import Inbox
from letterwatch.demo.replica import load_replica
from letterwatch.demo.server import ReplicaServer
from letterwatch.demo.stage import write_config

MOST_MB = 150
FLAT_MB = 2  # more than at half of the looks
POLL = "1s"
PATIENCE = 120.0  # seconds for a look, on a busy machine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--looks", type=int, default=40)
    sizes = measure(parser.parse_args().looks)
    settled, most = sizes[len(sizes) // 2], max(sizes)
    growth = sizes[-1] - settled
    print(f"after {len(sizes)} looks: first {sizes[0]:.1f} MB, halfway {settled:.1f}, last {sizes[-1]:.1f}")
    print(f"at most {most:.1f} MB (floor: {MOST_MB}), {growth:+.1f} MB in the last half")
    return 0 if most <= MOST_MB and growth <= FLAT_MB else 1


def measure(looks: int) -> list[float]:
    """The resident megabytes of a daemon after each of its first looks, its peak before them in the first."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ReplicaServer(load_replica()) as site,
        Inbox() as inbox,
        (Path(folder) / "log").open("w+") as log,
    ):
        command = [sys.executable, "-m", "letterwatch", "run", "--config"]
        command.append(str(write_config(Path(folder), site, inbox)))
        env = os.environ | {"LETTERWATCH_OFSTED__POLL": POLL}
        with subprocess.Popen(command, env=env, stderr=log) as daemon:
            try:
                return _watch(psutil.Process(daemon.pid), Path(folder) / "log", looks)
            finally:
                daemon.terminate()


def _watch(daemon: psutil.Process, log: Path, looks: int) -> list[float]:
    sizes: list[float] = []
    most = 0.0
    ends_at = time.monotonic() + PATIENCE
    while len(sizes) < looks and time.monotonic() < ends_at:
        time.sleep(0.05)
        most = max(most, daemon.memory_info().rss / 1e6)
        if log.read_text().count(" ofsted: ok") > len(sizes):
            sizes.append(most)
            most, ends_at = 0.0, time.monotonic() + PATIENCE
    if len(sizes) < looks:
        raise RuntimeError(f"only {len(sizes)} looks: {log.read_text()[-500:]}")
    return sizes


if __name__ == "__main__":
    sys.exit(main())
