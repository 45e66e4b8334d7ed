"""What Letterwatch leaves on disks, terminals and in `ps`: nothing for others, nothing that acts."""

import importlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest

from letterwatch.cli import COMMANDS
from letterwatch.output import print_json
from tests.letterwatch.conftest import Workplace
from tests.servers.web import WebServer, redirect

OPEN_UMASK = "import os, sys; os.umask(0o022); from letterwatch.cli import main; main()"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_state_and_its_copies_are_for_their_owner_alone(workplace: Workplace) -> None:
    """With the umask that most systems have, files would be for all to read."""
    data = workplace.folder / "data"
    environment = workplace.environment(
        LETTERWATCH_STATE__URL=f"sqlite:///{data}/state/letterwatch.db",
        LETTERWATCH_STATE__ARCHIVE=f"{data}/archive",
    )
    for words in (["check"], ["backup", str(data / "state.tar")]):
        command = [sys.executable, "-c", OPEN_UMASK, *words]
        subprocess.run(command, env=environment, cwd=workplace.folder, check=True, capture_output=True)
    assert {mode(folder) for folder in (data, data / "state", data / "archive")} == {0o700}
    assert {mode(folder) for folder in (data / "archive").rglob("*") if folder.is_dir()} == {0o700}
    files = [*(data / "state").iterdir(), data / "state.tar"]
    assert {"letterwatch.db", "state.tar"} < {file.name for file in files}
    assert {file.name: oct(mode(file)) for file in files if mode(file) != 0o600} == {}


def test_no_command_must_be_told_a_secret_where_ps_shows_it() -> None:
    telling = {"secret", "token", "password", "webhook", "smtp", "key"}
    found = set()
    for name in COMMANDS:
        command = importlib.import_module(f"letterwatch.commands.{name.replace('-', '_')}").command
        every = [command, *getattr(command, "commands", {}).values()]
        found |= {
            (name, option)
            for each in every
            for parameter in each.params
            if isinstance(parameter, click.Option)
            for option in parameter.opts
            if telling & set(option.strip("-").split("-"))
        }
    assert found == {("init", "--slack-webhook")}  # which takes "-": see test_init.py


def call(workplace: Workplace, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """A command with environment variables of its own."""
    return subprocess.run(
        [sys.executable, "-m", "letterwatch", *words],
        env=workplace.environment(**extra),
        cwd=workplace.folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["publications", "check", "doctor", "backup b.tar", "db upgrade"])
@pytest.mark.parametrize("written", ["letterwatch:hushhush@{}/x", "letterwatch@{}/x?password=hushhush"])
def test_an_error_shows_no_password(workplace: Workplace, written: str, command: str) -> None:
    url = f"postgresql+psycopg://{written.format('127.0.0.1:9')}"
    done = call(workplace, *command.split(), LETTERWATCH_STATE__URL=url)
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr + done.stdout
    assert "hushhush" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("password", ["hush@hushhush", "hush@us:hushhush"])
def test_a_password_that_is_not_written_as_it_must_be_is_no_host(workplace: Workplace, password: str) -> None:
    url = f"postgresql+psycopg://letterwatch:{password}@127.0.0.1/letterwatch"
    done = call(workplace, "publications", LETTERWATCH_STATE__URL=url)
    assert done.returncode == 1
    assert "%40" in done.stderr
    assert "hush" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_servers_words_do_not_move_the_cursor(workplace: Workplace) -> None:
    """A redirect's target is told where it is refused."""
    with WebServer() as web:
        web.serve("/letter.pdf", redirect("http://evil.example/\x1b]0;owned\x07"))
        hosts = json.dumps([web.host])
        done = call(workplace, "read", web.url("/letter.pdf"), LETTERWATCH_OFSTED__FILES_HOSTS=hosts)
    assert done.returncode == 1
    assert "only https is fetched" in done.stderr
    assert not set("\x1b\x07") & set(done.stderr)


def test_json_means_the_same_and_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = {"title": "\x1b[2J \x9b31m \x7f \u202egnp.exe \u2066 – “Children’s”"}
    print_json(hostile)
    shown = capsys.readouterr().out
    assert json.loads(shown) == hostile
    assert not set("\x1b\x9b\x7f\u202e\u2066") & set(shown)
    assert "– “Children’s”" in shown


def test_no_process_of_the_watch_shows_a_secret(workplace: Workplace) -> None:
    """What `ps` shows to everybody while a `check` runs."""
    seen = []

    def look(_request: object) -> None:
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and folder.name != str(os.getpid()):
                try:
                    seen.append((folder / "cmdline").read_bytes())
                except OSError:
                    continue

    workplace.site.trap = look
    workplace.check()
    assert any(b"letterwatch" in words for words in seen)
    assert not any(workplace.inbox.webhook_url.encode() in words for words in seen)
