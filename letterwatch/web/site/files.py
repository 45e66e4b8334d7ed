"""The folder of a static copy: each file whole or not there, what did not change left alone."""

import json
import os
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

MANIFEST = ".letterwatch-site.json"


class SiteError(Exception):
    """A copy that cannot be made; the message says why and how to mend it."""


class SiteFolder:
    """A folder that holds one copy and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._former = self._open()
        self._current: set[str] = set()
        self.written = 0

    def put(self, name: PurePosixPath, body: bytes) -> None:
        """Writes a file unless it is there already, byte for byte."""
        file = self._find(name)
        self._current.add(str(name))
        try:
            if file.is_file() and not file.is_symlink() and file.read_bytes() == body:
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=file.parent, prefix=".letterwatch-", delete=False) as part:
                part.write(body)
            try:
                Path(part.name).chmod(0o644)
                os.replace(part.name, file)  # noqa: PTH105  over what stands there
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise SiteError(f"{file} cannot be written: {error.strerror or error}") from error
        self.written += 1

    def finish(self) -> int:
        """Takes away what a former copy had and this one has not; returns how many files that were."""
        gone = sorted(self._former - self._current)
        for name in gone:
            self._find(PurePosixPath(name)).unlink(missing_ok=True)
        listed = json.dumps(sorted(self._current), indent=0).encode()
        self.put(PurePosixPath(MANIFEST), listed)
        return len(gone)

    def _open(self) -> set[str]:
        """The files of a former copy; SiteError where the folder holds something else."""
        manifest = self._folder / MANIFEST
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if manifest.is_file():
                return {str(name) for name in json.loads(manifest.read_text("utf-8"))}
            strange = next(self._folder.iterdir(), None)
        except (OSError, ValueError, TypeError) as error:
            raise SiteError(f"{self._folder} cannot be used: {error}; name an empty folder") from error
        if strange is not None:
            raise SiteError(
                f"{self._folder} holds {strange.name}, which is no copy of the page; name an empty folder"
            )
        return set()

    def _find(self, name: PurePosixPath) -> Path:
        """The file of a name; SiteError for one outside the folder, also by way of a symbolic link."""
        file = self._folder / name
        if name.is_absolute() or ".." in name.parts or not _stays(file.parent, self._folder):
            raise SiteError(f"{name} would leave {self._folder}; the copy was not finished")
        return file


def _stays(place: Path, folder: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())
