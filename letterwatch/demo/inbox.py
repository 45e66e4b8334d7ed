"""An inbox on loopback: a Slack incoming webhook and a mail server that keep what they receive."""

import asyncio
import json
import socket
import time
from collections.abc import Awaitable
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from letterwatch.demo.loopback import LoopbackServer, Request, Response

WEBHOOK_PATH = "/services/T00000000/B00000000/demo"


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """A message as it was posted; `at` is `time.monotonic()` of its arrival."""

    payload: dict[str, Any]
    at: float


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was received; `at` is `time.monotonic()` of its arrival."""

    message: EmailMessage
    recipients: tuple[str, ...]
    at: float

    @property
    def text(self) -> str:
        """The plain text part."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""


@dataclass(slots=True)
class Inbox:
    """Listens while it is entered; `slack` and `mails` are in order of arrival.

    Slack is at `port` and the mail server at the next one; 0: at free ones.
    """

    port: int = 0
    slack: list[SlackMessage] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)
    webhook_url: str = ""
    smtp_url: str = ""

    def __enter__(self) -> Self:
        web = self._stack.enter_context(LoopbackServer(self._receive_post, self.port))
        self.webhook_url = web.url + WEBHOOK_PATH
        post_office = _PostOffice(self, self.port and self.port + 1)
        post_office.start()
        self._stack.callback(post_office.stop)
        self.smtp_url = f"smtp://127.0.0.1:{post_office.port}"
        return self

    def __exit__(self, kind: type[BaseException] | None, _e: object, _t: TracebackType | None) -> None:
        self._stack.close()

    def __len__(self) -> int:
        return len(self.slack) + len(self.mails)

    def _receive_post(self, request: Request) -> Response:
        """Answers as Slack documents: 200 "ok", or 400 and the reason."""
        if request.path != WEBHOOK_PATH:
            return Response(HTTPStatus.NOT_FOUND, b"no_service")
        try:
            payload = json.loads(request.body)
        except ValueError:
            return Response(HTTPStatus.BAD_REQUEST, b"invalid_payload")
        if not isinstance(payload, dict) or not (payload.get("text") or payload.get("blocks")):
            return Response(HTTPStatus.BAD_REQUEST, b"no_text")
        self.slack.append(SlackMessage(payload, time.monotonic()))
        return Response(body=b"ok", headers={"Content-Type": "text/plain"})

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Takes a mail; aiosmtpd's name for it."""
        content = envelope.content
        body = content if isinstance(content, bytes) else (content or "").encode()
        message = message_from_bytes(body, policy=policy.default)
        self.mails.append(Mail(message, tuple(map(str, envelope.rcpt_tos)), time.monotonic()))
        return "250 OK"


class _PostOffice(Controller):
    """A mail server; port 0: on one that the system chooses."""

    def __init__(self, handler: Inbox, port: int) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        super().__init__(handler, hostname="127.0.0.1", port=self._socket.getsockname()[1])

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)
