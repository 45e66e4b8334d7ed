"""What may be asked: every operation's parameters, parsed strictly, with plain words for what is wrong."""

import re
from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from letterwatch.web.api.problems import ApiError
from state import Kind, PaceLabel

MOST_PER_PAGE = 200

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)


def _parse_day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("is not a date; write one like 2019-11-01")
    return value


def _parse_number(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("is not a whole number; write it in digits, like 2")
    return int(value) if isinstance(value, str) else value


# The bounds stand before the parser, so that the description has them, too.
_Digits = BeforeValidator(_parse_number)
Day = Annotated[date, BeforeValidator(_parse_day)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000, description="Which page; the first is 1."), _Digits]
PageSize = Annotated[int, Field(ge=1, le=MOST_PER_PAGE, description="How many to a page."), _Digits]
Limit = Annotated[int, Field(ge=1, le=500, description="How many at most."), _Digits]
Ordinal = Annotated[int, Field(ge=1, le=1_000_000), _Digits]


class Query(BaseModel):
    """Base of all parameters: what is not known is refused by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Paged(Query):
    """Which page of a list."""

    page: PageNumber = 1
    size: PageSize = 25


class PublicationsQuery(Paged):
    """Which letters and reports; every parameter narrows the list."""

    q: str = Field(
        default="",
        max_length=100,
        description='Words and "phrases" that must all stand in the document; its stem is enough.',
    )
    authority: str | None = Field(
        default=None,
        min_length=1,
        max_length=80,
        description="An authority's URN, three-digit LA code, or any name it goes by.",
        examples=["80451"],
    )
    region: str | None = Field(default=None, description="One of the nine regions of England.")
    kind: Kind | None = Field(default=None, description="What sort of document.")
    pace: PaceLabel | None = Field(
        default=None, description="How its inspectors describe the pace of progress."
    )
    since: Day | None = Field(default=None, description="Published on this day or later.")
    until: Day | None = Field(default=None, description="Published on this day or earlier.")


class VersionQuery(Query):
    """Which version of a document."""

    version: Ordinal | None = Field(
        default=None, description="Which version's letter; the first is 1; omitted: the newest."
    )


class RunsQuery(Query):
    """Which runs."""

    source: str | None = Field(
        default=None, min_length=1, max_length=100, description="Only the runs of this source."
    )
    limit: Limit = 50


class LatestQuery(Query):
    """How many of a list that begins with the newest."""

    limit: Limit = 50


class CoverageQuery(LatestQuery):
    """Which stories."""

    publication: str | None = Field(
        default=None,
        pattern=r"^[0-9]{1,10}/[A-Za-z0-9_-]{1,64}$",
        description="Only those that report this publication, by its id.",
        examples=["80451/50121234"],
    )


Asked = TypeVar("Asked", bound=Query)


def parse_query(model: type[Asked], given: Iterable[tuple[str, str]]) -> Asked:
    """The parameters of a request; raises ApiError with the first that is wrong, and its mend."""
    values: dict[str, str] = {}
    for name, value in given:
        if name in values:
            raise ApiError(HTTPStatus.BAD_REQUEST, f"{name} is given twice; give it once", name[:80])
        values[name] = value
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])[:80]
    raise ApiError(HTTPStatus.BAD_REQUEST, f"{name} {_explain(first, model)}", name)


_WORDS = {
    "value_error": "{error}",
    "string_too_long": "is too long; use at most {max_length} characters",
    "string_too_short": "is empty; omit it or give it a value",
    "string_pattern_mismatch": "is not an id; write one like 80451/50121234",
    "less_than_equal": "must be at most {le}",
    "greater_than_equal": "must be at least {ge}",
    "enum": "must be one of {expected}",
}


def _explain(error: ErrorDetails, model: type[Query]) -> str:
    if error["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return f"is not a parameter here; there are {known}" if known else "is not a parameter here; omit it"
    if error["type"].startswith("date"):
        return "is not a day that exists; write one like 2019-11-01"
    words = _WORDS.get(error["type"], error["msg"].replace("{", "{{").replace("}", "}}"))
    return words.format_map(error.get("ctx", {}))
