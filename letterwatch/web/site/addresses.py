"""Which file an address of the page becomes, and how one file links to another. Pure."""

import posixpath
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_FILES = (".atom", ".ics", ".svg", ".csv", ".css", ".js", ".woff2")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_STAMPED = "static"  # its files carry a stamp as their query, which is no part of their names


@dataclass(frozen=True, slots=True)
class Address:
    """An address within the page; `fragment` is where in it."""

    path: str
    query: str = ""
    fragment: str = ""

    @classmethod
    def parse(cls, link: str) -> "Address | None":
        """The address that a link within the page means; None for a link elsewhere."""
        if not link.startswith("/") or link.startswith("//"):
            return None
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        return cls(parts.path, parts.query, parts.fragment)

    @property
    def target(self) -> str:
        """What to ask for."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def is_document(self) -> bool:
        """True for a letter's own document."""
        return self.path.startswith("/document/")

    @property
    def file(self) -> PurePosixPath:
        """The file it becomes: plain names only, none of which leaves the folder."""
        *folders, name = [unquote(part) for part in self.path.strip("/").split("/")]
        stem, suffix = _split(name or "index", is_document=self.is_document)
        if self.query and self.path.split("/")[1] != _STAMPED:
            stem = f"{stem}~{_name_query(self.query)}"
        return PurePosixPath(*map(_tame, folders), f"{_tame_stem(stem)}{suffix}")


def link_between(here: PurePosixPath, there: Address) -> str:
    """A link from one file to an address's, relative, so that it holds below any path."""
    way = posixpath.relpath(str(there.file), str(here.parent))
    stamp = f"?{there.query}" if there.query and there.path.split("/")[1] == _STAMPED else ""
    return quote(way) + stamp + (f"#{there.fragment}" if there.fragment else "")


def _split(name: str, *, is_document: bool) -> tuple[str, str]:
    for suffix in _FILES:
        if name.endswith(suffix) and name != suffix:
            return name.removesuffix(suffix), suffix
    return name, ".pdf" if is_document else ".html"


def _name_query(query: str) -> str:
    words = "_".join(f"{name}-{value}" for name, value in sorted(parse_qsl(query, keep_blank_values=True)))
    tame = re.sub(r"[^A-Za-z0-9_-]+", "-", words)[:60]
    return tame if tame == words else f"{tame}-{sha256(query.encode()).hexdigest()[:8]}"


def _tame(name: str) -> str:
    """A name as it stands where every system takes it for one; else its hash."""
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name) and not name.endswith("."):
        return name
    return f"x-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _tame_stem(stem: str) -> str:
    name, tilde, query = stem.partition("~")
    if tilde and _PLAIN.fullmatch(query.replace("_", "-")):
        return f"{_tame(name)}~{query}"
    return _tame(stem)
