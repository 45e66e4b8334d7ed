"""The replica of reports.ofsted.gov.uk on loopback, with validators, and with faults on demand."""

from collections.abc import Mapping
from enum import Enum, auto
from hashlib import sha256
from http import HTTPStatus

from letterwatch.demo.loopback import LoopbackServer, Request, Response
from letterwatch.demo.pages import ROBOTS, SOFT_ERROR, render_provider, render_redesign, render_search
from letterwatch.demo.replica import Publication, Replica
from letterwatch.demo.search import search

HTML = {"Content-Type": "text/html; charset=utf-8"}


class Fault(Enum):
    """What may go wrong with the whole site; for an unreachable one, `stop` the server."""

    NONE = auto()
    BLOCKED = auto()
    SOFT_ERROR = auto()
    REDESIGN = auto()


class ReplicaServer(LoopbackServer):
    """Serves a replica; `publish` makes a letter appear."""

    def __init__(self, replica: Replica, port: int = 0) -> None:
        super().__init__(self._respond_to, port)
        self.replica = replica
        self.fault = Fault.NONE

    def publish(self, publication: Publication) -> None:
        """Puts a publication on its authority's page; with a known file id it replaces the document."""
        self.replica = self.replica.with_publication(publication)

    def withdraw(self, file_id: str) -> None:
        """Takes a publication off its page; its document is gone."""
        self.replica = self.replica.without_publication(file_id)

    def _respond_to(self, request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(body=ROBOTS.encode(), headers={"Content-Type": "text/plain"})
        return self._misbehave(request) or self._behave(request)

    def _misbehave(self, request: Request) -> Response | None:
        match self.fault:
            case Fault.BLOCKED:
                return Response(HTTPStatus.FORBIDDEN, b"<h1>Forbidden</h1>", HTML)
            case Fault.SOFT_ERROR:
                return _page(request, SOFT_ERROR)
            case Fault.REDESIGN if not request.path.startswith("/v1/file/"):
                return _page(request, render_redesign())
        return None

    def _behave(self, request: Request) -> Response:
        match request.path.strip("/").split("/"):
            case ["search"]:
                return _page(request, render_search(self.replica, search(self.replica, request.query)))
            case ["provider", "44", urn] if any(each.urn == urn for each in self.replica.authorities):
                return _page(request, render_provider(self.replica, urn, self.url))
            case ["v1", "file", file_id] if any(
                each.file_id == file_id for each in self.replica.publications
            ):
                return _document(request, self.replica.get(file_id))
        return Response(HTTPStatus.NOT_FOUND, b"<h1>Page not found</h1>", HTML)


def _document(request: Request, publication: Publication) -> Response:
    uploaded = f"{publication.published_on:%a, %d %b %Y} 09:30:00 GMT"
    headers = {"Content-Type": "application/pdf", "Last-Modified": uploaded}
    return _validated(request, publication.body.read_bytes(), headers)


def _page(request: Request, html: str) -> Response:
    return _validated(request, html.encode(), HTML)


def _validated(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """The body, or 304 where the client's validators still hold; ETags take precedence."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    tag = request.headers.get("if-none-match")
    since = request.headers.get("if-modified-since")
    headers = {**headers, "ETag": etag}
    if tag == etag or (tag is None and since is not None and since == headers.get("Last-Modified")):
        return Response(HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body=body, headers=headers)
