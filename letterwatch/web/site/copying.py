"""Copies the page: begins at its own routes, follows every link, and writes each answer as a file."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path, PurePosixPath

from starlette.applications import Starlette
from starlette.routing import Route

from letterwatch.clock import Clock
from letterwatch.config import Config, WebConfig
from letterwatch.web.app import create_app
from letterwatch.web.filters import slugify
from letterwatch.web.site.addresses import Address, link_between
from letterwatch.web.site.asking import HOST, Reply, ask
from letterwatch.web.site.files import SiteError, SiteFolder
from letterwatch.web.site.rewriting import (
    find_fonts,
    find_links,
    open_forms,
    relink_calendar,
    relink_names,
    relink_page,
)
from state import Archive, Kind, Register, Store

LEFT_OUT = ("/deliveries", "/api", "/healthz", "/readyz", "/metrics")
"""What a copy for everybody has not: who is told of what, and answers that need a server."""

_PART = re.compile(r"\{(\w+)(?::\w+)?\}")
_BROKEN = 500


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """What a copy came to."""

    files: int
    written: int
    removed: int


@dataclass(frozen=True)
class StoppedClock(Clock):
    """A clock that stands still: the same state gives the same copy."""

    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Always the same moment."""
        return self.at


def _ignore(_done: int, _total: int) -> None:
    """Nobody watches."""


async def copy_site(
    folder: Path,
    *,
    store: Store,
    archive: Archive,
    register: Register,
    config: Config,
    rehearsal: bool,
    documents: bool = False,
    base_url: str | None = None,
    notice: Callable[[int, int], None] = _ignore,
) -> SiteFigures:
    """Writes the copy, documents included if so asked; `base_url` is where feeds will say it is."""
    target = SiteFolder(folder)
    app = create_app(
        store=store,
        archive=archive,
        register=register,
        config=config.model_copy(update={"web": WebConfig(hosts=(HOST,))}),
        clock=StoppedClock(rehearsal=rehearsal, at=_find_moment(store)),
    )
    copier = _Copier(app, target, _find_origins(store), documents=documents, base_url=base_url)
    try:
        await copier.follow(_list_starts(app, store, register), notice)
    finally:
        app.state.desk.close()
    removed = target.finish()
    return SiteFigures(copier.done, target.written, removed)


class _Copier:
    """Follows links until there is none that was not followed."""

    def __init__(
        self,
        app: Starlette,
        target: SiteFolder,
        origins: dict[str, str],
        *,
        documents: bool,
        base_url: str | None,
    ) -> None:
        self._app = app
        self._target = target
        self._origins = origins
        self._documents = documents
        self._base_url = base_url.rstrip("/") if base_url else None
        self.done = 0

    async def follow(self, starts: Iterator[str], notice: Callable[[int, int], None]) -> None:
        """Copies the starts and all they lead to."""
        waiting = deque(address for address in map(Address.parse, starts) if address)
        seen = {address.file for address in waiting}
        while waiting:
            address = waiting.popleft()
            for link in await self._copy(address):
                if link.file not in seen:
                    seen.add(link.file)
                    waiting.append(link)
            self.done += 1
            notice(self.done, len(seen))

    async def _copy(self, address: Address) -> list[Address]:
        reply = await ask(self._app, address.path, address.query)
        if reply.status >= _BROKEN:
            raise SiteError(f"{address.target} could not be made ({reply.status}); the log says why")
        if reply.status not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
            raise SiteError(f"{address.target} answers {reply.status}; the copy was not finished")
        body, links = self._rewrite(address, reply)
        self._target.put(address.file, body)
        return links

    def _rewrite(self, address: Address, reply: Reply) -> tuple[bytes, list[Address]]:
        """The file's bytes, and the addresses it leads to."""
        here = address.file
        if reply.kind == "text/html":
            text = open_forms(reply.body.decode())
            made = relink_page(text, lambda link: self._resolve(here, link))
            made = relink_names(made, lambda link: self._resolve(here, link, named=True))
        elif reply.kind == "application/atom+xml":
            text = reply.body.decode()
            made = relink_names(text, lambda link: self._resolve(here, link, named=True))
        elif reply.kind == "text/calendar":
            text = ""  # whatever it leads to is found elsewhere, too
            made = relink_calendar(reply.body.decode(), lambda link: self._resolve(here, link, named=True))
        elif reply.kind == "text/css":
            folder = address.path.rpartition("/")[0]
            return reply.body, [Address(f"{folder}/{name}") for name in find_fonts(reply.body.decode())]
        else:
            return reply.body, []
        found = filter(None, map(Address.parse, find_links(text)))
        return made.encode(), [each for each in found if self._is_copied(each)]

    def _resolve(self, here: PurePosixPath, link: str, *, named: bool = False) -> str | None:
        address = Address.parse(link)
        if address is None or (not self._is_copied(address) and not address.is_document):
            return None
        if not self._is_copied(address):
            origin = self._origins.get(address.path.rpartition("/")[2])
            return f"{origin}#{address.fragment}" if origin and address.fragment else origin
        if named and self._base_url:
            return f"{self._base_url}/{link_between(PurePosixPath('index.html'), address)}"
        return link_between(here, address)

    def _is_copied(self, address: Address) -> bool:
        if address.is_document:
            return self._documents
        return not any(
            address.path == left or address.path.startswith((f"{left}/", f"{left}.")) for left in LEFT_OUT
        )


def _list_starts(app: Starlette, store: Store, register: Register) -> Iterator[str]:
    """Every address that the app's routes have by themselves, whoever links to it."""
    urns = [authority.urn for authority in register if authority.urn]
    ids = [row.id.split("/", 1) for row in store.publications()]
    values: dict[tuple[str, ...], list[dict[str, str]]] = {
        ("urn",): [{"urn": urn} for urn in urns],
        ("region",): [{"region": slugify(region)} for region in register.regions()],
        ("kind",): [{"kind": kind.value} for kind in Kind],
        ("urn", "file_id"): [{"urn": urn, "file_id": file_id} for urn, file_id in ids],
        (): [{}],
    }
    for route in app.routes:
        if isinstance(route, Route) and not route.path.startswith(LEFT_OUT):
            parts = tuple(_PART.findall(route.path))
            for given in values.get(parts, []):
                yield route.path.format_map(given)


def _find_origins(store: Store) -> dict[str, str]:
    """Where each document stands at Ofsted, for links to those that are not copied."""
    return {row.sha256: row.url for row in store.publications() if row.sha256}


def _find_moment(store: Store) -> datetime:
    """When the state was last added to: the copy is as of then."""
    looks = [source.last_look_at for source in store.sources()]
    return max(looks, default=datetime(1970, 1, 1, tzinfo=UTC))
