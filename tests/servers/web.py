"""A real HTTP server on loopback that misbehaves on demand.

    with WebServer() as web:
        web.serve("/page", Answer("<h1>Hello</h1>", etag='"1"'))      # 304 when asked with that ETag
        web.serve("/busy", busy(retry_after=1), Answer("now it works"))  # in turn; the last one stays
        web.serve("/moved", redirect("/page"))
        web.serve("/half", Answer(pdf, claim_length=len(pdf) * 2))     # truncated, connection closed
        web.serve("/reset", Answer(drop=Drop.BEFORE_HEADERS))
        web.serve("/slow", Answer(pdf, drip=0.05))                      # a byte every 50 ms
        web.serve("/echo", lambda ask: Answer(ask.headers.get("user-agent", "")))
        ...                                                             # fetch web.url("/page")
        assert [ask.path for ask in web.asked("/page")] == ["/page"]

Paths are looked up with their query string first, then without it; unknown paths answer 404. Everything
runs in threads of the calling process; several servers may run side by side (`web.host` is
"127.0.0.1:<port>"). Leaving the `with` block ends every answer still under way. Restarting on the same
port: `WebServer(port=web.port)`. With `tls=` (see tests/servers/tls.py) it speaks https.
"""

import gzip
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

SLIM_ERROR = """<html><head><title>Slim Application Error</title></head><body><h1>Slim Application Error</h1>
<p>The application could not run because of the following error:</p><h2>Details</h2></body></html>"""


class Drop(Enum):
    """Where the server resets the connection instead of answering to the end."""

    BEFORE_HEADERS = auto()
    AFTER_HEADERS = auto()
    MID_BODY = auto()


@dataclass(frozen=True)
class Ask:
    """One request as the server received it; header names in lower case."""

    method: str
    path: str  # with the query string
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What the server sends; with `etag` or `last_modified` a matching conditional request gets 304."""

    body: str | bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    etag: str | None = None
    last_modified: str | None = None
    gzipped: bool = False
    claim_length: int | None = None  # Content-Length to lie with; the connection is closed after the body
    drop: Drop | None = None
    drip: float | None = None  # seconds before each byte
    hold: threading.Event | None = None  # answers only once this is set (or the server closes)

    def payload(self) -> bytes:
        """The body as bytes, compressed where asked for."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(body) if self.gzipped else body

    def is_fresh(self, ask: Ask) -> bool:
        """True where a conditional request already holds this answer."""
        if self.etag is not None and "if-none-match" in ask.headers:
            return self.etag in ask.headers["if-none-match"]
        return self.last_modified is not None and ask.headers.get("if-modified-since") == self.last_modified


Script = Answer | Callable[[Ask], Answer]


def redirect(to: str, status: int = 302) -> Answer:
    """A redirect to a path or URL."""
    return Answer(status=status, headers={"Location": to})


def busy(retry_after: int | str | None = None, status: int = 503) -> Answer:
    """An overloaded server; `retry_after` in seconds or as an HTTP date."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answer("Service unavailable", status, headers)


def slim_error(status: int = 200) -> Answer:
    """The error page of the Slim framework, which arrives with 200 or 500."""
    return Answer(SLIM_ERROR, status)


class WebServer:
    """Serves scripted answers and remembers what it was asked."""

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self._scheme = "https" if tls else "http"
        self._scripts: dict[str, list[Script]] = {}
        self._asked: list[Ask] = []
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self.connections = 0  # that were ever opened to it
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.owner = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """The TCP port the server listens on."""
        return int(self._server.server_address[1])

    @property
    def host(self) -> str:
        """Host and port, as they stand in a URL."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "") -> str:
        """The absolute URL of a path."""
        return f"{self._scheme}://{self.host}{path}"

    def serve(self, path: str, *scripts: Script) -> None:
        """Answers a path with these scripts in turn; the last one stays. Replaces what was there."""
        with self._lock:
            self._scripts[path] = list(scripts)

    def is_served(self, path: str) -> bool:
        """True where a path has a script."""
        with self._lock:
            return path in self._scripts

    def asked(self, path: str | None = None) -> Sequence[Ask]:
        """The requests so far in order, all or those for one path (with or without its query)."""
        with self._lock:
            return [
                ask for ask in self._asked if path is None or path in (ask.path, ask.path.partition("?")[0])
            ]

    def forget(self) -> None:
        """Empties the request log."""
        with self._lock:
            self._asked.clear()

    def answer(self, ask: Ask) -> Answer:
        """Logs a request and finds its answer; called by the handler threads."""
        with self._lock:
            self._asked.append(ask)
            scripts = self._scripts.get(ask.path) or self._scripts.get(ask.path.partition("?")[0])
            if not scripts:
                return Answer("Not found", 404)
            script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        return script if isinstance(script, Answer) else script(ask)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: WebServer

    def __init__(self, *args: object) -> None:
        self._connections: set[socket.socket] = set()
        super().__init__(*args)  # type: ignore[arg-type]

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self._connections.add(request)
        self.owner.connections += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self._connections.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up in these tests on purpose: no traceback for it."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def handle_one_ask(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        ask = Ask(self.command, self.path, headers, self.rfile.read(length))
        answer = self.server.owner.answer(ask)
        if answer.hold is not None:
            while not answer.hold.wait(0.05) and not self.server.owner.closing.is_set():
                pass
        if answer.drop is Drop.BEFORE_HEADERS:
            self._reset()
            return
        fresh = answer.is_fresh(ask)
        payload = b"" if fresh else answer.payload()
        self._send_head(answer, fresh, len(payload))
        if answer.drop is Drop.AFTER_HEADERS:
            self._reset()
        elif answer.drop is Drop.MID_BODY:
            self.wfile.write(payload[: len(payload) // 2])
            self._reset()
        elif self.command != "HEAD":
            self._send_body(payload, answer)

    do_GET = do_HEAD = do_POST = do_PUT = handle_one_ask  # noqa: N815

    def _send_head(self, answer: Answer, fresh: bool, length: int) -> None:
        self.send_response(304 if fresh else answer.status)
        headers = {"Content-Type": answer.content_type, **answer.headers}
        if answer.etag:
            headers["ETag"] = answer.etag
        if answer.last_modified:
            headers["Last-Modified"] = answer.last_modified
        if answer.gzipped:
            headers["Content-Encoding"] = "gzip"
        if not fresh:
            headers["Content-Length"] = str(length if answer.claim_length is None else answer.claim_length)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = self.close_connection or answer.claim_length is not None

    def _send_body(self, payload: bytes, answer: Answer) -> None:
        if answer.drip is None:
            self.wfile.write(payload)
            return
        for position in range(len(payload)):
            if self.server.owner.closing.wait(answer.drip):
                return
            self.wfile.write(payload[position : position + 1])

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.flush()
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: `WebServer.asked` is the log."""
