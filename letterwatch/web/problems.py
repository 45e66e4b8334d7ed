"""What is said where there is no page to show."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import PlainTextResponse, Response

from letterwatch.web.api.problems import Refusal, answer_problem, is_api

_WORDS = {
    HTTPStatus.UNAUTHORIZED: "This page asks for its token: any name, and the token as the password.",
    HTTPStatus.NOT_FOUND: "There is no such page.",
    HTTPStatus.METHOD_NOT_ALLOWED: "These pages can only be read.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "These pages can only be read; nothing may be sent to them.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The request is too large.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long. Shorten the search.",
    HTTPStatus.MISDIRECTED_REQUEST: (
        "The page does not answer to this name. Where it should, add the name to [web] hosts."
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: "The page cannot be shown just now. Try again in a moment.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke while this page was made. The log says what.",
}


def describe_problem(status: HTTPStatus, path: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that says in plain words why there is no page; in JSON where a program asked the API."""
    text = _WORDS.get(status, status.phrase)
    if is_api(path):
        return answer_problem(Refusal(status=status, message=text), headers)
    return PlainTextResponse(f"{status.value} {text}\n", status_code=status, headers=headers)
