"""England: the 153 authorities as a map and as a table, today and in any year that is known."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk
from letterwatch.web.england import LETTERS, Known, load_places, measure_map
from letterwatch.web.history import Standing, find_standing, find_watch, group_by_authority
from letterwatch.web.showing import show_page
from state import Judgement

BY = ("judgement", "watch")


async def show_england(request: Request) -> Response:
    """The map by latest judgement or by watch, as it stood at the end of a year."""
    asked, by = request.query_params.get("year", ""), request.query_params.get("by", BY[0])

    def compose(desk: Desk) -> dict[str, Any]:
        today = desk.clock.now().date()
        judgements = desk.store.judgements()
        first = min((each.on.year for each in judgements if each.on > date.min), default=today.year)
        year = (
            min(max(int(asked), first), today.year) if asked.isdecimal() and len(asked) == 4 else today.year
        )
        day = min(date(year, 12, 31), today)
        known = _describe(desk, judgements, day)
        width, height = measure_map()
        counts = {standing: sum(each.standing is standing for each in known) for standing in Standing}
        return {
            "by": by if by in BY else BY[0],
            "year": year,
            "years": list(range(first, today.year + 1)),
            "day": day,
            "is_today": day == today,
            "known": known,
            "places": load_places(),
            "width": width,
            "height": height,
            "counts": {standing: number for standing, number in counts.items() if number},
            "watched": sum(each.watch.on is True for each in known),
            "letters": LETTERS,
        }

    return await show_page(request, "england.html", compose)


def _describe(desk: Desk, judgements: list[Judgement], day: date) -> list[Known]:
    groups = group_by_authority(judgements, day)
    current = [authority for authority in desk.register if authority.current and authority.urn]
    known = []
    for authority in current:
        mine = groups.get(authority.urn or "", [])
        latest = mine[-1] if mine else None
        known.append(
            Known(
                authority=authority,
                standing=find_standing(latest),
                watch=find_watch(mine),
                judged_on=latest.on if latest else None,
                file_id=latest.file_id if latest else None,
            )
        )
    return known
