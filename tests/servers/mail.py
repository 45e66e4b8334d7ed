"""A real SMTP server on loopback, with STARTTLS and log-in where asked for, that refuses on demand.

with MailServer() as mail:
    mail.refuse("450 4.2.1 try later")           # the next mail, at RCPT
    ...                                          # send to mail.url
    assert [m["Subject"] for m in mail.inbox] == ["…"]
"""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.tls import CERTIFICATE, self_signed_context

USER, PASSWORD = "watch", "mail-secret"
HANG_UP = "hang up"
"""As an answer after DATA: the mail is taken, and the connection ends before anybody is told."""


@dataclass
class MailServer:
    """One server; `certificate` (a folder to put it in) turns STARTTLS on, `login` asks for the password."""

    certificate: Path | None = None
    login: bool = False
    inbox: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)
    _refusals: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        context = self_signed_context(self.certificate) if self.certificate else None
        self._controller = _FreePort(
            _Handler(self),
            hostname="127.0.0.1",
            port=0,
            tls_context=context,
            authenticator=_authenticate,
            auth_required=self.login,
            auth_require_tls=context is not None,
        )
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """The address as a configuration writes it."""
        login = f"{USER}:{PASSWORD}@" if self.login else ""
        return f"smtp://{login}127.0.0.1:{self.port}{'?starttls=required' if self.certificate else ''}"

    @property
    def trusted(self) -> Path:
        """The certificate file a client must trust."""
        assert self.certificate
        return self.certificate / CERTIFICATE

    def refuse(self, answer: str, at: str = "RCPT") -> None:
        """The next mail is answered so, at RCPT or after DATA."""
        self._refusals.append((at, answer))

    def next_refusal(self, at: str) -> str | None:
        """The answer asked for at this step, once."""
        return self._refusals.pop(0)[1] if self._refusals and self._refusals[0][0] == at else None


class _Handler:
    """What aiosmtpd calls; apart from the server, since aiosmtpd looks at every attribute it has."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._server.next_refusal("RCPT")
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        refusal = self._server.next_refusal("DATA")
        if refusal in (None, HANG_UP):
            content = bytes(envelope.content or b"")  # type: ignore[arg-type]
            self._server.inbox.append(message_from_bytes(content, policy=default))
            self._server.recipients.extend(envelope.rcpt_tos)
            self._server.secure.append(session.ssl is not None)
        if refusal == HANG_UP:
            server.transport.abort()
        return refusal or "250 OK"


class _FreePort(Controller):
    """Takes any free port; aiosmtpd's own check of a started server knows only fixed ones."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=good, handled=False)
