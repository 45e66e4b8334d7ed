"""Files and folders that nobody but their owner may read: who is told of what is nobody else's business."""

import os
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Makes a folder, and those above it, for the owner alone; those that are there stay as they are."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def make_private_file(file: Path) -> None:
    """Makes an empty file for the owner alone; what SQLite puts beside it is as private as it is."""
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
