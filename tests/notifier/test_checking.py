"""A channel is tried without sending: real servers, real refusals, nothing posted, no secret shown."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from notifier import Reach, check_channel
from notifier.settings import ChannelSettings
from tests.servers.mail import PASSWORD, USER, MailServer
from tests.servers.slack import CHANNEL, TOKEN, SlackServer
from tests.servers.tls import self_signed_context
from tests.servers.web import WebServer


def check(**table: object) -> Reach:
    return check_channel(TypeAdapter(ChannelSettings).validate_python(table), timeout=10)


def test_slack_knows_its_token_and_no_other() -> None:
    with SlackServer() as slack:
        where = {"type": "slack", "channel": CHANNEL, "api_url": slack.api_url}
        assert check(bot_token=TOKEN, **where) == Reach(True, "Slack knows the token as letterwatch")
        assert check(bot_token="xoxb-wrong", **where) == Reach(False, "Slack refuses the token: invalid_auth")
        assert slack.posts == []


def test_a_webhook_is_only_connected_to() -> None:
    with SlackServer() as slack:
        reach = check(type="slack", webhook_url=slack.webhook_url)
        assert reach.good
        assert slack.web.asked() == []
    gone = check(type="webhook", url=slack.webhook_url, secret="s" * 16)
    assert gone == Reach(False, "connection: connection refused; check host and port")


def test_a_certificate_nobody_trusts_is_told(tmp_path: Path) -> None:
    with WebServer(tls=self_signed_context(tmp_path)) as web:
        reach = check(type="webhook", url=web.url("/hook/secret"), secret="s" * 16)
    assert reach == Reach(False, "connection: its certificate is not trusted")


def test_a_host_that_nobody_knows_is_told() -> None:
    reach = check(type="webhook", url="https://hook.invalid/secret", secret="s" * 16)
    assert reach == Reach(False, "connection: host name not found; check its spelling and this machine's DNS")


def test_mail_is_logged_in_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with MailServer(certificate=tmp_path, login=True) as mail:
        monkeypatch.setenv("SSL_CERT_FILE", str(mail.trusted))
        addresses = {"type": "email", "from": "a@example.org", "to": ["b@example.org"]}
        assert check(smtp=mail.url, **addresses) == Reach(True, "the mail server answers, the log-in is good")
        wrong = mail.url.replace(f"{USER}:{PASSWORD}", f"{USER}:wrong")
        assert check(smtp=wrong, **addresses) == Reach(
            False, "the mail server refuses user or password (535)"
        )
        assert mail.inbox == []


def test_a_file_needs_its_folder(tmp_path: Path) -> None:
    assert check(type="file", path=tmp_path / "alerts.txt").good
    assert not check(type="file", path=tmp_path / "nowhere" / "alerts.txt").good


@pytest.mark.parametrize("table", [{"type": "console"}, {"type": "apprise", "url": "json://127.0.0.1"}])
def test_what_cannot_be_tried_is_said(table: dict[str, object]) -> None:
    assert check(**table).good


def test_a_mail_server_without_starttls_is_told() -> None:
    with MailServer() as mail:
        to = {"type": "email", "from": "a@example.org", "to": ["b@example.org"]}
        assert check(smtp=mail.url, **to) == Reach(True, "the mail server answers")
        reach = check(smtp=f"{mail.url}?starttls=required", **to)
    assert reach == Reach(False, "the mail server does not offer what is needed: STARTTLS or log-in")
