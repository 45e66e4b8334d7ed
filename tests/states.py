"""Where the states of tests lie that need no database in particular: SQLite files, or PostgreSQL if asked.

`TEST_STATE=postgresql` (`make test-postgresql`) gives each a database of its own on a real server. What is by
nature SQLite's, a file's damage or who may read it, bears the mark `sqlite` with its reason, and is left out.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from state.storage.database import parse_url
from tests.servers.postgres import drop_database, make_database

ON_POSTGRESQL = os.environ.get("TEST_STATE") == "postgresql"
LEFT_OUT = "by nature SQLite's: "

_made: dict[str, str] = {}  # databases by the file whose place they take


def place_state(folder: Path, name: str = "letterwatch.db") -> str:
    """The URL of a state in a folder, the same whenever it is asked for."""
    file = str(folder / name)
    if not ON_POSTGRESQL:
        return f"sqlite:///{file}"
    database = f"test_{sha256(file.encode()).hexdigest()[:16]}"
    if file not in _made:
        _made[file] = make_database(database).render_as_string(hide_password=False)
    return _made[file]


def move_state(config: Path) -> Path:
    """A configuration whose state lies where it is asked for; its path."""

    def move(found: re.Match[str]) -> str:
        file = config.parent / found[1]
        return f'url = "{place_state(file.parent, file.name)}"'

    if ON_POSTGRESQL:
        text = re.sub(r'^url = "sqlite:///(.*)"', move, config.read_text("utf-8"), flags=re.MULTILINE)
        config.write_text(text, "utf-8")
    return config


@contextmanager
def writing_state(folder: Path, name: str = "letterwatch.db") -> Iterator[sa.Connection]:
    """A transaction in a state, behind Letterwatch's back."""
    engine = sa.create_engine(parse_url(place_state(folder, name)))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def lose_state(folder: Path, name: str = "letterwatch.db") -> None:
    """The state is no more: an empty place where it was."""
    if ON_POSTGRESQL:
        forget_states(folder)
        place_state(folder, name)
    for file in folder.glob(f"{name}*"):
        file.unlink()


def forget_states(folder: Path) -> None:
    """Drops the databases of a test's folder."""
    for file in [file for file in _made if Path(file).is_relative_to(folder)]:
        drop_database(f"test_{sha256(file.encode()).hexdigest()[:16]}")
        del _made[file]


def leave_out(items: list[pytest.Item]) -> None:
    """Skips what is by nature SQLite's, where PostgreSQL is asked for."""
    for item in items:
        mark = item.get_closest_marker("sqlite")
        if mark and ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason=f"{LEFT_OUT}{mark.args[0]}"))
