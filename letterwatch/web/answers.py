"""Conditional answers: an unchanged page, feed or list costs a "304 Not Modified"."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import get_desk


def answer(request: Request, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> Response:
    """The body with its validators, or "304 Not Modified" where the asker has it already."""
    desk = get_desk(request)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    address = f"{request.url.path}?{request.url.query}"
    since = desk.freshness.note(address, etag, desk.clock.now())
    validators = {
        "ETag": etag,
        "Last-Modified": format_datetime(since, usegmt=True),
        "Cache-Control": "private, no-cache",
        **(headers or {}),
    }
    if _has_it(request, etag, since):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=validators)
    return Response(body, headers=validators | {"Content-Type": kind})


def _has_it(request: Request, etag: str, since: datetime) -> bool:
    """RFC 9110: where both are sent, the entity tag alone decides."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    try:
        return since <= parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):  # no date, or one without a zone
        return False
