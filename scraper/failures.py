"""Fetches that brought nothing back, judged: exceptions to outcomes with a cause in one plain line."""

import ssl
import zlib
from collections.abc import Iterator

from OpenSSL.SSL import Error as TLSError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from scraper.fetches import Judgement
from scraper.public import PrivateAddressError
from state import Outcome


class NotAsked(IgnoreRequest):
    """A request that one of our own rules kept back; carries its judgement."""

    def __init__(self, outcome: Outcome, cause: str) -> None:
        super().__init__(cause)
        self.judgement = Judgement(outcome, cause)


_TRANSIENT: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((DownloadTimeoutError,), "the server took too long to answer"),
    ((CannotResolveHostError,), "the host's name could not be resolved"),
    ((ResponseDataLossError,), "the connection broke in mid-download"),
    ((DownloadFailedError, ConnectionLost, ConnectionDone), "the connection broke before an answer"),
    ((DownloadConnectionRefusedError, ConnectError), "no connection to the server"),
    ((OSError, EOFError, zlib.error), "the answer could not be decompressed"),
)
_BROKEN: tuple[tuple[type[Exception], str], ...] = (
    (DownloadCancelledError, "the answer is larger than allowed"),
    (UnsupportedURLSchemeError, "the address cannot be asked"),
)
_REFUSED: tuple[tuple[type[BaseException], str], ...] = (
    (TLSError, "no trusted connection: the server's certificate was refused"),
    (ssl.SSLError, "no trusted connection: the server's certificate was refused"),
    (PrivateAddressError, "the address leads to a host that is not a public one"),
)
_NOT_TLS = ("wrong version number", "WRONG_VERSION_NUMBER", "record layer failure", "RECORD_LAYER_FAILURE")
_IGNORED = {
    "max redirections reached": "the server redirects too often",
    "DOWNLOAD_MAXSIZE": "the answer is larger than allowed",  # found out while it was decompressed
}


def judge_failure(error: BaseException | None) -> Judgement:
    """The outcome of a fetch that ended in an exception; one that nobody foresaw is broken."""
    if isinstance(error, NotAsked):
        return error.judgement
    if isinstance(error, IgnoreRequest):
        causes = (cause for words, cause in _IGNORED.items() if words in str(error))
        return Judgement(Outcome.BROKEN, next(causes, None) or _one_line(error))
    refused = _find_refusal(error)
    if refused:
        return Judgement(Outcome.BROKEN, refused)
    for kind, cause in _BROKEN:
        if isinstance(error, kind):
            return Judgement(Outcome.BROKEN, cause)
    for kinds, cause in _TRANSIENT:
        if isinstance(error, kinds):
            return Judgement(Outcome.TRANSIENT, cause, worth_retrying=True)
    return Judgement(Outcome.BROKEN, f"{type(error).__name__}: {_one_line(error)}")


def _find_refusal(error: BaseException | None) -> str | None:
    """Why no connection was trusted; None where that was not the matter."""
    reasons = list(_reasons(error))
    if any(sign in str(reason) for reason in reasons for sign in _NOT_TLS):
        return "no secure connection: the server does not speak https there"
    found = (cause for reason in reasons for kind, cause in _REFUSED if isinstance(reason, kind))
    return next(found, None)


def _reasons(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all that it came from; Twisted keeps its own list of reasons."""
    while error is not None:
        yield error
        for failure in getattr(error, "reasons", None) or ():
            yield failure.value
        error = error.__cause__


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200] or "no reason given"
