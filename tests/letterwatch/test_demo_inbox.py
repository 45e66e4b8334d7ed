"""The demo's inbox receives over real HTTP and SMTP, and shows what came."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from io import StringIO
from urllib.parse import urlsplit

import pytest
import requests
from rich.console import Console, RenderableType

from letterwatch.demo.display import draw_mail, draw_slack
from letterwatch.demo.inbox import Inbox


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as box:
        yield box


def drawn(what: RenderableType) -> str:
    paper = StringIO()
    Console(width=110, file=paper).print(what)
    return paper.getvalue()


def test_slack_messages_are_acknowledged_kept_and_drawn(inbox: Inbox) -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Wakefield"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Pace*\nsteady &amp; <http://a|sure>"}]},
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "“recorded”"}]},
            ],
        },
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_small\x1b print_"}]},
    ]
    answer = requests.post(inbox.webhook_url, json={"text": "third visit", "blocks": blocks}, timeout=5)
    assert (answer.status_code, answer.text) == (200, "ok")
    text = drawn(draw_slack(inbox.slack[0]))
    for expected in ("third visit", "Wakefield", "steady & sure", " │ “recorded”", "Open", "small print"):
        assert expected in text


@pytest.mark.parametrize(("body", "reason"), [("no json", "invalid_payload"), ("{}", "no_text")])
def test_what_slack_would_refuse_is_refused(inbox: Inbox, body: str, reason: str) -> None:
    answer = requests.post(inbox.webhook_url, data=body, timeout=5)
    assert (answer.status_code, answer.text) == (400, reason)
    assert len(inbox) == 0


def test_other_addresses_have_no_service(inbox: Inbox) -> None:
    assert requests.post(f"{inbox.webhook_url}2", json={"text": "x"}, timeout=5).status_code == 404


def test_mails_are_kept_and_drawn(inbox: Inbox) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Wakefield – third visit", "us@example.org", "you@example.org"
    mail.set_content("“Work with children is now routinely recorded.”\n")
    mail.add_alternative("<p>HTML</p>", subtype="html")
    address = urlsplit(inbox.smtp_url)
    with smtplib.SMTP(str(address.hostname), int(address.port or 0), timeout=5) as connection:
        connection.send_message(mail)
    text = drawn(draw_mail(inbox.mails[0]))
    assert inbox.mails[0].recipients == ("you@example.org",)
    for expected in ("Wakefield – third visit", "you@example.org", "routinely recorded", "also as HTML"):
        assert expected in text
