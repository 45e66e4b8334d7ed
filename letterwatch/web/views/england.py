"""England: the 153 authorities as a map and as a table, today and in any year that is known."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk
from letterwatch.web.england import LETTERS, load_places, measure_map, see_england
from letterwatch.web.history import Standing
from letterwatch.web.showing import show_page

BY = ("judgement", "watch")


async def show_england(request: Request) -> Response:
    """The map by latest judgement or by watch, as it stood at the end of a year."""
    asked, by = request.query_params.get("year", ""), request.query_params.get("by", BY[0])

    def compose(desk: Desk) -> dict[str, Any]:
        seen = see_england(desk, asked)
        known = seen.known
        width, height = measure_map()
        counts = {standing: sum(each.standing is standing for each in known) for standing in Standing}
        return {
            "by": by if by in BY else BY[0],
            "year": seen.day.year,
            "years": seen.years,
            "day": seen.day,
            "is_today": seen.is_today,
            "known": known,
            "places": load_places(),
            "width": width,
            "height": height,
            "counts": {standing: number for standing, number in counts.items() if number},
            "watched": sum(each.watch.on is True for each in known),
            "letters": LETTERS,
        }

    return await show_page(request, "england.html", compose)
