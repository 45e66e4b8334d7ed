"""A room beside the state in the same PostgreSQL database: a schema of its own for an engine's tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from state.errors import StateError
from state.storage.database import CONNECTION, Database, parse_url
from state.storage.owners import name_session, process_owner

FindScripts = Callable[[str | None], Sequence[str]]
"""The SQL that brings a room from a version (None: from nothing) to the present one."""


@dataclass(frozen=True, slots=True)
class RoomAddress:
    """How an engine's own library connects to its room."""

    conninfo: str = field(repr=False)  # with its password
    arguments: dict[str, str | int]


def find_room(url: str, room: str) -> RoomAddress | None:
    """A room's address; None where the state is no PostgreSQL database."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "postgresql":
        return None
    options = f"{parsed.query.get('options', CONNECTION['options'])} -c search_path={room}"
    arguments = CONNECTION | {"application_name": name_session(process_owner()), "options": options}
    plain = parsed.set(drivername="postgresql").difference_update_query(["options"])
    return RoomAddress(plain.render_as_string(hide_password=False), arguments)


def furnish_room(url: str, room: str, version: str, find_scripts: FindScripts) -> str | None:
    """Brings a room to a version, all or nothing, once however many ask; returns the version before."""
    database = Database(parse_url(url))
    try:
        with database.writing() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"room {room}"))))
            before = _find_version(connection, room)
            if before == version:
                return before
            if before is not None and before > version:
                raise StateError(
                    f"the room {room} of the state {database.place} has the unknown version {before}; "
                    "install the Letterwatch that wrote it"
                )
            connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{room}"')
            connection.exec_driver_sql(f'SET LOCAL search_path TO "{room}"')
            for script in find_scripts(before):
                connection.exec_driver_sql(script, execution_options={"no_parameters": True})
            connection.exec_driver_sql(f"COMMENT ON SCHEMA \"{room}\" IS '{version}'")
            return before
    finally:
        database.close()


def _find_version(connection: sa.Connection, room: str) -> str | None:
    told = sa.text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :room")
    version: str | None = connection.scalar(told, {"room": room})
    return version
