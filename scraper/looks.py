"""Looks at pages and takes of documents, made from what Scrapy hands over."""

from dataclasses import dataclass
from datetime import datetime

from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.failures import judge_failure
from scraper.fetches import Judgement, hash_body
from scraper.headers import validators_of
from state import DocumentTake, Outcome, PageLook, Validators


@dataclass(frozen=True, slots=True)
class Target:
    """What a request was for; `url` is the address as it was first asked."""

    page: str  # "search", "provider", "document"
    url: str
    urn: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The end of one fetch: its judgement, and the response if there was one."""

    target: Target
    judgement: Judgement
    at: datetime
    response: Response | None = None

    @property
    def body(self) -> bytes:
        """The body; empty without a response."""
        return self.response.body if self.response is not None else b""

    @property
    def headers(self) -> dict[str, str]:
        """The response's headers; empty without a response."""
        headers: dict[str, str] = self.response.meta["headers"] if self.response is not None else {}
        return headers

    def find_validators(self) -> Validators | None:
        """What makes the next request conditional; None after a bad look, or where it holds as it was."""
        if self.response is None:
            return None
        meta = self.response.meta
        held: Validators | None = meta.get("held")
        version = meta["parser_version"]
        if self.judgement.outcome is Outcome.NOT_MODIFIED and held is not None:
            fresh = validators_of(self.headers, held.body_sha256, version, held)
            return None if fresh == held else fresh
        if self.judgement.outcome is not Outcome.OK:
            return None
        redirected = meta.get("redirect_times", 0) > 0
        return validators_of({} if redirected else self.headers, hash_body(self.body), version)


def arrive(what: Response | Failure, target: Target, at: datetime) -> Arrival:
    """Judges a failure; a response brings its judgement along."""
    if isinstance(what, Response):
        return Arrival(target, what.meta["judgement"], at, what)
    return Arrival(target, judge_failure(what.value), at)


def make_look(
    arrival: Arrival,
    *,
    judgement: Judgement | None = None,
    rows: int | None = None,
    expected_rows: int | None = None,
    validators: Validators | None = None,
    page_sha256: str | None = None,
) -> PageLook:
    """The look a fetch ends in; `judgement` replaces the fetch's where reading the page changed it."""
    verdict = judgement or arrival.judgement
    response = arrival.response
    return PageLook(
        url=arrival.target.url,
        page=arrival.target.page,
        outcome=verdict.outcome,
        at=arrival.at,
        urn=arrival.target.urn,
        cause=verdict.cause,
        status=response.status if response is not None else None,
        rows=rows,
        expected_rows=expected_rows,
        bytes_received=_count_bytes(arrival),
        validators=validators,
        page_sha256=page_sha256,
    )


def make_take(arrival: Arrival, sha256: str | None) -> DocumentTake:
    """The take a document's fetch ends in; its bytes are in the archive under `sha256`."""
    return DocumentTake(
        url=arrival.target.url,
        outcome=arrival.judgement.outcome,
        at=arrival.at,
        cause=arrival.judgement.cause,
        sha256=sha256,
        size=len(arrival.body) if sha256 else 0,
        headers=arrival.headers,
    )


def _count_bytes(arrival: Arrival) -> int:
    """Bytes of body on the wire: as the server states them for compressed answers, else counted."""
    stated = arrival.headers.get("content-length", "")
    size = len(arrival.body)
    return min(int(stated), size) if stated.isdecimal() and len(stated) < 12 else size
