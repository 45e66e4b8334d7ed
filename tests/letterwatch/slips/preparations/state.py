"""What has happened to the state and its archive: lost, spoilt, moved, held by another."""

import shutil
import sqlite3
from contextlib import closing
from unittest.mock import patch

from state import Store
from state.storage.schema import SCHEMA_VERSIONS
from tests.letterwatch.slips.bench import Bench
from tests.letterwatch.slips.preparations.registry import prepared

BEYOND = "9999"  # a schema of the future


@prepared
def remove_state(bench: Bench) -> None:
    shutil.rmtree(bench.folder / "data")


@prepared
def delete_database(bench: Bench) -> None:
    for file in bench.database.parent.glob("letterwatch.db*"):
        file.unlink()


@prepared
def move_state(bench: Bench) -> None:
    (bench.folder / "data").rename(bench.folder / "var")


@prepared
def replace_database(bench: Bench) -> None:
    delete_database(bench)
    bench.database.write_text("See the other disk.\n" * 100, "utf-8")


@prepared
def cut_database(bench: Bench) -> None:
    fold_in(bench)
    bench.database.write_bytes(bench.database.read_bytes()[: bench.database.stat().st_size // 2])


@prepared
def make_database_a_folder(bench: Bench) -> None:
    remove_state(bench)
    bench.database.mkdir(parents=True)


@prepared
def make_data_a_file(bench: Bench) -> None:
    remove_state(bench)
    (bench.folder / "data").write_text("", "utf-8")


@prepared
def use_a_foreign_database(bench: Bench) -> None:
    remove_state(bench)
    bench.database.parent.mkdir()
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")


@prepared
def age_the_program(bench: Bench) -> None:
    """The state was written by a Letterwatch that this one does not know."""
    _set_schema(bench, BEYOND)


@prepared
def age_the_state(bench: Bench) -> None:
    _set_schema(bench, SCHEMA_VERSIONS[0])


@prepared
def make_read_only(bench: Bench) -> None:
    fold_in(bench)
    for path in (bench.database, bench.database.parent):
        path.chmod(0o555)
        bench.stack.callback(path.chmod, 0o755)


@prepared
def forbid_state(bench: Bench) -> None:
    for file in bench.database.parent.glob("letterwatch.db*"):
        file.chmod(0)


@prepared
def rehearse(bench: Bench) -> None:
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'rehearsal' WHERE key = 'mode'")


@prepared
def lock_source(bench: Bench) -> None:
    _lock(bench, "ofsted")


@prepared
def lock_daemon(bench: Bench) -> None:
    _lock(bench, "daemon")


@prepared
def hold_database(bench: Bench) -> None:
    """Nobody waits for it here as long as an operator would."""
    connection = bench.stack.enter_context(closing(sqlite3.connect(bench.database, isolation_level=None)))
    connection.execute("BEGIN IMMEDIATE")
    bench.stack.enter_context(patch.dict(Store.open.__func__.__kwdefaults__, timeout=0.05))


@prepared
def make_archive_a_file(bench: Bench) -> None:
    shutil.rmtree(bench.archive)
    bench.archive.write_text("", "utf-8")


@prepared
def delete_archive(bench: Bench) -> None:
    shutil.rmtree(bench.archive)


@prepared
def damage_archive(bench: Bench) -> None:
    bodies = sorted(path for path in bench.archive.rglob("*") if path.is_file() and not path.suffix)
    bodies[0].write_bytes(b"%PDF-1.7 another letter %%EOF")


def fold_in(bench: Bench) -> None:
    """Puts the journal into the database's file."""
    with closing(sqlite3.connect(bench.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_schema(bench: Bench, version: str) -> None:
    with closing(sqlite3.connect(bench.database)) as connection, connection:
        connection.execute("UPDATE letterwatch_schema SET version_num = ?", (version,))


def _lock(bench: Bench, name: str) -> None:
    url = f"sqlite:///{bench.database}"
    store = bench.stack.enter_context(closing(Store.open(url, rehearsal=False)))
    bench.stack.enter_context(store.lock(name))
