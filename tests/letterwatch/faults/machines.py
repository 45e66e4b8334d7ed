"""What may befall the operator's machine: the network, disk and database, the process itself."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from unittest.mock import patch

from state import Store
from state.storage.schema import SCHEMA_VERSIONS
from tests.letterwatch.faults.receivers import Befall, rewrite
from tests.letterwatch.faults.town import MORNING, House
from tests.letterwatch.test_bad_machines import WITHOUT_PRIVILEGES, at_most
from tests.servers.tls import self_signed_context
from tests.servers.web import Answer, Ask, WebServer

Run = Callable[[House], CompletedProcess[str]]
A_YEAR_AHEAD, A_YEAR_BACK = "2020-11-01T09:00Z", "2018-11-01T09:00Z"


def name_not_found(house: House) -> None:
    rewrite(f'reports_url = "{house.town.site.url}"', 'reports_url = "https://reports.invalid"')(house)


def nothing_listens(house: House) -> None:
    rewrite(f'reports_url = "{house.town.site.url}"', 'reports_url = "http://127.0.0.1:1"')(house)


def certificate_expired(house: House) -> None:
    folder = house.folder / "tls"
    folder.mkdir()
    context = self_signed_context(folder, ends_in=timedelta(days=-1))
    web = house.fault.enter_context(WebServer(tls=context))
    rewrite(f'reports_url = "{house.town.site.url}"', f'reports_url = "{web.url()}"')(house)


def feed_name_not_found(house: House) -> None:
    rewrite(house.town.paper.feed, "https://paper.invalid/rss")(house)


LOOK_UP: dict[str, Befall] = {
    "the site's name is not found": name_not_found,
    "nothing answers at the site's address": nothing_listens,
    "the site's certificate has expired": certificate_expired,
    "the paper's name is not found": feed_name_not_found,
}


def run_process(
    house: House,
    at: str = MORNING,
    prefix: tuple[str, ...] = (),
    limit: Callable[[], None] | None = None,
    begun: Callable[["subprocess.Popen[str]"], None] = lambda _process: None,
) -> CompletedProcess[str]:
    """`letterwatch check` as a process of its own, which may be limited or killed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERWATCH_")}
    with subprocess.Popen(
        [*prefix, sys.executable, "-m", "letterwatch", "check"],
        cwd=house.folder,
        env=kept | house.environment(at),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509  it only sets a limit
    ) as process:
        begun(process)
        out, err = process.communicate(timeout=110)
    return CompletedProcess((), process.returncode, out, err)


def kill_at(path: str, front: str = "front") -> Run:
    """Killed while its first request to a path waits for an answer."""

    def run(house: House) -> CompletedProcess[str]:
        def begun(process: "subprocess.Popen[str]") -> None:
            def watch(ask: Ask) -> None:
                if ask.path.startswith(path) and process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    process.wait()

            getattr(house.town, front).watch = watch

        return run_process(house, begun=begun)

    return run


def kill_in_settling(house: House) -> CompletedProcess[str]:
    """Killed while it waits to write: another program holds the database from its last request on."""
    holder = house.fault.enter_context(
        closing(sqlite3.connect(house.database, isolation_level=None, check_same_thread=False))
    )

    def begun(process: "subprocess.Popen[str]") -> None:
        def watch(ask: Ask) -> None:
            if ask.path.startswith("/v1/file/") and process.poll() is None:
                holder.execute("BEGIN IMMEDIATE")
                killer = _begin_timer(2.0, process.kill)
                house.fault.callback(killer.cancel)

        house.town.front.watch = watch

    return run_process(house, begun=begun)


def wait_for_others(house: House, channel: str) -> None:
    """Until every other channel's messages are sent and noted: what is killed then is this one's alone."""
    waiting = "SELECT count(*) FROM outbox WHERE state != 'sent' AND channel != ?"
    with closing(sqlite3.connect(house.database)) as connection:
        for _ in range(600):
            if connection.execute(waiting, (channel,)).fetchone() == (0,):
                return
            threading.Event().wait(0.05)


def kill_while_told(*, taken: bool) -> Run:
    """Killed while the webhook's receiver has the message: before, or after it took it."""

    def run(house: House) -> CompletedProcess[str]:
        def begun(process: "subprocess.Popen[str]") -> None:
            def take(ask: Ask) -> Answer:
                wait_for_others(house, "program")
                if taken:
                    house.town.posted["/hook"].append(ask)
                process.send_signal(signal.SIGKILL)
                process.wait()
                return Answer("")

            house.town.hooks.serve("/hook", take)

        return run_process(house, begun=begun)

    return run


