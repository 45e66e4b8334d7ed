"""The filters of the first page, which its table and its feeds share."""

import re

from starlette.datastructures import QueryParams

from state import Kind, PaceLabel, Wanted

LONGEST_SEARCH = 200  # characters


def read_wanted(query: QueryParams) -> Wanted:
    """What the filters ask for; a value that none of them has is passed over."""
    kind, pace = query.get("kind"), query.get("pace")
    return Wanted(
        text=query.get("q", "").strip()[:LONGEST_SEARCH],
        urn=query.get("authority") or None,
        region=query.get("region") or None,
        kind=Kind(kind) if kind in set(Kind) else None,
        pace=PaceLabel(pace) if pace in set(PaceLabel) else None,
    )


def find_feed(wanted: Wanted) -> str:
    """The narrowest feed that holds all of what is wanted."""
    if wanted.urn and wanted.urn.isdecimal():
        return f"/feeds/authority/{wanted.urn}.atom"
    if wanted.kind:
        return f"/feeds/kind/{wanted.kind.value}.atom"
    if wanted.region:
        return f"/feeds/region/{slugify(wanted.region)}.atom"
    return "/feeds/all.atom"


def slugify(region: str) -> str:
    """A region's name as it stands in an address."""
    return re.sub(r"[^a-z]+", "-", region.casefold()).strip("-")
