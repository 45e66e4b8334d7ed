"""Killed anywhere, settled again: nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from state import Outcome, Store
from state.storage.schema import metadata
from tests.state.conftest import House
from tests.state.takes import (
    HOUR,
    LEEDS,
    START,
    WAKEFIELD,
    Crawl,
    document,
    entry,
    no_document,
)

COUNTED = [table for table in metadata.sorted_tables if table.name not in ("meta", "outbox")]


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


@contextmanager
def killed_at(store: Store, statement: int) -> Iterator[list[int]]:
    """Ends the process, as it were, before its n-th statement; the last "statement" is the commit."""
    count = [0]

    def step(*_: Any) -> None:
        count[0] += 1
        if count[0] == statement:
            raise Killed

    engine = store._database.engine
    for moment in ("before_cursor_execute", "commit"):
        sa.event.listen(engine, moment, step)
    try:
        yield count
    finally:
        for moment in ("before_cursor_execute", "commit"):
            sa.event.remove(engine, moment, step)


def baseline() -> Crawl:
    return Crawl().page(WAKEFIELD, entry("1"), entry("2")).page(LEEDS, entry("7", urn=LEEDS))


def eventful() -> Crawl:
    """A run with a new entry, a revision, a missing one, one without its document, and a failed page."""
    late = no_document("4", Outcome.TRANSIENT, "timed out")
    crawl = Crawl(at=START + HOUR, claimed_on=date(2019, 11, 2)).look(LEEDS, Outcome.TRANSIENT, "timed out")
    return crawl.page(WAKEFIELD, entry("1", document("1", text="Other.")), entry("3"), entry("4", late))


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._database.reading() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in COUNTED
        }


def test_killed_between_any_two_statements_a_run_leaves_nothing_and_can_be_settled_again(
    tmp_path: Path,
) -> None:
    def open_house(name: str) -> House:
        house = House(Store.open(f"sqlite:///{tmp_path / name / 'letterwatch.db'}", rehearsal=False))
        house.settle(baseline())
        return house

    whole = open_house("whole")
    with killed_at(whole.store, 0) as count:
        settled = whole.settle(eventful())
    assert len(settled.events) == 2

    house = open_house("killed")
    before = contents(house.store)
    for statement in range(1, count[0] + 1):
        with killed_at(house.store, statement), pytest.raises(Killed):
            house.settle(eventful())
        assert contents(house.store) == before

    again = house.settle(eventful())
    assert again.event_keys == settled.event_keys
    assert contents(house.store) == contents(whole.store)
    assert len(house.store.deliveries()) == len(whole.store.deliveries()) == 2
    for one in (whole, house):
        one.store.close()


CHILD = """
import os, signal, sys
import sqlalchemy as sa
from state import Store
from tests.state.conftest import House
from tests.state.test_crash import eventful

house = House(Store.open(sys.argv[1], rehearsal=False))
left = int(sys.argv[2])

def step(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

sa.event.listen(house.store._database.engine, "before_cursor_execute", step)
sa.event.listen(house.store._database.engine, "commit", step)
house.settle(eventful())
"""


@pytest.mark.parametrize("statement", [5, 15, 25])
def test_kill_9_in_mid_settlement_loses_and_doubles_nothing(
    url: str, open_house: Callable[[], House], statement: int
) -> None:
    house = open_house()
    house.settle(baseline())

    child = subprocess.run(
        [sys.executable, "-c", CHILD, url, str(statement)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )

    assert child.returncode == -signal.SIGKILL
    assert len(house.store.runs()) == 1
    assert len(house.settle(eventful()).events) == 2
    assert len(house.store.deliveries()) == 2
