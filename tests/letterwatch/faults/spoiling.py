"""What may befall an answer on its way, whatever was asked for."""

import re
from dataclasses import replace

from tests.letterwatch.faults.front import Spoil
from tests.servers.web import Answer, Ask, Drop, redirect

BLOCK = "<html><body><h1>Access denied</h1>Your request was blocked.</body></html>"
HTML = (
    "<!DOCTYPE html><html><head><title>News</title></head><body><h1>Welcome</h1><p>Hello.</p></body></html>"
)
MOST = 5_000_000
"""Bytes that an answer may have while the faults are tried."""
_CLASS = re.compile(rb'(class|id)="[^"]*"')


def always(answer: Answer) -> Spoil:
    """The same answer to everything."""
    return lambda _ask, _good: answer


def _cut(_ask: Ask, good: Answer) -> Answer:
    body = good.payload()
    return replace(good, body=body[: len(body) // 2], claim_length=len(body))


def _rename(_ask: Ask, good: Answer) -> Answer:
    return replace(good, body=_CLASS.sub(b'class="x"', good.payload()).replace(b"<item", b"<thing"))


def _bend(_ask: Ask, good: Answer) -> Answer:
    return replace(good, body=good.payload().decode("utf-8", "replace").encode("utf-16"))


STATUSES: dict[str, Spoil] = {
    "403": always(Answer("<h1>Forbidden</h1>", 403)),
    "404": always(Answer("<h1>Not found</h1>", 404)),
    "429, a wait of an hour": always(Answer("slow down", 429, {"Retry-After": "3600"})),
    "503": always(Answer("busy", 503)),
}
CONNECTIONS: dict[str, Spoil] = {
    "connection reset": always(Answer(drop=Drop.BEFORE_HEADERS)),
    "truncated": _cut,
    "slow, a byte in a while": lambda _ask, good: replace(good, drip=0.5),
    "redirects in a circle": lambda ask, _good: redirect(ask.path),
    "a redirect to a private address": always(redirect("http://10.0.0.1/")),
    "larger than allowed": lambda _ask, good: replace(good, body=good.payload() + b" " * MOST),
    "a bomb: small, then huge": lambda _ask, good: replace(
        good, body=good.payload() + b" " * (3 * MOST), gzipped=True
    ),
}
PAGES: dict[str, Spoil] = {
    "a block page with 200": always(Answer(BLOCK)),
    "empty": always(Answer("")),
    "another page": always(Answer(HTML)),
    "changed markup": _rename,
    "UTF-16": _bend,
    "another content type": lambda _ask, good: replace(good, content_type="application/octet-stream"),
}
