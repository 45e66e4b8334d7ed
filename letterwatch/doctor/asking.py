"""Asks one address, within limits, as the watch would: our name, no cookies, named hosts only."""

import socket
import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

from letterwatch.reading.doors import Rules
from letterwatch.reading.exchange import TIMEOUTS, Answer, ExchangeError, Limits, exchange
from notifier.channels.failures import judge_failure

LIMITS = Limits(megabytes=5, seconds=40)


class AskError(Exception):
    """Nothing usable came back; the message says why."""


def ask(url: str, *, agent: str, rules: Rules) -> Answer:
    """Fetches an address, following redirects as the rules allow. Raises AskError."""
    try:
        return exchange(url, rules, LIMITS, agent)
    except ExchangeError as error:
        failure = judge_failure(urlsplit(error.url).netloc, error.__cause__ or error)
        raise AskError(str(error) or failure.reason) from error


def find_expiry(host: str, port: int) -> datetime:
    """When the certificate of a TLS server ends; raises AskError with the reason it is not trusted."""
    try:
        with (
            socket.create_connection((host, port), timeout=TIMEOUTS[0]) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            ends = secure.getpeercert()
    except ssl.SSLCertVerificationError as error:
        raise AskError(f"its certificate is not trusted: {error.verify_message}") from error
    except OSError as error:
        raise AskError(judge_failure(f"{host}:{port}", error).reason) from error
    assert ends is not None  # noqa: S101  a verified certificate is told
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends["notAfter"])), UTC)
