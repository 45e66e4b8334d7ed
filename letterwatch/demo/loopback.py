"""A small HTTP server on loopback, in a thread, that counts what it sends."""

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; header names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered."""

    status: HTTPStatus = HTTPStatus.OK
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests answered, and bytes sent, headers included."""

    requests: int = 0
    bytes: int = 0
    not_modified: int = 0

    def since(self, earlier: "Traffic") -> "Traffic":
        """The traffic between two moments."""
        return Traffic(
            requests=self.requests - earlier.requests,
            bytes=self.bytes - earlier.bytes,
            not_modified=self.not_modified - earlier.not_modified,
        )


class LoopbackServer:
    """Answers with `answer`; `stop` makes it unreachable, `start` brings it back on the same port."""

    def __init__(self, answer: Callable[[Request], Response], port: int = 0) -> None:
        self.traffic = Traffic()
        self._answer = answer
        self._counting = threading.Lock()
        self._port = port
        self._server: _Server | None = None

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """The root address, without a closing slash."""
        return f"http://{self.host}"

    def start(self) -> Self:
        """Listens, where no port was named on a free one the first time."""
        self._server = _Server(self._port, self._respond)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Stops listening and closes every connection."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, _e: object, _t: TracebackType | None) -> None:
        self.stop()

    def _respond(self, request: Request) -> bytes:
        response = self._answer(request)
        headers = {"Content-Length": str(len(response.body)), **response.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        raw = f"HTTP/1.1 {response.status.value} {response.status.phrase}\r\n{head}\r\n".encode()
        if request.method != "HEAD":
            raw += response.body
        with self._counting:
            self.traffic = Traffic(
                requests=self.traffic.requests + 1,
                bytes=self.traffic.bytes + len(raw),
                not_modified=self.traffic.not_modified + (response.status is HTTPStatus.NOT_MODIFIED),
            )
        return raw


class _Server(ThreadingHTTPServer):
    """Keeps its connections, so that stopping ends those that a client holds open."""

    daemon_threads = False

    def __init__(self, port: int, respond: Callable[[Request], bytes]) -> None:
        self.respond = respond
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was faster
        super().server_close()


class _Handler(BaseHTTPRequestHandler):
    """Turns a connection into requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answers any method: the server's function decides."""
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        try:
            self.wfile.write(self.server.respond(Request(self.command, path, query, headers, body)))
        except ConnectionError:
            self.close_connection = True  # the client went away

    do_POST = do_HEAD = do_GET  # noqa: N815  the names http.server looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing: the terminal belongs to the story."""
