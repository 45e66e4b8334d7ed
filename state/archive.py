"""The archive: every body as fetched, under the SHA-256 of its bytes, at any fsspec location."""

import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import fsspec.core  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from state.errors import StateError, one_line


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

    def put(self, body: bytes, *, url: str, headers: Mapping[str, str], at: datetime) -> str:
        """Keeps a body and whence it came; returns its SHA-256. What is there already is not rewritten."""
        digest = sha256(body).hexdigest()
        origin = {"url": url, "at": at.isoformat(), "size": len(body), "headers": dict(headers)}
        try:
            if not self._holds(digest, len(body)):
                self._write(f"{self._path(digest)}.json", json.dumps(origin, indent=1).encode())
                self._write(self._path(digest), body)
        except OSError as error:
            raise ArchiveError(
                f"the archive {self._location} cannot be written ({error.strerror or error}); "
                "free space or make it writable"
            ) from error
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

    def find_remains(self) -> str | None:
        """The archive's location where it holds anything, None where it is empty or not made yet."""
        try:
            return self._location if self._files.exists(self._root) and self._files.ls(self._root) else None
        except OSError as error:
            raise ArchiveError(
                f"the archive {self._location} cannot be read ({error.strerror or error}); make it readable"
            ) from error

    def _path(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest}"

    def _holds(self, digest: str, size: int) -> bool:
        return self.has(digest) and self._files.size(self._path(digest)) == size

    def _write(self, path: str, body: bytes) -> None:
        """Writes aside and renames, so that a name never stands for half a body."""
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
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
