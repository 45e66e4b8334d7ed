"""The archive: every body as fetched, under the SHA-256 of its bytes, at any fsspec location."""

import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import fsspec.core  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from state.errors import StateError, one_line
from state.storage.privacy import make_private_folder

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class ArchiveError(StateError):
    """The archive cannot be written or read, or what it holds is not what was put there."""


class Archive:
    """Content-addressed bodies; each has its origin beside it, so that the archive explains itself."""

    def __init__(self, location: str) -> None:
        try:
            self._files, self._root = fsspec.core.url_to_fs(location)
        except (ImportError, ValueError) as error:
            raise ArchiveError(
                f"[state] archive {location} cannot be used: {one_line(str(error))}; "
                "name a folder or install its driver"
            ) from error
        self._location = location

    @property
    def place(self) -> str:
        """Where the bodies lie: a folder from the root on, or the location as it was given."""
        return str(self._root) if isinstance(self._files, LocalFileSystem) else self._location

    def put(self, body: bytes, *, url: str, headers: Mapping[str, str], at: datetime) -> str:
        """Keeps a body and whence it came; returns its SHA-256. What is there and whole is not rewritten."""
        digest = sha256(body).hexdigest()
        origin = {"url": url, "at": at.isoformat(), "size": len(body), "headers": dict(headers)}
        try:
            if not self._holds(digest, body):
                self._write(f"{self._path(digest)}.json", json.dumps(origin, indent=1).encode())
                self._write(self._path(digest), body)
        except OSError as error:
            raise self._not_written(error) from error
        return digest

    def get(self, digest: str) -> bytes:
        """A body by its SHA-256; raises ArchiveError where it is missing or damaged."""
        try:
            body: bytes = self._files.cat_file(self._path(digest))
        except OSError as error:
            raise ArchiveError(
                f"the archive {self._location} lacks {digest}; restore it from a backup"
            ) from error
        if sha256(body).hexdigest() != digest:
            raise ArchiveError(
                f"{digest} in the archive {self._location} is damaged; restore it from a backup"
            )
        return body

    def has(self, digest: str) -> bool:
        """True where a body is kept, unverified."""
        return bool(self._files.exists(self._path(digest)))

    def find_origin(self, digest: str) -> bytes | None:
        """Whence and when a body came, as JSON; None where that was not kept."""
        path = f"{self._path(digest)}.json"
        try:
            return bytes(self._files.cat_file(path)) if self._files.exists(path) else None
        except OSError as error:
            raise self._not_readable(error) from error

    def digests(self) -> Iterator[str]:
        """The SHA-256 of every body that is kept, in no order."""
        try:
            paths = self._files.find(self._root) if self._files.exists(self._root) else []
        except OSError as error:
            raise self._not_readable(error) from error
        for path in paths:
            name = path.rpartition("/")[2]
            if _DIGEST.fullmatch(name):
                yield name

    def put_back(self, digest: str, body: bytes, origin: bytes | None) -> None:
        """Keeps a body of a backup under its SHA-256, and whence it came; a sound one that is there stays."""
        try:
            if self.has(digest) and sha256(self._files.cat_file(self._path(digest))).hexdigest() == digest:
                return
            if origin is not None:
                self._write(f"{self._path(digest)}.json", origin)
            self._write(self._path(digest), body)
        except OSError as error:
            raise self._not_written(error) from error

    def remove(self, digest: str) -> None:
        """Forgets a body and whence it came; one that is not there is no error."""
        try:
            for path in (self._path(digest), f"{self._path(digest)}.json"):
                if self._files.exists(path):
                    self._files.rm_file(path)
        except OSError as error:
            raise self._not_written(error) from error

    def find_lack(self) -> str | None:
        """What is wrong with the archive's folder as a whole; None where it is there, or is no folder's."""
        if not isinstance(self._files, LocalFileSystem) or self._files.isdir(self._root):
            return None
        what = "is not a folder" if self._files.exists(self._root) else "is not there"
        return f"the archive {self._location} {what}"

    def find_remains(self) -> str | None:
        """The archive's location where it holds anything, None where it is empty or not made yet."""
        try:
            return self._location if self._files.exists(self._root) and self._files.ls(self._root) else None
        except OSError as error:
            raise self._not_readable(error) from error

    def _not_written(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"the archive {self._location} cannot be written ({error.strerror or error}); "
            "free space or make it writable"
        )

    def _not_readable(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"the archive {self._location} cannot be read ({error.strerror or error}); make it readable"
        )

    def _path(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest}"

    def _holds(self, digest: str, body: bytes) -> bool:
        """Whether the very bytes are there: a damaged document that comes again is mended by it."""
        if not self.has(digest) or self._files.size(self._path(digest)) != len(body):
            return False
        return bool(self._files.cat_file(self._path(digest)) == body)

    def _write(self, path: str, body: bytes) -> None:
        """Writes aside and renames, so that a name never stands for half a body."""
        folder = path.rpartition("/")[0]
        if isinstance(self._files, LocalFileSystem):
            make_private_folder(Path(folder))
        self._files.makedirs(folder, exist_ok=True)
        aside = f"{path}.{secrets.token_hex(4)}.part"
        try:
            with self._files.open(aside, "wb") as file:
                file.write(body)
                if isinstance(self._files, LocalFileSystem):
                    file.flush()
                    os.fsync(file.fileno())
            self._files.mv(aside, path)
        except OSError:
            if self._files.exists(aside):
                self._files.rm_file(aside)
            raise
