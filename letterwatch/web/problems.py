"""What is said where there is no page to show."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from letterwatch.web.api.problems import Refusal, answer_problem, is_api
from letterwatch.web.templating import render

_WORDS: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.UNAUTHORIZED: (
        "This page asks for its token",
        "Give any name, and as the password the token that stands in the configuration.",
    ),
    HTTPStatus.NOT_FOUND: (
        "There is no such page",
        "The address may be mistyped, or what it named is not known here. The latest letters and the map of "
        "England lead to everything there is.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("These pages can only be read", "Nothing can be changed through them."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "These pages can only be read",
        "Nothing can be sent to them.",
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: ("The address is too long", "Shorten the search and try again."),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: ("The request is too large", "Try again without cookies."),
    HTTPStatus.MISDIRECTED_REQUEST: (
        "The page does not answer to this name",
        "Where it should, its keeper adds the name to [web] hosts in the configuration.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "The page cannot be shown just now",
        "The database is busy, or many people are looking at once. The watch goes on; try again in a moment.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "This page could not be made",
        "Something broke on our side. The watch goes on, and the log says what it was.",
    ),
}


def describe_problem(status: HTTPStatus, path: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that says in plain words why there is no page; in JSON where a program asked the API."""
    heading, text = _WORDS.get(status, (status.phrase, ""))
    if is_api(path):
        return answer_problem(Refusal(status=status, message=f"{heading}. {text}".rstrip()), headers)
    page = render("problem.html", {"path": "", "fresh": None, "heading": heading, "text": text})
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store", **(headers or {})})
