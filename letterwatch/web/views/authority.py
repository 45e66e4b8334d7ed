"""One authority: its visits and reports in their order, what was judged when, and its neighbours."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.chart import draw_chart
from letterwatch.web.desk import Desk
from letterwatch.web.history import find_standing, find_watch, group_by_authority
from letterwatch.web.showing import show_page
from letterwatch.web.wording import JUDGEMENTS
from state import Authority, Entry, Judgement, Kind, PublicationStatus, RegisterError

_VISITS = (Kind.MONITORING_VISIT, Kind.FOCUSED_VISIT)


async def show_authority(request: Request) -> Response:
    """What is known of one authority."""
    urn = request.path_params["urn"]

    def compose(desk: Desk) -> dict[str, Any] | None:
        try:
            authority = desk.register.get(urn)
        except RegisterError:
            return None
        today = desk.clock.now().date()
        shelf = desk.store.shelf(urn)
        groups = group_by_authority(desk.store.judgements(), today)
        judgements = groups.get(urn, [])
        visits = [
            entry
            for entry in reversed(shelf)
            if entry.row.kind in _VISITS and entry.row.status is not PublicationStatus.WITHDRAWN
        ]
        given = {name for judgement in judgements for name in judgement.given}
        return {
            "authority": authority,
            "embed": _write_embed(authority, str(request.base_url)),
            "shelf": shelf,
            "judgements": judgements,
            "judged": [name for name in JUDGEMENTS if name in given],
            "standing": find_standing(judgements[-1] if judgements else None),
            "watch": find_watch(judgements),
            "visits": visits,
            "sequence": _follow(visits, judgements),
            "expected": [each for each in desk.store.expected() if each.urn == urn],
            "coverage": desk.store.coverage(urn=urn),
            "chart": draw_chart(judgements, visits, today),
            "neighbours": [_describe(desk, each, groups) for each in authority.neighbours],
            "successors": [desk.register.get(each) for each in authority.successors],
        }

    return await show_page(request, "authority.html", compose)


def _write_embed(authority: Authority, base: str) -> str:
    """What to put on another page to show the authority's badge there."""
    image = f'<img src="{base}badge/{authority.urn}.svg" alt="{authority.name}: what Ofsted published last">'
    return f'<a href="{base}authority/{authority.urn}">{image}</a>'


def _follow(visits: list[Entry], judgements: list[Judgement]) -> list[Entry]:
    """The monitoring visits since the latest inspection, in their order."""
    since = judgements[-1].on if judgements else None
    return [
        entry
        for entry in visits
        if entry.row.kind is Kind.MONITORING_VISIT
        and (since is None or (entry.row.published_on is not None and entry.row.published_on >= since))
    ]


def _describe(desk: Desk, urn: str, groups: Any) -> dict[str, Any]:
    authority: Authority = desk.register.get(urn)
    judgements = groups.get(urn, [])
    latest = judgements[-1] if judgements else None
    return {
        "authority": authority,
        "standing": find_standing(latest),
        "judged_on": latest.on if latest else None,
        "watch": find_watch(judgements),
    }
