"""Whether a channel could be reached now, found out without sending anything."""

import os
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from notifier.addresses import SmtpServer
from notifier.channels.failures import judge_failure
from notifier.channels.slack_webhook import silent_logger
from notifier.composing.wording import cut, tidy
from notifier.settings import (
    AppriseSettings,
    ChannelSettings,
    ConsoleSettings,
    EmailSettings,
    FileSettings,
    SlackSettings,
    WebhookSettings,
)

TIMEOUT = 15  # seconds for each step


@dataclass(frozen=True, slots=True)
class Reach:
    """`good`: as far as can be told without sending. The words hold no address and no secret."""

    good: bool
    words: str


def check_channel(settings: ChannelSettings, *, timeout: float = TIMEOUT) -> Reach:
    """Connects, and logs in where the channel offers that; posts nothing and raises nothing."""
    try:
        return _check(settings, timeout)
    except Exception as error:  # noqa: BLE001  libraries raise what they like; the next channel is checked all the same
        return Reach(good=False, words=judge_failure("connection", error).reason)


def _check(settings: ChannelSettings, timeout: float) -> Reach:
    match settings:
        case SlackSettings(bot_token=token) if token is not None:
            return _check_bot(token.get_secret_value(), settings.api_url, timeout)
        case SlackSettings(webhook_url=url) if url is not None:
            return _check_web(url.get_secret_value(), timeout)
        case WebhookSettings():
            return _check_web(settings.url.get_secret_value(), timeout)
        case EmailSettings():
            return _check_mail(SmtpServer.parse(settings.smtp.get_secret_value()), timeout)
        case _:
            return _check_plain(settings)


def _check_plain(settings: ChannelSettings) -> Reach:
    match settings:
        case FileSettings():
            return _check_file(settings.path)
        case AppriseSettings():
            return Reach(good=True, words="Apprise can only be tried by sending: letterwatch send-test")
        case ConsoleSettings():
            return Reach(good=True, words="standard output")
        case _:
            return Reach(good=False, words="it has no address")


def _check_bot(token: str, api_url: str, timeout: float) -> Reach:
    client = WebClient(
        token,
        base_url=api_url,
        timeout=timeout,  # type: ignore[arg-type]  # urllib takes fractions
        logger=silent_logger(),
        retry_handlers=[],
    )
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error") if isinstance(error.response.data, dict) else None
        return Reach(
            good=False, words=f"Slack refuses the token: {cut(tidy(str(code or 'no reason given')), 80)}"
        )
    return Reach(good=True, words=f"Slack knows the token as {cut(tidy(str(answer.get('user'))), 80)}")


def _check_web(url: str, timeout: float) -> Reach:
    """A connection, secured where the address is https; what lies behind it is seen only by sending."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    with socket.create_connection((host, parts.port or (443 if secure else 80)), timeout) as plain:
        if secure:
            ssl.create_default_context().wrap_socket(plain, server_hostname=host).close()
    return Reach(good=True, words="its host answers; letterwatch send-test tries the address itself")


def _check_mail(server: SmtpServer, timeout: float) -> Reach:
    context = ssl.create_default_context() if server.tls or server.starttls else None
    session = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
        if server.tls
        else smtplib.SMTP(server.host, server.port, timeout=timeout)
    )
    try:
        if server.starttls:
            session.starttls(context=context)
        if server.user is not None:
            session.login(server.user, server.password or "")
        code, _ = session.noop()
    except smtplib.SMTPAuthenticationError as error:
        return Reach(good=False, words=f"the mail server refuses user or password ({error.smtp_code})")
    except smtplib.SMTPNotSupportedError:
        return Reach(good=False, words="the mail server does not offer what is needed: STARTTLS or log-in")
    finally:
        with suppress(smtplib.SMTPException, OSError):
            session.quit()
        session.close()
    known = ", the log-in is good" if server.user is not None else ""
    return Reach(good=code == 250, words=f"the mail server answers{known}")


def _check_file(path: Path) -> Reach:
    target = path if path.exists() else path.parent
    good = os.access(target, os.W_OK)
    return Reach(good=good, words="it can be written" if good else f"{target} cannot be written")
