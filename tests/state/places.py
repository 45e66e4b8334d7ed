"""Where the states of backups lie, before and after."""

from dataclasses import dataclass
from pathlib import Path

from state import (
    Archive,
    Backup,
    Store,
    make_backup,
)
from tests.state.takes import DAY, START, document

LATER = START + 30 * DAY
BOTH = ["sqlite", "postgresql"]


@dataclass
class Place:
    """Where a state is: its database and its archive."""

    url: str
    archive: Archive

    def open(self) -> Store:
        return Store.open(self.url, rehearsal=False)


def kept(place: Place, file_id: str):  # type: ignore[no-untyped-def]
    """A document of which the archive has the bytes."""
    taken = document(file_id)
    place.archive.put(f"text of {file_id}".encode(), url=taken.url, headers=taken.headers, at=taken.at)
    return taken


def back_up(place: Place, target: Path) -> Backup:
    return make_backup(place.url, place.archive, target, letterwatch="1.0", now=LATER)
