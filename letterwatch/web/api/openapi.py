"""The OpenAPI document, made from the table of operations and the records. Pure."""

from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from letterwatch import __version__
from letterwatch.web.api.asking import Query
from letterwatch.web.api.operations import OPERATIONS, PARTS, Operation
from letterwatch.web.api.problems import PREFIX, Problem
from state import Register

_REFERENCE = "#/components/schemas/{model}"
_REFUSALS = {
    "400": "A parameter is wrong; the answer names it and the mend.",
    "404": "There is no such thing; the answer says where to look.",
    "414": "The address is too long.",
    "503": "Too much is asked at once, or the state cannot be read just now.",
}


def describe_api() -> dict[str, Any]:
    """The description of every operation, parameter and field."""
    answers: list[type[BaseModel]] = [*dict.fromkeys(operation.answer for operation in OPERATIONS), Problem]
    wanted: list[tuple[type[BaseModel], Literal["validation", "serialization"]]]
    wanted = [(answer, "serialization") for answer in answers]
    _, schemas = models_json_schema(wanted, ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Letterwatch",
            "version": __version__,
            "summary": "Ofsted's letters and reports on children's services, as Letterwatch read them.",
            "description": "Read-only. Lists answer with an ETag and a Last-Modified date: send them back "
            "to learn cheaply that nothing changed. Times are UTC, days are London's.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {f"{PREFIX}{each.path}": {"get": _describe_operation(each)} for each in OPERATIONS},
        "components": {"schemas": schemas["$defs"]},
    }


def _describe_operation(operation: Operation) -> dict[str, Any]:
    answer = {"$ref": _REFERENCE.format(model=operation.answer.__name__)}
    refusal = {"application/json": {"schema": {"$ref": _REFERENCE.format(model=Problem.__name__)}}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_describe_parts(operation), *_describe_query(operation.query)],
        "responses": {
            "200": {
                "description": operation.answer.__doc__,
                "headers": {
                    name: {"schema": {"type": "string"}, "description": words}
                    for name, words in (
                        ("ETag", "For If-None-Match."),
                        ("Last-Modified", "For If-Modified-Since."),
                    )
                },
                "content": {"application/json": {"schema": answer}},
            },
            "304": {"description": "You have it already: nothing changed."},
            **{status: {"description": why, "content": refusal} for status, why in _REFUSALS.items()},
        },
    }


def _describe_parts(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARTS[name].description,
            "schema": {"type": "string", "pattern": PARTS[name].pattern},
            "example": PARTS[name].example,
        }
        for name in operation.parts
    ]


def _describe_query(query: type[Query]) -> list[dict[str, Any]]:
    schema = query.model_json_schema()
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": field.get("description", ""),
            "schema": _flatten(name, field, schema.get("$defs", {})),
        }
        for name, field in schema["properties"].items()
    ]


def _flatten(name: str, field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema: one that may be omitted has no null, and a named one stands in place."""
    if name == "region":
        return {"type": "string", "enum": list(Register.load().regions())}
    kept = {key: value for key, value in field.items() if key not in {"title", "description", "default"}}
    options = [option for option in kept.pop("anyOf", ()) if option.get("type") != "null"]
    for option in options:
        kept |= definitions[option["$ref"].rpartition("/")[2]] if "$ref" in option else option
    if field.get("default") is not None:
        kept["default"] = field["default"]
    return {key: value for key, value in kept.items() if key not in {"title", "description"}}
