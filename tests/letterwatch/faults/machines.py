"""What may befall the operator's machine: disk, database, clock, and another process."""

import resource
import sqlite3
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from state import Store
from state.storage.schema import SCHEMA_VERSIONS
from tests.letterwatch.faults.how import How
from tests.letterwatch.faults.processes import kill_in_settling, run_process
from tests.letterwatch.faults.town import House
from tests.letterwatch.test_bad_machines import WITHOUT_PRIVILEGES, at_most

A_YEAR_AHEAD, A_YEAR_BACK = "2020-11-01T09:00Z", "2018-11-01T09:00Z"


def few_files(house: House) -> CompletedProcess[str]:
    return run_process(house, limit=at_most(resource.RLIMIT_NOFILE, 9))


def full_disk(house: House) -> CompletedProcess[str]:
    return run_process(house, limit=at_most(resource.RLIMIT_FSIZE, 40_000))


def bound_by_modes(house: House) -> CompletedProcess[str]:
    return run_process(house, prefix=WITHOUT_PRIVILEGES)


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


def take_database_away(house: House) -> None:
    elsewhere = house.folder / "elsewhere"
    elsewhere.mkdir()
    for file in house.database.parent.glob("letterwatch.db*"):
        file.rename(elsewhere / file.name)
        house.fault.callback((elsewhere / file.name).replace, file)


def newer_schema(house: House) -> None:
    _set_schema(house.database, "9999")
    house.fault.callback(_set_schema, house.database, SCHEMA_VERSIONS[-1])


def _set_schema(database: Path, version: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE letterwatch_schema SET version_num = ?", (version,))


def another_looks(house: House) -> None:
    store = house.fault.enter_context(closing(Store.open(f"sqlite:///{house.database}", rehearsal=True)))
    house.fault.enter_context(store.lock("ofsted"))


CRAWL: dict[str, How] = {
    "too few open files": How(run=few_files),
    "another process looks at the source": How(another_looks),
    "the clock a year ahead": How(run=lambda house: house.check(A_YEAR_AHEAD)),
    "the clock a year back": How(run=lambda house: house.check(A_YEAR_BACK)),
}
ARCHIVE: dict[str, How] = {
    "read-only": How(forbid_archive, bound_by_modes),
    "taken away": How(take_archive_away),
    "every document in it damaged": How(damage_archive),
}
SETTLE: dict[str, How] = {
    "killed": How(run=kill_in_settling),
    "the disk is full": How(run=full_disk),
    "the database read-only": How(forbid_database, bound_by_modes),
    "the database locked": How(hold_database),
    "the database damaged": How(damage_database),
    "the database gone, its archive left": How(take_database_away),
    "a schema newer than the program": How(newer_schema),
}
