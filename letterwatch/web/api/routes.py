"""The API's routes: one for each operation, one for its description, one for whatever else is asked."""

import json
import re
from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from letterwatch.web.answers import answer
from letterwatch.web.api.asking import parse_query
from letterwatch.web.api.openapi import describe_api
from letterwatch.web.api.operations import OPERATIONS, PARTS, Operation
from letterwatch.web.api.problems import PREFIX, ApiError, answer_problem
from letterwatch.web.api.views import Call
from letterwatch.web.desk import Desk, get_desk

JSON = "application/json"


def _serve(operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def view(request: Request) -> Response:
        desk = get_desk(request)
        try:
            _check_path(request)
            query = parse_query(operation.query, request.query_params.multi_items())
            body = await desk.run(_write, desk, operation, Call(request.path_params, query))
        except ApiError as error:
            return answer_problem(error.refusal)
        return answer(request, body, JSON)

    return view


def _write(desk: Desk, operation: Operation, call: Call) -> bytes:
    return operation.view(desk, call).model_dump_json().encode()


def _check_path(request: Request) -> None:
    for name, value in request.path_params.items():
        if not re.search(PARTS[name].pattern.replace("$", r"\Z"), value):
            words = PARTS[name].description.rstrip(".")
            raise ApiError(
                HTTPStatus.NOT_FOUND, f"{name} is not one: {words}, like {PARTS[name].example}", name
            )


async def _show_openapi(request: Request) -> Response:
    """The OpenAPI document."""
    return answer(request, _write_openapi(), JSON)


@cache
def _write_openapi() -> bytes:
    return json.dumps(describe_api(), ensure_ascii=False, indent=1).encode()


async def _miss(_request: Request) -> Response:
    error = ApiError(HTTPStatus.NOT_FOUND, f"there is nothing here; {PREFIX}/openapi.json describes what is")
    return answer_problem(error.refusal)


ROUTES: list[BaseRoute] = [
    Route(f"{PREFIX}/openapi.json", _show_openapi, name="openapi"),
    *(Route(f"{PREFIX}{each.path}", _serve(each), name=f"api_{each.name}") for each in OPERATIONS),
    Route(f"{PREFIX}/{{rest:path}}", _miss),
]
