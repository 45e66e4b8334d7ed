"""Mail over SMTP: one mail per recipient, its Message-ID made from the delivery id."""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from jinja2 import Environment

from notifier.addresses import SmtpServer, parse_address
from notifier.channels.channel import Outcome, Parcel, Parked, RetryLater, Sent
from notifier.channels.failures import judge_failure
from notifier.composing.wording import cut, tidy
from notifier.rendering.email import Envelope, render_email

TIMEOUT = 30  # seconds for each step


class Email:
    """Hands mails to one server, each in a session of its own."""

    interval = 0.0
    bundle = 100

    def __init__(
        self, server: SmtpServer, sender: Address, templates: Environment, timeout: float = TIMEOUT
    ) -> None:
        self._server = server
        self._sender = sender
        self._templates = templates
        self._timeout = timeout

    def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Sent once the server took the mail; 4xx is tried again, 5xx is parked."""
        envelope = Envelope(
            delivery=parcel.id,
            subscription=parcel.subscription,
            is_test=parcel.is_test,
            sender=self._sender,
            recipient=parse_address(parcel.recipient),
            at=now,
            answers=parcel.thread_receipt,
        )
        mail = render_email(parcel.message, envelope, self._templates)
        try:
            self._hand_in(mail, envelope)
        except smtplib.SMTPRecipientsRefused as error:
            return _judge(*next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            return _judge(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError:
            return Parked("mail server: it does not offer what is needed: STARTTLS or log-in")
        except (smtplib.SMTPException, OSError) as error:
            return judge_failure("mail server", error)
        return Sent(str(mail["Message-ID"]))

    def find_sent(self, parcel: Parcel) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: a mail server answers no questions; the repeat bears the same Message-ID."""
        return {}

    def _hand_in(self, mail: EmailMessage, envelope: Envelope) -> None:
        server = self._server
        context = ssl.create_default_context() if server.tls or server.starttls else None
        host = socket.gethostname()
        hello = host if "." in host else "[127.0.0.1]"
        session = (
            smtplib.SMTP_SSL(server.host, server.port, hello, timeout=self._timeout, context=context)
            if server.tls
            else smtplib.SMTP(server.host, server.port, hello, timeout=self._timeout)
        )
        try:
            if server.starttls:
                session.starttls(context=context)
            if server.user is not None:
                session.login(server.user, server.password or "")
            session.send_message(mail, envelope.sender.addr_spec, [envelope.recipient.addr_spec])
        finally:
            with suppress(smtplib.SMTPException, OSError):
                session.quit()
            session.close()


def _judge(code: int, said: bytes | str) -> Outcome:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    reason = f"mail server: {code} {cut(tidy(text), 120)}"
    return Parked(reason) if 500 <= code < 600 else RetryLater(reason)
