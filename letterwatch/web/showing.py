"""From a view's values to an answer: rendered off the loop, with what stands on every page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.answers import answer
from letterwatch.web.desk import Desk, get_desk
from letterwatch.web.problems import describe_problem
from letterwatch.web.templating import render
from state import SourceRow

OFSTED = "ofsted"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LastLook:
    """What the foot of every page says: how well the source was read, and when."""

    source: SourceRow | None
    rehearsed_at: datetime | None


async def show_page(request: Request, template: str, compose: Callable[[Desk], Values | None]) -> Response:
    """The page that a template makes of a view's values; None: there is no such page."""
    desk = get_desk(request)

    def make() -> bytes | None:
        values = compose(desk)
        if values is None:
            return None
        fresh = LastLook(desk.store.find_source(OFSTED), desk.clock.now() if desk.clock.rehearsal else None)
        return render(template, {"path": request.url.path, "fresh": fresh, **values}).encode()

    body = await desk.run(make)
    if body is None:
        return describe_problem(HTTPStatus.NOT_FOUND, request.url.path)
    return answer(request, body, "text/html; charset=utf-8", {"Cache-Control": "private, no-cache"})
