"""The queue's own tables: Procrastinate's schema, in a room of its own beside the state."""

from importlib.resources import files
from importlib.util import find_spec

from letterwatch.config import ConfigError
from state import RoomAddress, find_room, furnish_room

ROOM = "letterwatch_queue"


def require_room(url: str) -> RoomAddress:
    """Where the queue is; raises ConfigError where the state cannot be shared by several machines."""
    address = find_room(url, ROOM)
    if address is None:
        raise ConfigError(
            "[state] url: several machines share a state on PostgreSQL alone, and this one is a SQLite file; "
            "give postgresql+psycopg://…, or watch with `letterwatch run` on this machine"
        )
    if find_spec("procrastinate") is None:
        raise ConfigError(
            "the package procrastinate is not installed; install Letterwatch with its extra [fleet]"
        )
    return address


def has_queue(url: str) -> bool:
    """True where a queue may stand beside the state."""
    return find_room(url, ROOM) is not None and find_spec("procrastinate") is not None


def furnish_queue(url: str) -> tuple[str | None, str]:
    """Makes the queue's tables or brings them up to date; the versions before and after."""
    version = _list_migrations()[-1]
    return furnish_room(url, ROOM, version, _find_scripts), version


def _find_scripts(version: str | None) -> list[str]:
    """The whole schema for an empty room, else the migrations since."""
    folder = files("procrastinate.sql")
    if version is None:
        return [(folder / "schema.sql").read_text("utf-8")]
    return [
        (folder / "migrations" / f"{name}.sql").read_text("utf-8")
        for name in _list_migrations()
        if name > version
    ]


def _list_migrations() -> list[str]:
    """Their names sort in the order in which they are made."""
    folder = files("procrastinate.sql") / "migrations"
    return sorted(
        entry.name.removesuffix(".sql") for entry in folder.iterdir() if entry.name.endswith(".sql")
    )
