"""Two letters side by side by theme, or two versions of one by sentence."""

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk
from letterwatch.web.showing import show_page
from state import LetterRecord

_NAMED = re.compile(r"(?P<urn>\d{1,12})/(?P<file>[\w-]{1,64})(?:@(?P<version>\d{1,5}))?", re.ASCII)


async def show_compare(request: Request) -> Response:
    """`?old=80451/1&new=80451/2` compares letters, `@1` and `@2` behind one id its versions."""
    asked = {side: request.query_params.get(side, "") for side in ("old", "new")}

    def compose(desk: Desk) -> dict[str, Any] | None:
        old, new = (_find(desk, asked[side]) for side in ("old", "new"))
        if not any(asked.values()):
            return {"old": None, "new": None, "moves": None, "changes": None, "urn": None, "shelf": []}
        if old is None or new is None:
            return None
        urn = new.entry.row.urn
        values: dict[str, Any] = {
            "old": old,
            "new": new,
            "moves": None,
            "changes": None,
            "urn": urn,
            "shelf": [entry for entry in desk.store.shelf(urn) if entry.row.versions],
        }
        if old.letter and old.version and new.letter and new.version:
            sides = (old.version.sha256, old.letter), (new.version.sha256, new.letter)
            if old.entry.row.id == new.entry.row.id:
                values["changes"] = desk.workings.compare_versions(*sides)
            else:
                values["moves"] = desk.workings.compare_letters(*sides)
        return values

    return await show_page(request, "compare.html", compose)


def _find(desk: Desk, text: str) -> LetterRecord | None:
    named = _NAMED.fullmatch(text)
    if not named:
        return None
    version = int(named["version"]) if named["version"] else None
    return desk.store.find_letter(named["urn"], named["file"], version)
