"""A message as a mail: plain text first, HTML beside it, and headers that mail programs thread by. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from jinja2 import Environment

from notifier.composing.parts import Message
from notifier.composing.wording import SUBJECT_LIMIT, cut, tidy
from notifier.rendering.text import BUILT_IN


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail needs besides its message; `delivery` makes the Message-ID, so that a repeat is known."""

    delivery: str
    subscription: str
    sender: Address
    recipient: Address
    at: datetime
    is_test: bool = False  # then no subscription asked for it
    answers: str | None = None  # the Message-ID of the first mail about the same letter


def render_email(message: Message, envelope: Envelope, templates: Environment = BUILT_IN) -> EmailMessage:
    """A complete mail, text/plain and text/html alternatives, valid for SMTP."""
    domain = envelope.sender.domain
    mail = EmailMessage(policy=SMTP)
    mail["From"] = envelope.sender
    mail["To"] = envelope.recipient
    mail["Subject"] = cut(message.subject, SUBJECT_LIMIT)
    mail["Date"] = format_datetime(envelope.at)
    mail["Message-ID"] = f"<{_atom(envelope.delivery)}@{domain}>"
    if envelope.answers:
        mail["In-Reply-To"] = envelope.answers
    if message.thread:
        root = f"<thread.{_atom(message.thread)}@{domain}>"
        mail["References"] = f"{root} {envelope.answers}" if envelope.answers else root
    mail["List-Id"] = f"<{_atom(envelope.subscription)}.letterwatch.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    footer = tidy(
        "Sent by Letterwatch as a test of this channel, for no subscription."
        if envelope.is_test
        else f"Sent by Letterwatch for the subscription “{envelope.subscription}”."
    )
    text = templates.get_template("message.txt").render(message=message)
    html = templates.get_template("message.html").render(message=message, footer=footer)
    mail.set_content(f"{text}\n-- \n{footer}\n", cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{_atom(envelope.delivery)}")  # "=_" cannot occur in quoted-printable
    return mail


def _atom(text: str) -> str:
    """The text as letters, digits, dots and hyphens, as identifiers in headers allow."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip(".-") or "unnamed"
