"""What the API says where it has no answer: always JSON, naming the parameter and the mend."""

from collections.abc import Mapping
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

PREFIX = "/api"


class Refusal(BaseModel):
    """Why a request got no answer."""

    model_config = ConfigDict(frozen=True)

    status: int = Field(description="The HTTP status.")
    message: str = Field(description="What is wrong and how to mend it.")
    parameter: str | None = Field(default=None, description="The parameter at fault.")


class Problem(BaseModel):
    """The answer to a request that cannot be met."""

    model_config = ConfigDict(frozen=True)

    error: Refusal = Field(description="Why there is no answer.")


class ApiError(Exception):
    """A request that cannot be met; says so to whoever asked."""

    def __init__(self, status: HTTPStatus, message: str, parameter: str | None = None) -> None:
        super().__init__(message)
        self.refusal = Refusal(status=status, message=message, parameter=parameter)


def is_api(path: str) -> bool:
    """True for an address of the API."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def answer_problem(refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    """The refusal as an answer."""
    body = Problem(error=refusal).model_dump_json(exclude_none=True)
    return Response(body, refusal.status, headers, "application/json")
