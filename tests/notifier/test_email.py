"""Mail, against a real SMTP server."""

import smtplib
from email.headerregistry import Address
from pathlib import Path

import pytest

from notifier.addresses import SmtpServer, parse_address
from notifier.channels import Outcome, Parked, RetryLater, Sent
from notifier.channels.email import Email
from notifier.rendering.templating import open_templates
from notifier.sending.trying import send_test
from notifier.settings import EmailSettings
from state import Event
from tests.notifier.letters import LETTER, WAKEFIELD
from tests.notifier.parcels import NOW, parcel
from tests.notifier.samples import EVENTS
from tests.servers.mail import HANG_UP, MailServer

SENDER = Address("Letterwatch", "letterwatch", "example.org")
TO = "improvement@example.org"


def send(url: str, event: Event = WAKEFIELD, recipient: str = TO, templates: Path | None = None) -> Outcome:
    channel = Email(SmtpServer.parse(url), SENDER, open_templates(templates), timeout=2)
    return channel.send(parcel(event, recipient=recipient), NOW)


def test_a_mail_arrives_with_the_headers_that_mail_programs_thread_and_file_by() -> None:
    with MailServer() as server:
        assert send(server.url) == Sent("<d1@example.org>")
        assert send(server.url, EVENTS["revised"]) == Sent("<d1@example.org>")
    first, second = server.inbox
    assert server.recipients == [TO, TO]
    assert first["Subject"] == "Wakefield: third monitoring visit letter, 9–10 October 2019"
    assert first["Message-ID"] == "<d1@example.org>"
    assert first["List-Id"] == "<yorkshire.letterwatch.example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["References"] == second["References"] == "<thread.80451-50121234@example.org>"
    plain = first.get_body(("plain",))
    assert plain is not None
    assert "“Work with children is now routinely recorded.” (page 2)" in plain.get_content()


def test_a_test_mail_names_no_subscription() -> None:
    with MailServer() as server:
        office = {"type": "email", "smtp": server.url, "from": "letterwatch@example.org", "to": [TO]}
        assert set(send_test("office", EmailSettings.model_validate(office), NOW)) == {TO}
    (mail,) = server.inbox
    for form in ("plain", "html"):
        body = mail.get_body((form,))
        assert body is not None
        assert "Sent by Letterwatch as a test of this channel, for no subscription." in body.get_content()


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_4xx_is_tried_again_and_5xx_is_parked(at: str) -> None:
    with MailServer() as server:
        server.refuse("450 4.2.1 mailbox busy", at)
        server.refuse("550 5.1.1 no such person", at)
        assert send(server.url) == RetryLater("mail server: 450 4.2.1 mailbox busy")
        assert send(server.url) == Parked("mail server: 550 5.1.1 no such person")
        assert send(server.url) == Sent("<d1@example.org>")
    assert len(server.inbox) == 1


def test_what_a_mail_server_says_is_told_cut_and_harmless() -> None:
    with MailServer() as server:
        server.refuse(f"550 \x1b[2Jno {'service ' * 400}")
        outcome = send(server.url)
    assert isinstance(outcome, Parked)
    assert "no service service" in outcome.reason
    assert len(outcome.reason) < 160
    assert outcome.reason.isprintable()


def test_starttls_and_login_are_used_where_the_address_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MailServer(certificate=tmp_path, login=True) as server:
        assert send(server.url) == RetryLater("mail server: its certificate is not trusted")
        monkeypatch.setenv("SSL_CERT_FILE", str(server.trusted))
        assert send(server.url) == Sent("<d1@example.org>")
        refused = send(server.url.replace("mail-secret", "wrong-secret"))
    assert server.secure == [True]
    assert isinstance(refused, Parked)
    assert refused.reason.startswith("mail server: 535")
    assert "secret" not in refused.reason


