"""Response headers as plain text."""

from scrapy.http import Response

from state import Validators

_MOST, _LONGEST = 50, 1000  # headers kept, characters of one
_SECRET = ("set-cookie",)


def read_headers(response: Response) -> dict[str, str]:
    """Names in lower case to values; of repeated ones the last. Cookies are left out."""
    headers = response.headers.to_unicode_dict()
    plain = ((str(name).lower(), str(value)[:_LONGEST]) for name, value in headers.items())
    return dict([(name, value) for name, value in plain if name not in _SECRET][:_MOST])


def validators_of(
    headers: dict[str, str], body_sha256: str, parser_version: int, held: Validators | None = None
) -> Validators:
    """What makes the next request conditional; a 304 may leave out what the held validators know."""
    return Validators(
        etag=headers.get("etag") or (held.etag if held else None),
        last_modified=headers.get("last-modified") or (held.last_modified if held else None),
        body_sha256=body_sha256,
        parser_version=parser_version,
    )
