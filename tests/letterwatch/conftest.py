"""A workplace for whole-system tests: the replica site, an inbox, a configuration, the real command line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letterwatch.demo.inbox import Inbox
from letterwatch.demo.loopback import Request, Response
from letterwatch.demo.replica import Publication, load_replica
from letterwatch.demo.server import ReplicaServer
from letterwatch.demo.stage import write_config
from letterwatch.demo.story import LETTER
from tests.states import move_state

EVE = date(2019, 10, 31)


class Site(ReplicaServer):
    """The replica on the eve of the letter; `trap` is called with every request before it is answered."""

    def __init__(self) -> None:
        whole = load_replica()
        self.letter = whole.get(LETTER)
        self.trap: Callable[[Request], None] = lambda _request: None
        super().__init__(whole.until(EVE).without_publication(LETTER))

    def publish_letter(self) -> Publication:
        self.publish(self.letter)
        return self.letter

    def _respond_to(self, request: Request) -> Response:
        self.trap(request)
        return super()._respond_to(request)


@dataclass
class Workplace:
    """A folder with a configuration, and the programs run in it as a person would."""

    folder: Path
    site: Site
    inbox: Inbox
    config: Path

    command: tuple[str, ...] = (sys.executable, "-m", "letterwatch")

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERWATCH_")}
        return kept | {"LETTERWATCH_CONFIG": str(self.config)} | extra

    def start(self, *words: str, program: str = "letterwatch") -> subprocess.Popen[str]:
        """Starts a command and leaves it running."""
        return subprocess.Popen(
            [sys.executable, "-m", *program.split(), *words],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, program: str = "letterwatch") -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        with self.start(*words, program=program) as process:
            out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def check(self) -> tuple[int, dict[str, Any]]:
        """`letterwatch check`: exit code and the figures of its last line."""
        done = self.run("check")
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout.splitlines()[-1])

    def publications(self) -> Any:
        return json.loads(self.run("publications", "--json").stdout)

    def arrived(self) -> tuple[int, int]:
        """How many Slack messages and mails lie in the inbox."""
        return len(self.inbox.slack), len(self.inbox.mails)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    cfg = "[settings]\ndefault = letterwatch.watching.scrapy_settings\n"
    (tmp_path / "scrapy.cfg").write_text(cfg, "utf-8")
    with Site() as site, Inbox() as inbox:
        yield Workplace(tmp_path, site, inbox, move_state(write_config(tmp_path, site, inbox)))
