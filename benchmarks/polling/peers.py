"""Other watchers of pages, each installed with pip into a folder of its own and given the same addresses.

A command-line watcher is a process per round, as cron runs it: starting is part of its cost.
changedetection.io is a server: it is started once, and asked to look at everything again.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.polling.measuring import CHANGED, FIRST, QUIET, Cost, Costs, ask, count
from benchmarks.polling.programs import PROGRAMS, Work
from benchmarks.polling.running import run_apart

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "letterwatch-benchmarks"
INSTALL_WITHIN = 600  # seconds
ROUND_WITHIN = 600

URLWATCH = """\
display: {new: false, error: true, unchanged: false}
report:
  text: {details: false, footer: false, line_length: 75}
  stdout: {enabled: true, color: false}
"""


class PeerMissing(Exception):  # noqa: N818  no fault: the peer is left out, with its reason
    """A peer that cannot be measured here; the message says why."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used."""

    cpu: float
    peak: float


def measure_any(name: str, work: Work, quiet: int, changed: int) -> Costs | None:
    """A program's or a peer's costs; None, and a line that says why, where it cannot be had."""
    if name in PROGRAMS:
        return run_apart(name, work, quiet, changed)
    try:
        return measure_peer(name, work, quiet, changed)
    except PeerMissing as missing:
        print(f"{name} is left out: {missing}", flush=True)
        return None


def measure_peer(name: str, work: Work, quiet: int, changed: int) -> Costs:
    """A peer's first round, its quiet ones and those with five changes; raises PeerMissing."""
    if name not in PEERS:
        raise PeerMissing(f"there is no measuring it; known are {', '.join(PEERS)}")
    program = install(name)
    with tempfile.TemporaryDirectory() as folder, PEERS[name](program, Path(folder), work) as one_round:
        costs = {FIRST: [_take(work, one_round)], QUIET: [], CHANGED: []}
        for _ in range(quiet):
            costs[QUIET].append(_take(work, one_round))
        for _ in range(changed):
            ask(work.turn_url)
            costs[CHANGED].append(_take(work, one_round))
        return costs


def install(name: str) -> Path:
    """The peer's program, installed once; raises PeerMissing where it cannot be had."""
    folder = CACHE / name
    program = folder / "bin" / name
    if not program.exists():
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", name]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=INSTALL_WITHIN)
            done = subprocess.run(pip, capture_output=True, text=True, timeout=INSTALL_WITHIN, check=False)
        except (subprocess.SubprocessError, OSError) as error:
            raise PeerMissing(f"not installed: {error}") from error
        if done.returncode or not program.exists():
            raise PeerMissing(f"not installed: {(done.stderr.strip().splitlines() or ['pip failed'])[-1]}")
    return program


def _take(work: Work, one_round: Callable[[], Usage]) -> Cost:
    before, begun = count(work.base), perf_counter()
    usage = one_round()
    wall = perf_counter() - begun
    sent = count(work.base).since(before)
    return Cost(sent.requests, sent.bytes, usage.cpu, wall, usage.peak)


def _run(command: Sequence[str], folder: Path) -> Usage:
    """Runs a command to its end; what it says is kept in the folder."""
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=said, env=os.environ | {"HOME": str(folder)}
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise PeerMissing(f"it ended with {process.returncode}: {(folder / 'said').read_text()[-200:]}")
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


@contextmanager
def urlwatch(program: Path, folder: Path, work: Work) -> Iterator[Callable[[], Usage]]:
    """One process a round, its pages in a database of its own."""
    (folder / "urls.yaml").write_text("---\n".join(f"url: {json.dumps(url)}\n" for url in work.urls))
    (folder / "urlwatch.yaml").write_text(URLWATCH)
    files = ["--urls", "urls.yaml", "--config", "urlwatch.yaml", "--cache", "cache.db"]
    yield lambda: _run([str(program), *files], folder)


@contextmanager
def webchanges(program: Path, folder: Path, work: Work) -> Iterator[Callable[[], Usage]]:
    """One process a round, as urlwatch, of which it is a fork."""
    (folder / "jobs.yaml").write_text("---\n".join(f"url: {json.dumps(url)}\n" for url in work.urls))
    files = ["--jobs", "jobs.yaml", "--config", "config.yaml", "--database", "snapshots.db"]
    yield lambda: _run([str(program), *files], folder)


@contextmanager
def changedetection(program: Path, folder: Path, work: Work) -> Iterator[Callable[[], Usage]]:
    """A server with all pages, asked to look at everything again; a round ends when it looked at all."""
    import psutil  # noqa: PLC0415  only this peer lives on between rounds

    with (folder / "said").open("w") as said:
        command = [str(program), "-d", str(folder), "-h", "127.0.0.1", "-p", "5099", "-C"]
        allow = {"ALLOW_IANA_RESTRICTED_ADDRESSES": "true"}  # loopback
        server = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=os.environ | allow)
    try:
        api = ChangeDetection(folder)
        api.wait_until_up(server)
        process = psutil.Process(server.pid)
        peak = 0.0

        def used() -> float:
            alive = [each.cpu_times() for each in (process, *process.children(recursive=True))]
            return sum(each.user + each.system for each in alive)

        known = False

        def one_round() -> Usage:
            nonlocal known, peak
            before = used()
            enough = count(work.base).requests + len(work.urls)
            if known:
                api.recheck()
            else:
                api.add(work.urls)
            known = True
            ends_at = time.monotonic() + ROUND_WITHIN
            while count(work.base).requests < enough:
                peak = max(peak, process.memory_info().rss / 1e6)
                if time.monotonic() > ends_at:
                    raise PeerMissing(f"a round was not over within {ROUND_WITHIN} s")
                time.sleep(0.5)
            time.sleep(1)  # the last answers are being compared
            return Usage(used() - before, peak)

        yield one_round
    finally:
        server.terminate()
        server.wait(30)


class ChangeDetection:
    """The little of changedetection.io's API that a round needs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._base = "http://127.0.0.1:5099/api/v1"

    def wait_until_up(self, server: subprocess.Popen[bytes]) -> None:
        """Returns once it answers."""
        for _ in range(240):
            if server.poll() is not None:
                break
            try:
                self._ask("/systeminfo")
            except (OSError, StopIteration):
                time.sleep(0.5)
            else:
                return
        raise PeerMissing(f"its server does not answer: {(self._folder / 'said').read_text()[-300:]}")

    def add(self, urls: Sequence[str]) -> None:
        """Has it watch all addresses; it looks at new ones at once."""
        self._ask("/import", "\n".join(urls).encode())

    def recheck(self) -> None:
        """Has it look at all again."""
        self._ask("/watch?recheck_all=1")

    def _ask(self, path: str, body: bytes | None = None) -> None:
        from urllib.request import Request, urlopen  # noqa: PLC0415  only this peer needs it

        headers = {"x-api-key": self._find_key(), "Content-Type": "text/plain"}
        with urlopen(Request(self._base + path, data=body, headers=headers), timeout=60) as answer:
            answer.read()

    def _find_key(self) -> str:
        """The key it made for itself when it started."""
        for path in sorted(self._folder.glob("*.json")):
            found = json.loads(path.read_text())
            key = found.get("settings", {}).get("application", {}).get("api_access_token")
            if key:
                return str(key)
        raise StopIteration


Peer = Callable[[Path, Path, Work], AbstractContextManager[Callable[[], Usage]]]
PEERS: Mapping[str, Peer] = {
    "urlwatch": urlwatch,
    "webchanges": webchanges,
    "changedetection.io": changedetection,
}
