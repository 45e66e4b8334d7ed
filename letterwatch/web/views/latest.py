"""The first page: the latest letters and reports, and the search over their own words."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk
from letterwatch.web.filters import find_feed, read_wanted
from letterwatch.web.showing import show_page

PAGE_SIZE = 25


async def show_latest(request: Request) -> Response:
    """Letters and reports by region, kind, pace, authority and words, the newest first."""
    query = request.query_params
    wanted = read_wanted(query)
    number = query.get("page", "1")

    def compose(desk: Desk) -> dict[str, Any]:
        current = [authority for authority in desk.register if authority.current and authority.urn]
        return {
            "wanted": wanted,
            "feed": find_feed(wanted),
            "filters": {
                "q": wanted.text,
                "authority": wanted.urn,
                "region": wanted.region,
                "kind": wanted.kind and wanted.kind.value,
                "pace": wanted.pace and wanted.pace.value,
            },
            "found": desk.store.find_entries(
                wanted, number=int(number) if number.isdecimal() and len(number) < 8 else 1, size=PAGE_SIZE
            ),
            "authorities": current,
            "regions": sorted({authority.region for authority in current}),
        }

    return await show_page(request, "latest.html", compose)
