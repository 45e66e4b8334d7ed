"""The door: who may come in, how much they may ask, and what every answer carries."""

import asyncio
import logging
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from letterwatch.failures import Failure
from letterwatch.web.access import Access
from letterwatch.web.problems import describe_problem

log = logging.getLogger(__name__)

LONGEST_QUERY = 4_000  # bytes
MOST_HEADERS = 16_000  # bytes
MOST_REQUESTS = 32  # answered at once; more are asked to come back
ANSWER_WITHIN = 60.0  # seconds, a slow reader's time included

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer, unless a view sets its own."""


class Guard:
    """Stands before the app: refuses what may not come in, and lets nothing out without its headers."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        door = _Door(send, is_private=self._access.is_guarded(scope["path"]))
        refusal = self._refuse(scope)
        if refusal:
            await refusal(scope, receive, door.send)
            return
        self._inside += 1
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await self._app(scope, receive, door.send)
        except TimeoutError:
            await self._apologise(HTTPStatus.SERVICE_UNAVAILABLE, scope, receive, door)
        except Failure as failure:
            log.warning("page: %s: %s", scope["path"], failure)
            await self._apologise(HTTPStatus.SERVICE_UNAVAILABLE, scope, receive, door)
        except Exception:  # the request's edge: whatever broke is told, and the next one is answered
            log.exception("page: %s", scope["path"])
            await self._apologise(HTTPStatus.INTERNAL_SERVER_ERROR, scope, receive, door)
        finally:
            self._inside -= 1

    def _refuse(self, scope: Scope) -> Response | None:
        """The answer to a request that may not come in."""
        headers = Headers(scope=scope)
        peer = scope["client"][0] if scope.get("client") else ""
        if not self._access.is_for_us(headers):
            return describe_problem(HTTPStatus.MISDIRECTED_REQUEST, scope["path"])
        if not self._access.is_allowed(scope["path"], headers, peer):
            ask = {"WWW-Authenticate": 'Basic realm="Letterwatch", charset="UTF-8"'}
            return describe_problem(HTTPStatus.UNAUTHORIZED, scope["path"], headers=ask)
        if scope["method"] not in {"GET", "HEAD"}:
            return describe_problem(
                HTTPStatus.METHOD_NOT_ALLOWED, scope["path"], headers={"Allow": "GET, HEAD"}
            )
        too_much = _find_excess(scope, headers)
        if too_much:
            return describe_problem(too_much, scope["path"], headers={"Connection": "close"})
        if self._inside >= MOST_REQUESTS:
            return describe_problem(
                HTTPStatus.SERVICE_UNAVAILABLE, scope["path"], headers={"Retry-After": "5"}
            )
        return None

    async def _apologise(self, status: HTTPStatus, scope: Scope, receive: Receive, door: "_Door") -> None:
        """A page about the failure, unless an answer has begun; a half one ends with its connection."""
        if not door.opened:
            await describe_problem(status, scope["path"])(scope, receive, door.send)


class _Door:
    """Puts the headers on an answer as it leaves."""

    def __init__(self, send: Send, *, is_private: bool) -> None:
        self._send = send
        self._is_private = is_private
        self.opened = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.opened = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            kept = headers.setdefault("Cache-Control", "no-store")
            if self._is_private:  # what one visitor may see, no cache between us may give to another
                headers["Cache-Control"] = kept.replace("public", "private")
        await self._send(message)


def _find_excess(scope: Scope, headers: Headers) -> HTTPStatus | None:
    """What of a request is larger than any that these pages make."""
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if len(scope["query_string"]) > LONGEST_QUERY or len(scope["raw_path"]) > LONGEST_QUERY:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return None