def kill_once_slack_has_it(house: House) -> CompletedProcess[str]:
    """Killed once Slack's bot had posted: only Slack knows of it, and is asked."""

    def begun(process: "subprocess.Popen[str]") -> None:
        add = house.town.slack._add

        def add_and_kill(channel: str, payload: Any) -> Any:
            post = add(channel, payload)
            if "channel" in payload and process.poll() is None:
                wait_for_others(house, "bot")
                process.send_signal(signal.SIGKILL)
                process.wait()
            return post

        house.fault.enter_context(patch.object(house.town.slack, "_add", add_and_kill))

    return run_process(house, begun=begun)


def _begin_timer(seconds: float, then: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, then)
    timer.start()
    return timer


def few_files(house: House) -> CompletedProcess[str]:
    return run_process(house, limit=at_most(resource.RLIMIT_NOFILE, 9))


def full_disk(house: House) -> CompletedProcess[str]:
    return run_process(house, limit=at_most(resource.RLIMIT_FSIZE, 40_000))


def bound_by_modes(house: House) -> CompletedProcess[str]:
    return run_process(house, prefix=WITHOUT_PRIVILEGES)


def nothing(_house: House) -> None:
    """The fault is in how the program is run."""


def forbid_archive(house: House) -> None:
    for folder in [house.archive, *(each for each in house.archive.iterdir() if each.is_dir())]:
        folder.chmod(0o555)
        house.fault.callback(folder.chmod, 0o755)


def take_archive_away(house: House) -> None:
    house.archive.rename(house.folder / "elsewhere")
    house.fault.callback((house.folder / "elsewhere").rename, house.archive)


def damage_archive(house: House) -> None:
    for path in house.archive.rglob("*"):
        if path.is_file() and not path.suffix:
            house.fault.callback(path.write_bytes, path.read_bytes())
            path.write_bytes(b"%PDF-1.7 another letter %%EOF")


def forbid_database(house: House) -> None:
    with closing(sqlite3.connect(house.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in (*house.database.parent.glob("letterwatch.db*"), house.database.parent):
        mode = path.stat().st_mode
        path.chmod(0o555)
        house.fault.callback(path.chmod, mode)


def hold_database(house: House) -> None:
    """Another program writes, and does not end; nobody waits for it here as long as an operator would."""
    holder = house.fault.enter_context(closing(sqlite3.connect(house.database, isolation_level=None)))
    holder.execute("BEGIN IMMEDIATE")
    house.fault.enter_context(patch.dict(Store.open.__func__.__kwdefaults__, timeout=0.05))


def damage_database(house: House) -> None:
    with closing(sqlite3.connect(house.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = house.database.read_bytes()
    house.database.write_bytes(whole[: len(whole) // 2])
    house.fault.callback(_put_back, house, whole)


def _put_back(house: House, whole: bytes) -> None:
    for file in house.database.parent.glob("letterwatch.db-*"):
        file.unlink()
    house.database.write_bytes(whole)


def newer_schema(house: House) -> None:
    _set_schema(house.database, "9999")
    house.fault.callback(_set_schema, house.database, SCHEMA_VERSIONS[-1])


def _set_schema(database: Path, version: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE letterwatch_schema SET version_num = ?", (version,))


def another_looks(house: House) -> None:
    store = house.fault.enter_context(closing(Store.open(f"sqlite:///{house.database}", rehearsal=True)))
    house.fault.enter_context(store.lock("ofsted"))


FAULTS: dict[str, dict[str, Any]] = {
    "crawl": {
        "killed at the search page": (nothing, kill_at("/search")),
        "killed at an authority's page": (nothing, kill_at("/provider/")),
        "killed at the document": (nothing, kill_at("/v1/file/")),
        "killed at the article": (nothing, kill_at("/news/", "press")),
        "too few open files": (
            nothing,
            lambda house: run_process(house, limit=at_most(resource.RLIMIT_NOFILE, 9)),
        ),
        "another process looks at the source": another_looks,
        "the clock a year ahead": (nothing, lambda house: house.check(A_YEAR_AHEAD)),
        "the clock a year back": (nothing, lambda house: house.check(A_YEAR_BACK)),
    },
    "archive": {
        "read-only": (forbid_archive, bound_by_modes),
        "taken away": take_archive_away,
        "every document in it damaged": damage_archive,
    },
    "settle": {
        "killed": (nothing, kill_in_settling),
        "the disk is full": (
            nothing,
            lambda house: run_process(house, limit=at_most(resource.RLIMIT_FSIZE, 40_000)),
        ),
        "the database read-only": (
            forbid_database,
            lambda house: run_process(house, prefix=WITHOUT_PRIVILEGES),
        ),
        "the database locked": hold_database,
        "the database damaged": damage_database,
        "a schema newer than the program": newer_schema,
    },
    "send, killed": {
        "killed while the webhook is being told": (nothing, kill_while_told(taken=False)),
    },
    "acknowledge, killed": {
        "killed once the webhook had the message": (nothing, kill_while_told(taken=True)),
        "killed once Slack had the message": (nothing, kill_once_slack_has_it),
    },
}
