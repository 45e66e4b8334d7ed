"""Asks the page's app as a browser would, without a socket."""

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message

HOST = "site.invalid"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the app."""

    status: int
    kind: str  # the media type, without its parameters
    body: bytes


async def ask(app: ASGIApp, path: str, query: str = "") -> Reply:
    """What the app answers to a GET."""
    parts: list[bytes] = []
    status, kind = 500, ""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, kind
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.lower(): value for name, value in message["headers"]}
            kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip()
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("ascii", "replace"),
        "root_path": "",
        "query_string": query.encode("ascii", "replace"),
        "headers": [(b"host", HOST.encode()), (b"accept", b"*/*")],
        "client": ("127.0.0.1", 0),
        "server": (HOST, 443),
    }
    await app(scope, receive, send)
    return Reply(status, kind, b"".join(parts))
