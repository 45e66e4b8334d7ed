"""Asks one address, within limits, as the watch would: our name, no cookies, named hosts only."""

import socket
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests

from letterwatch.reading.doors import find_refusal, open_session
from letterwatch.reading.fetching import find_objection
from notifier.channels.failures import judge_failure

TIMEOUTS = (10.0, 20.0)  # seconds to connect, seconds between two pieces
MOST_SECONDS = 40.0
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3


class AskError(Exception):
    """Nothing usable came back; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from an address; header names in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(url: str, *, agent: str, hosts: Collection[str]) -> Answer:
    """Fetches an address, following redirects to the same hosts or public ones. Raises AskError."""
    ends_at = monotonic() + MOST_SECONDS
    with open_session(hosts, agent) as session:
        for _ in range(MOST_REDIRECTS + 1):
            objection = find_objection(url, hosts)
            if objection:
                raise AskError(objection)
            try:
                with session.get(url, timeout=TIMEOUTS, stream=True, allow_redirects=False) as answer:
                    if not answer.is_redirect:
                        headers = {name.lower(): value for name, value in answer.headers.items()}
                        return Answer(url, answer.status_code, headers, _read(answer, ends_at))
                    url = urljoin(url, answer.headers["Location"])
            except (requests.RequestException, OSError, ValueError) as error:
                refusal = find_refusal(error)
                raise AskError(refusal or judge_failure(urlsplit(url).netloc, error).reason) from error
    raise AskError(f"more than {MOST_REDIRECTS} redirects")


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


def _read(answer: requests.Response, ends_at: float) -> bytes:
    body = bytearray()
    for piece in answer.iter_content(64 * 1024):
        body += piece
        if len(body) > MOST_BYTES:
            raise AskError(f"more than {MOST_BYTES // 1_000_000} MB")
        if monotonic() > ends_at:
            raise AskError(f"took longer than {MOST_SECONDS:.0f} seconds")
    return bytes(body)
