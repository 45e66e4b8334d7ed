"""The API: every address, parameter and field, from the table of operations and its records."""

from typing import get_type_hints

from letterwatch.web.api.operations import OPERATIONS, PARTS, Operation
from letterwatch.web.api.problems import PREFIX, Problem
from tools.reference.kinds import in_words, page_of
from tools.reference.markdown import sentence, slug, table
from tools.reference.meaning import UndocumentedError
from tools.reference.records import list_records, render_record

_HEAD = """\
# The API

Read-only JSON on `[web] listen`; ids, pages, freshness and refusals: [api.md](../api.md). The same as
OpenAPI 3.1: `/api/openapi.json`.
"""


def render_api() -> str:
    """The whole page."""
    rows = [
        (f"[`{PREFIX}{each.path}`](#{slug(f'GET {PREFIX}{each.path}')})", sentence(each.summary))
        for each in OPERATIONS
    ]
    told = list_records([*(each.answer for each in OPERATIONS), Problem])
    records = [render_record(record) for record in told if page_of(record) == "api.md"]
    return "\n".join([_HEAD, table(("address", "answers"), rows), *map(_render, OPERATIONS), *records])


def _render(operation: Operation) -> str:
    hints = get_type_hints(operation.query, include_extras=True)
    rows = [(f"`{name}`", "path", "text", PARTS[name].description) for name in operation.parts]
    for name, field in operation.query.model_fields.items():
        if not field.description:
            raise UndocumentedError(f"{operation.query.__name__}.{name} of the API has no description")
        otherwise = f"; else {field.default}" if field.default is not None else ""
        rows.append((f"`{name}`", "query", in_words(hints[name], null=False) + otherwise, field.description))
    asked = table(("parameter", "in", "value", "meaning"), rows) if rows else "No parameter.\n"
    says = f"{sentence(operation.summary)} Answers with {in_words(operation.answer)}."
    return f"## GET {PREFIX}{operation.path}\n\n{says}\n\n{asked}"
