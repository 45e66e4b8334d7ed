"""One exchange with an address: each hop judged, limited in bytes, seconds and redirects."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests

from letterwatch.reading.doors import Rules, Session, find_refusal
from scraper.addresses import HostRules

TIMEOUTS = (10.0, 20.0)  # seconds to connect, seconds between two pieces
MOST_REDIRECTS = 3
_PIECE = 64 * 1024


class ExchangeError(Exception):
    """No whole answer came from `url`, the last hop; the message says why, where it was our doing."""

    def __init__(self, url: str, reason: str | None) -> None:
        super().__init__(reason or "")
        self.url = url


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from an address; header names in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may take, all its redirects together."""

    megabytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class OpenRules:
    """The hosts that the configuration names, by the scheme it names them with; any public one by https."""

    named: HostRules

    def find_objection(self, url: str) -> str | None:
        """Why an address may not be asked, None where it may; where a name leads is judged on connecting."""
        if self.named.find_objection(url) is None:
            return None
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError:
            return "the address is malformed"
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "the address is no web address"
        if parts.username is not None or parts.password is not None:
            return "the address carries a user name"
        if parts.scheme != "https":
            return "only https is fetched, save from hosts of the configuration"
        return None

    def must_be_public(self, url: str) -> bool:
        """True for an address that nobody named."""
        return self.named.find_objection(url) is not None


def exchange(url: str, rules: Rules, limits: Limits, agent: str | None = None) -> Answer:
    """Asks an address, as `agent`, and where it redirects to; raises ExchangeError."""
    with Session(rules, limits.seconds, agent) as session:
        for _ in range(MOST_REDIRECTS + 1):
            objection = rules.find_objection(url)
            if objection:
                raise ExchangeError(url, objection)
            try:
                with session.get(url, timeout=TIMEOUTS, stream=True, allow_redirects=False) as answer:
                    if not answer.is_redirect:
                        headers = {name.lower(): value for name, value in answer.headers.items()}
                        body = _read_body(url, answer, limits, session)
                        return Answer(url, answer.status_code, headers, body)
                    url = urljoin(url, answer.headers["Location"])
            except (requests.RequestException, OSError, ValueError) as error:
                reason = _say_late(limits) if session.is_over else find_refusal(error)
                raise ExchangeError(url, reason) from error
    raise ExchangeError(url, f"more than {MOST_REDIRECTS} redirects")


def _read_body(url: str, answer: requests.Response, limits: Limits, session: Session) -> bytes:
    body = bytearray()
    for piece in answer.iter_content(_PIECE):
        body += piece
        if len(body) > limits.megabytes * 1_000_000:
            raise ExchangeError(url, f"larger than {limits.megabytes} MB")
    if session.is_over:  # an answer of no stated length ends with its connection
        raise ExchangeError(url, _say_late(limits))
    return bytes(body)


def _say_late(limits: Limits) -> str:
    return f"took longer than {limits.seconds:g} seconds"
