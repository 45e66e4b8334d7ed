"""How soon an alert follows the page: from a report's appearing to the POST that tells of it.

    python -m benchmarks.latency [--changes 30]

The real daemon runs as a process of its own, polling every second, against the replica on loopback. A report
appears on a page at a chance moment; the clock stops when the signed webhook's POST arrives here. Printed are
the whole time, what of it came after the first page that showed the report, and what is left of that
without the crawl's own polite waiting, a pause before each request up to the document's. Fails where this
rest is above its ceiling.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.floors import find_excesses, load_ceilings
from letterwatch.demo.loopback import LoopbackServer, Request, Response
from letterwatch.demo.replica import Publication, Replica, load_replica
from letterwatch.demo.server import ReplicaServer

POLL = 1.0  # seconds
PAUSE = 0.1  # seconds between two requests to the site
PATIENCE = 120.0  # seconds, on a busy machine
OLD = timedelta(days=400)  # of what is on the pages from the start: no poll asks again for such pages
CONFIG = """\
[state]
url = {database}
archive = {archive}
[http]
contact = "https://example.org/benchmark"
requests_per_second = {pace}
requests_per_day = 1000000
[ofsted]
reports_url = {site}
files_hosts = [{host}]
poll = "{poll:.0f}s"
stale = "366d"
[channels.hook]
type = "webhook"
url = {hook}
secret = "benchmark of the latency"
[[subscriptions]]
name = "all"
channel = "hook"
authorities = ["all"]
events = ["publication.*"]
[web]
listen = "127.0.0.1:0"
"""


class ShownSite(ReplicaServer):
    """The replica; notes when a page first shows what is new, and the requests up to its document."""

    def __init__(self, replica: Replica) -> None:
        super().__init__(replica)
        self.shown_at: float | None = None
        self.asked = 0
        self._awaited = self._page = ""

    def show(self, report: Publication) -> None:
        """A report appears."""
        self.shown_at, self.asked, self._awaited = None, 0, f"/v1/file/{report.file_id}"
        self._page = f"/provider/44/{report.urn}"  # asked without the search where its last report is recent
        self.publish(report)

    def _respond_to(self, request: Request) -> Response:
        response = super()._respond_to(request)
        if self.shown_at is not None and self._awaited:
            self.asked += 1
        if request.path == self._awaited:
            self._awaited = ""
        if request.path in ("/search", self._page) and self.shown_at is None:
            self.shown_at = time.monotonic()
        return response


@dataclass
class Receiver:
    """Takes the webhook's POSTs; `told` are file ids by the moment at which each arrived first."""

    told: dict[str, float] = field(default_factory=dict)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def take(self, request: Request) -> Response:
        at = time.monotonic()
        file_id = json.loads(request.body)["publication"]["file_id"]
        with self.arrived:
            self.told.setdefault(file_id, at)
            self.arrived.notify_all()
        return Response()

    def wait(self, file_id: str) -> float:
        with self.arrived:
            if not self.arrived.wait_for(lambda: file_id in self.told, PATIENCE):
                raise RuntimeError(f"no alert of {file_id} within {PATIENCE:.0f} s")
            return self.told[file_id]


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from a report's appearing, and from the first page that showed it, to the alert."""

    whole: float
    shown: float
    asked: int  # requests from there to the document's

    @property
    def ours(self) -> float:
        """What is left of it without the crawl's polite pauses."""
        return max(0.0, self.shown - self.asked * PAUSE)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changes", type=int, default=30)
    taken = measure(parser.parse_args().changes)
    print(
        f"{len(taken)} reports, a poll every {POLL:.0f} s, {PAUSE} s between requests; seconds to the POST:"
    )
    rows = {
        "from the report's appearing": [each.whole for each in taken],
        "from the page that shows it": [each.shown for each in taken],
        "without the polite pauses": [each.ours for each in taken],
    }
    print(f"{'':32}{'p50':>7}{'p90':>7}{'p99':>7}{'max':>7}")
    for name, values in rows.items():
        print(f"{name:32}" + "".join(f"{find_quantile(values, share):7.2f}" for share in (0.5, 0.9, 0.99, 1)))
    figures = {"p50_seconds": find_quantile(rows["without the polite pauses"], 0.5)}
    figures["p90_seconds"] = find_quantile(rows["without the polite pauses"], 0.9)
    excesses = find_excesses(figures, load_ceilings("latency"))
    for line in excesses:
        print(line)
    return 1 if excesses else 0


def find_quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered) + 0.499999) - 1)]


def measure(changes: int) -> list[Latency]:
    """The latency of so many reports, one after the other."""
    receiver = Receiver()
    with (
        tempfile.TemporaryDirectory() as folder,
        ShownSite(_make_old(load_replica())) as site,
        LoopbackServer(receiver.take) as hook,
        (Path(folder) / "log").open("w") as log,
    ):
        config = _write_config(Path(folder), site, hook)
        command = [sys.executable, "-m", "letterwatch", "run", "--config", str(config)]
        with subprocess.Popen(command, stderr=log, env=os.environ.copy()) as daemon:
            try:
                _wait_for_first_look(Path(folder) / "log", daemon)
                return [_take(site, receiver, number) for number in range(changes)]
            finally:
                daemon.terminate()


def _take(site: ShownSite, receiver: Receiver, number: int) -> Latency:
    """A report appears at a chance moment between two polls."""
    time.sleep(random.Random(number).uniform(0, POLL))
    report = make_report(site.replica.publications[number % 9], number)
    begun = time.monotonic()
    site.show(report)
    told_at = receiver.wait(report.file_id)
    assert site.shown_at is not None
    return Latency(told_at - begun, told_at - site.shown_at, site.asked)


def make_report(model: Publication, number: int) -> Publication:
    """A report of today; each of another day's visit, so that none takes the place of another."""
    today = datetime.now(UTC).date()
    visited_on = today - timedelta(days=20 + number)
    return replace(
        model, file_id=str(50_900_000 + number), published_on=today, visited_on=visited_on, rating=None
    )


def _make_old(replica: Replica) -> Replica:
    """The replica long ago: what is on its pages is no news any more."""
    newest = max(each.published_on for each in replica.publications)
    shift = (datetime.now(UTC) - OLD).date() - newest
    aged = (
        replace(
            each,
            published_on=each.published_on + shift,
            visited_on=each.visited_on + shift if each.visited_on else None,
        )
        for each in replica.publications
    )
    return replace(replica, publications=tuple(aged))


def _write_config(folder: Path, site: LoopbackServer, hook: LoopbackServer) -> Path:
    path = folder / "letterwatch.toml"
    text = CONFIG.format(
        database=json.dumps(f"sqlite:///{folder / 'letterwatch.db'}"),
        archive=json.dumps(str(folder / "archive")),
        pace=1 / PAUSE,
        site=json.dumps(site.url),
        host=json.dumps(site.host),
        poll=POLL,
        hook=json.dumps(f"{hook.url}/hook"),
    )
    path.write_text(text, "utf-8")
    return path


def _wait_for_first_look(log: Path, daemon: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + PATIENCE
    while " ofsted: ok" not in log.read_text():
        if time.monotonic() > ends_at or daemon.poll() is not None:
            raise RuntimeError(f"the daemon's first look did not end well: {log.read_text()[-500:]}")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
