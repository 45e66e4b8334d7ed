"""Files: the page's own, and archived documents as they were fetched."""

import re
from http import HTTPStatus
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk, get_desk
from letterwatch.web.problems import describe_problem

STATIC = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "source-sans.woff2": "font/woff2",
    "source-serif.woff2": "font/woff2",
}
"""The page's own files and their types: these and no others are served."""

PDF, BYTES = "application/pdf", "application/octet-stream"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FOR_GOOD = "public, max-age=31536000, immutable"


async def show_static(request: Request) -> Response:
    """One of the page's own files."""
    name = request.path_params["name"]
    if name not in STATIC:
        return describe_problem(HTTPStatus.NOT_FOUND, request.url.path)
    body = await get_desk(request).run(_load, name)
    return Response(body, media_type=STATIC[name], headers={"Cache-Control": _FOR_GOOD})


async def show_icon(request: Request) -> Response:
    """The icon, where a browser asks for it by itself, as beside a PDF."""
    return Response(await get_desk(request).run(_load, "icon.svg"), media_type=STATIC["icon.svg"])


async def show_document(request: Request) -> Response:
    """A document as it was fetched: a PDF to look at; anything else to download, never to run."""
    desk, sha256 = get_desk(request), request.path_params["sha256"]
    body = await desk.run(_find_document, desk, sha256) if _SHA256.fullmatch(sha256) else None
    if body is None:
        return describe_problem(HTTPStatus.NOT_FOUND, request.url.path)
    is_pdf = body.lstrip()[:5] == b"%PDF-"
    name, media_type = (f"{sha256[:16]}.pdf", PDF) if is_pdf else (f"{sha256[:16]}.bin", BYTES)
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Content-Disposition": f'{"inline" if is_pdf else "attachment"}; filename="{name}"',
        "Cache-Control": "private, max-age=86400, immutable",
        "ETag": f'"{sha256}"',
    }
    return Response(body, media_type=media_type, headers=headers)


def _load(name: str) -> bytes:
    return (files("letterwatch.web") / "static" / name).read_bytes()


def _find_document(desk: Desk, sha256: str) -> bytes | None:
    """The bytes, checked against their hash; only of what was fetched as a publication's document."""
    return desk.archive.get(sha256) if desk.store.has_document(sha256) else None
