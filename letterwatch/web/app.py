"""Puts the page together: its views, its files, and the guard before them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from letterwatch.clock import Clock
from letterwatch.config import Config, WebConfig
from letterwatch.web.access import Access
from letterwatch.web.desk import Desk
from letterwatch.web.guard import Guard
from letterwatch.web.problems import describe_problem
from letterwatch.web.routes import ROUTES
from state import Archive, Register, Store


def create_app(
    *,
    store: Store,
    archive: Archive,
    register: Register,
    config: Config,
    clock: Clock,
    routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """The page as an ASGI app; `routes` come before its own, and are guarded as these are."""
    desk = Desk(store, archive, register, config, clock)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    app = Starlette(
        routes=[*routes, *ROUTES],
        middleware=[Middleware(Guard, access=Access(config.web))],
        exception_handlers={HTTPException: _explain},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app


def create_signs(routes: Sequence[BaseRoute], web: WebConfig) -> Starlette:
    """A worker's signs of life alone, behind the page's guard."""
    guard = Middleware(Guard, access=Access(web))
    return Starlette(routes=routes, middleware=[guard], exception_handlers={HTTPException: _explain})


def _explain(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return describe_problem(HTTPStatus(status), request.url.path)
