"""Every address of the page and the view behind it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from letterwatch.web import api
from letterwatch.web.desk import get_desk
from letterwatch.web.feeds.routes import ROUTES as FEED_ROUTES


async def show_latest(request: Request) -> Response:
    """How many letters and reports the state holds."""
    desk = get_desk(request)
    rows = await desk.run(desk.store.publications)
    return PlainTextResponse(f"Letterwatch: {len(rows)} letters and reports\n")


ROUTES: list[BaseRoute] = [Route("/", show_latest, name="latest"), *api.ROUTES, *FEED_ROUTES]
