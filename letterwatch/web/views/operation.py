"""For whoever keeps the watch running: sources with their runs, and deliveries."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk
from letterwatch.web.showing import show_page
from state import DeliveryState

RUNS = 30
INCIDENTS = 20
SPENT_SINCE = timedelta(days=6)
DELIVERIES = 200
_STATES = {state.value: state for state in DeliveryState}


async def show_sources(request: Request) -> Response:
    """Every source: how its last look went, since when, and the latest runs."""

    def compose(desk: Desk) -> dict[str, Any]:
        return {
            "sources": desk.store.sources(),
            "runs": desk.store.runs(RUNS),
            "incidents": desk.store.incidents(INCIDENTS),
            "spending": desk.store.spending((desk.clock.now() - SPENT_SINCE).date()),
        }

    return await show_page(request, "sources.html", compose)


async def show_deliveries(request: Request) -> Response:
    """What was sent to whom, what waits, and what failed."""
    state = _STATES.get(request.query_params.get("state", ""))

    def compose(desk: Desk) -> dict[str, Any]:
        return {
            "deliveries": desk.store.deliveries(state, DELIVERIES),
            "state": state,
            "states": list(_STATES),
            "most": DELIVERIES,
        }

    return await show_page(request, "deliveries.html", compose)
