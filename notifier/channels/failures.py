"""Why a connection failed, in words that hold no address and no secret."""

import http.client
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from notifier.channels.channel import RetryLater

_LONGEST_WAIT = 86_400.0  # seconds; nobody may silence a channel for longer than a day
_WORDS: tuple[tuple[type[BaseException], str, bool], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted", False),
    (socket.gaierror, "host name not found; check its spelling and this machine's DNS", False),
    (ConnectionRefusedError, "connection refused; check host and port", False),
    (ssl.SSLError, "no secure connection; see whether that port speaks TLS", True),
    (TimeoutError, "no answer in time", True),
    (smtplib.SMTPServerDisconnected, "connection lost before the answer", True),
    (ConnectionError, "connection lost before the answer", True),
    (http.client.HTTPException, "no proper answer", True),
)


def judge_failure(service: str, error: BaseException) -> RetryLater:
    """Tried again, for a reason in words of ours: the error's text may hold the address and is not used.

    In doubt unless the message certainly never left.
    """
    for each in _chain(error):
        for kind, words, in_doubt in _WORDS:
            if isinstance(each, kind):
                return RetryLater(f"{service}: {words}", in_doubt=in_doubt)
    return RetryLater(f"{service}: failed ({type(error).__name__})", in_doubt=True)


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from a Retry-After header, given in seconds or as a date; at most a day; None if unusable."""
    if value is None:
        return None
    try:
        seconds = (
            float(value)
            if value.strip().isdecimal()
            else (parsedate_to_datetime(value) - now).total_seconds()
        )
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps: causes, contexts, and the `reason` and arguments of HTTP clients."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting.extend((*each.args, getattr(each, "reason", None), each.__cause__, each.__context__))
