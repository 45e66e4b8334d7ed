"""The files that Letterwatch lives on, which nothing may be written over or into."""

from pathlib import Path

from letterwatch.config.model import Config

_SQLITE = "sqlite:///"


def find_own_file(path: Path, config: Config, file: Path | None = None) -> str | None:
    """What a path is to Letterwatch: database, archive or a place in it, configuration; else None."""
    place = path.resolve()
    if config.state.url.startswith(_SQLITE):
        database = Path(config.state.url.removeprefix(_SQLITE)).resolve()
        if place.parent == database.parent and place.name.startswith(database.name):
            return "the state's own database"
    archive = Path(config.state.archive).resolve()
    if "://" not in config.state.archive and (place == archive or archive in place.parents):
        return "the state's own archive"
    return "the configuration" if file is not None and place == file.resolve() else None
