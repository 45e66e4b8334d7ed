"""A fleet for tests: the replica and an inbox, a real PostgreSQL, clocks and workers as real processes."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from letterwatch.demo.inbox import Inbox
from letterwatch.demo.stage import write_config
from state import Store
from tests.letterwatch.conftest import Site, Workplace
from tests.state.conftest import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

PATIENCE = 120.0


@dataclass
class Fleet:
    """A workplace whose state several processes share; what is started is ended with it."""

    place: Workplace
    store: Store
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def clock(self) -> subprocess.Popen[str]:
        return self._start("run", "--engine", "procrastinate")

    def worker(self, *words: str) -> subprocess.Popen[str]:
        return self._start("worker", *words)

    def _start(self, *words: str) -> subprocess.Popen[str]:
        log = self.place.folder / f"{words[0]}-{len(self.processes)}.log"
        with log.open("w") as file:
            process = subprocess.Popen(
                [*self.place.command, *words],
                cwd=self.place.folder,
                env=self.place.environment(),
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.processes.append(process)
        return process

    def log(self, process: subprocess.Popen[str]) -> str:
        number = self.processes.index(process)
        (file,) = self.place.folder.glob(f"*-{number}.log")
        return file.read_text("utf-8")

    def end(self, process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)

    def kill(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        process.wait()

    def wait_for(self, what: Callable[[], object], words: str) -> None:
        """Waits until something holds; fails with all logs where it never does."""
        try:
            wait_for(what, words)
        except TimeoutError as late:
            logs = "\n".join(f"--- {each.args}\n{self.log(each)[-3000:]}" for each in self.processes)
            pytest.fail(f"{late}\n{logs}")


def wait_for(what: Callable[[], object], words: str) -> None:
    """Waits until something holds; raises TimeoutError where it does not within what a busy machine needs."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{words}, in {PATIENCE:.0f} s")
        threading.Event().wait(0.1)


@pytest.fixture
def fleet(tmp_path: Path, postgres_url: str) -> Iterator[Fleet]:
    with Site() as site, Inbox() as inbox:
        config = write_config(tmp_path, site, inbox)
        share(config, postgres_url)
        with closing(Store.open(postgres_url, rehearsal=False)) as store:
            fleet = Fleet(Workplace(tmp_path, site, inbox, config), store)
            try:
                yield fleet
            finally:
                for process in fleet.processes:
                    process.kill()
                    process.wait()


def share(config: Path, url: str, poll: str = "1s") -> None:
    """Puts the state onto PostgreSQL and polls often."""
    lines = config.read_text("utf-8").splitlines()
    lines = [f'url = "{url}"' if line.startswith("url = ") else line for line in lines]
    config.write_text("\n".join(lines).replace("[ofsted]", f'[ofsted]\npoll = "{poll}"') + "\n", "utf-8")
