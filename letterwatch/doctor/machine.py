"""The machine: time zones, disk space, who may read the secrets."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from letterwatch.config import Config
from letterwatch.config.own_files import find_archive_folder
from letterwatch.doctor.finding import Finding, fail, ok, warn
from state import find_state_file

ENOUGH = 1_000_000_000  # bytes: years of letters, and a database's upgrade with its backup
TIGHT = 100_000_000
_OTHERS = stat.S_IRGRP | stat.S_IROTH | stat.S_IWGRP | stat.S_IWOTH


def check_time_zone() -> Finding:
    """London's clock, by which digests, quiet hours and the all-clear go."""
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return fail("time zones", "Europe/London is not known here", "pip install tzdata")
    return ok("time zones", "Europe/London is known")


def check_files(file: Path | None, environment: Mapping[str, str], config: Config) -> Iterator[Finding]:
    """That nobody else can read the configuration, the secret files and the state."""
    own = environment.get("LETTERWATCH_SECRETS_DIR")
    secrets = sorted(each for each in Path(own).iterdir() if each.is_file()) if own else []
    open_ones = [each for each in ([file] if file else []) + secrets if each.exists() and _is_open(each)]
    if not open_ones:
        yield ok("secrets", "only this user can read the configuration and the secret files")
    for each in open_ones:
        yield warn("secrets", f"{each} can be read or changed by other users", f"chmod 600 {each}")
    state = find_state_file(config.state.url)
    if state and state.exists() and _is_open(state) and _is_open(state.parent):
        words = f"{state} can be read by other users: who is told of what"
        yield warn("secrets", words, f"chmod 600 {state}*")


def check_folders(config: Config) -> Iterator[Finding]:
    """That the folders of state and archive, where they are local, can be written and have space."""
    state = find_state_file(config.state.url)
    places = {"state": state and state.parent, "archive": find_archive_folder(config)}
    for name, folder in places.items():
        if folder is not None:
            yield _check_folder(name, folder)


def _check_folder(name: str, folder: Path) -> Finding:
    there = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    if not there.is_dir():
        return fail("folders", f"{name}: {there} is no folder", "move it away or name another folder")
    if not os.access(there, os.W_OK | os.X_OK):
        return fail("folders", f"{name}: {there} cannot be written", f"make {there} writable for this user")
    free = shutil.disk_usage(there).free
    words = f"{name}: {folder} has {_in_words(free)} free"
    if free < TIGHT:
        return fail("folders", words, "free some space: a full disk stops the watch")
    return ok("folders", words) if free >= ENOUGH else warn("folders", words, "free some space soon")


def _in_words(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def _is_open(file: Path) -> bool:
    return bool(file.stat().st_mode & _OTHERS)
