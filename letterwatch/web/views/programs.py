"""What programs may ask: the API's addresses, for a person to look at."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.api.operations import OPERATIONS
from letterwatch.web.api.problems import PREFIX
from letterwatch.web.desk import Desk
from letterwatch.web.showing import show_page


async def show_programs(request: Request) -> Response:
    """Every address of the API."""

    def compose(_desk: Desk) -> dict[str, Any]:
        return {
            "operations": [
                {
                    "path": f"{PREFIX}{each.path}",
                    "summary": each.summary,
                    "parameters": list(each.query.model_fields),
                }
                for each in OPERATIONS
            ]
        }

    return await show_page(request, "api.html", compose)