def test_a_server_without_starttls_is_never_trusted_with_a_mail() -> None:
    with MailServer() as server:
        outcome = send(f"{server.url}?starttls=required")
    assert outcome == Parked("mail server: it does not offer what is needed: STARTTLS or log-in")
    assert server.inbox == []


def test_a_dead_server_is_tried_again() -> None:
    with MailServer() as server:
        url = server.url
    assert send(url) == RetryLater("mail server: connection refused; check host and port")


def test_a_lost_answer_leaves_it_in_doubt() -> None:
    with MailServer() as server:
        server.refuse(HANG_UP, "DATA")
        assert send(server.url) == RetryLater("mail server: connection lost before the answer", in_doubt=True)
    assert len(server.inbox) == 1


def test_a_farewell_that_fails_does_not_undo_a_sent_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang_up(self: smtplib.SMTP) -> None:
        self.close()
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", hang_up)
    with MailServer() as server:
        assert send(server.url) == Sent("<d1@example.org>")


def test_no_text_of_a_document_can_add_a_header_or_markup() -> None:
    publication = LETTER.model_copy(
        update={
            "authority": "Evil\r\nBcc: all@example.org <script>alert(1)</script>",
            "url": "javascript:alert(1)",
        }
    )
    with MailServer() as server:
        assert isinstance(send(server.url, WAKEFIELD.model_copy(update={"publication": publication})), Sent)
    (mail,) = server.inbox
    assert mail["Bcc"] is None
    html = mail.get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()
    assert "javascript:" not in html.get_content()


def test_an_operator_s_own_template_goes_before_ours_and_is_caged(tmp_path: Path) -> None:
    (tmp_path / "message.txt").write_text("Ours: {{ message.headline }} {{ message.__class__.__mro__ }}")
    with MailServer() as server:
        channel = Email(SmtpServer.parse(server.url), SENDER, open_templates(tmp_path), timeout=2)
        with pytest.raises(Exception, match="unsafe"):
            channel.send(parcel(recipient=TO), NOW)
        (tmp_path / "message.txt").write_text("Ours: {{ message.headline }}")
        assert isinstance(send(server.url, templates=tmp_path), Sent)
    plain = server.inbox[0].get_body(("plain",))
    assert plain is not None
    assert plain.get_content().startswith("Ours: Wakefield: third monitoring visit letter")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:1025", SmtpServer("127.0.0.1", 1025)),
        ("smtp://mail.example.org", SmtpServer("mail.example.org", 25)),
        (
            "smtps://us%40example.org:p%2Fw@mail.example.org",
            SmtpServer("mail.example.org", 465, "us@example.org", "p/w", tls=True),
        ),
        (
            "smtp://u:p@mail.example.org?starttls=required",
            SmtpServer("mail.example.org", 587, "u", "p", starttls=True),
        ),
    ],
)
def test_mail_servers_are_read_from_their_addresses(url: str, server: SmtpServer) -> None:
    assert SmtpServer.parse(url) == server
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("http://mail.example.org", "write"),
        ("smtp://", "write"),
        ("smtp://mail.example.org:port", "write"),
        ("smtp://u:secret@mail.example.org", "starttls=required"),
        ("smtp://mail.example.org?starttls=maybe", "starttls=required"),
        ("smtp://mail.example.org?tls=1", "starttls=required"),
    ],
)
def test_wrong_mail_servers_are_refused_with_the_mend_and_without_the_secret(url: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend) as caught:
        SmtpServer.parse(url)
    assert "secret" not in str(caught.value)


def test_addresses_may_have_a_name() -> None:
    assert parse_address("Letter Watch <a.b@example.org>") == Address("Letter Watch", "a.b", "example.org")
    assert parse_address("a@example.org").addr_spec == "a@example.org"


@pytest.mark.parametrize(
    "text", ["", "nobody", "a@", "@b", "a@b\nBcc: c@d", "a b@example.org", "ü@example.org"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a mail address"):
        parse_address(text)


def test_templates_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no folder"):
        open_templates(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="holds no template; there may be"):
        open_templates(tmp_path)
