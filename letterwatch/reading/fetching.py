"""Fetches one document that a person named, within strict limits: for `letterwatch read` and `compare`."""

from collections.abc import Collection
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests

from letterwatch.reading.doors import find_refusal, open_session

MOST_BYTES = 30 * 1024 * 1024
MOST_SECONDS = 60.0
MOST_REDIRECTS = 3
_TIMEOUTS = (10.0, 20.0)  # seconds to connect, seconds between two pieces
_PIECE = 64 * 1024


class FetchError(Exception):
    """A document that could not or must not be fetched; the message is one line for a person."""


def fetch_document(url: str, hosts: Collection[str], agent: str | None = None) -> bytes:
    """The body behind an address: https to a public host, or a host (name or name:port) of the configuration.

    `agent`: who asks. Every redirect is judged like the first address. Raises FetchError.
    """
    ends_at = monotonic() + MOST_SECONDS
    with open_session(hosts, agent) as session:
        for _ in range(MOST_REDIRECTS + 1):
            objection = find_objection(url, hosts)
            if objection:
                raise FetchError(f"{url}: {objection}")
            try:
                answer = session.get(url, timeout=_TIMEOUTS, stream=True, allow_redirects=False)
                with answer:
                    if not answer.is_redirect:
                        return _read_body(url, answer, ends_at)
                    url = urljoin(url, answer.headers["Location"])
            except (requests.RequestException, OSError, ValueError) as error:
                reason = find_refusal(error) or f"could not be fetched ({type(error).__name__})"
                raise FetchError(f"{url}: {reason}") from error
    raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects")


def find_objection(url: str, hosts: Collection[str]) -> str | None:
    """Why an address may not be asked, None where it may; what its name leads to is judged on connecting."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "the address is malformed"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "the address is no web address"
    if parts.username is not None or parts.password is not None:
        return "the address carries a user name"
    if parts.netloc.lower() not in hosts and parts.scheme != "https":
        return "only https is fetched, save from hosts of the configuration"
    return None


def _read_body(url: str, answer: requests.Response, ends_at: float) -> bytes:
    if answer.status_code != requests.codes.ok:
        raise FetchError(f"{url}: the server answered {answer.status_code}")
    body = bytearray()
    for piece in answer.iter_content(_PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            raise FetchError(f"{url}: larger than {MOST_BYTES // 1024 // 1024} MB")
        if monotonic() > ends_at:
            raise FetchError(f"{url}: took longer than {MOST_SECONDS:.0f} seconds")
    return bytes(body)
