"""The files that Letterwatch lives on, which nothing may be written over or into."""

from pathlib import Path

from letterwatch.config.model import Config
from state import find_state_file

_FILE = "file://"


def find_archive_folder(config: Config) -> Path | None:
    """The archive's folder; None where it lies elsewhere."""
    place = config.state.archive.removeprefix(_FILE)
    return None if "://" in place else Path(place)


def find_own_file(path: Path, config: Config, file: Path | None = None) -> str | None:
    """What a path is to Letterwatch: database, archive or a place in it, configuration; else None."""
    place = path.resolve()
    database = find_state_file(config.state.url)
    if database:
        database = database.resolve()
        if place.parent == database.parent and place.name.startswith(database.name):
            return "the state's own database"
    archive = find_archive_folder(config)
    if archive and place.is_relative_to(archive.resolve()):
        return "the state's own archive"
    return "the configuration" if file is not None and place == file.resolve() else None
