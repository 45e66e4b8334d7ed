"""One letter: what it says, in its own words, each with its page; its versions; how it was read."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.desk import Desk
from letterwatch.web.marking import MARKED, count_themes, mark_letter
from letterwatch.web.showing import show_page
from letterwatch.web.wording import find_link, say_day
from scraper.letters import READER_VERSION
from state import Entry, LetterRecord


async def show_letter(request: Request) -> Response:
    """A letter or report; `?version=1` shows a former one."""
    urn, file_id = request.path_params["urn"], request.path_params["file_id"]
    asked = request.query_params.get("version", "")
    ordinal = int(asked) if asked.isdecimal() and len(asked) < 6 else None

    def compose(desk: Desk) -> dict[str, Any] | None:
        record = desk.store.find_letter(urn, file_id, ordinal)
        if record is None:
            return None
        letter, version = record.letter, record.version
        findings = desk.workings.find_findings(version.sha256, letter) if letter and version else ()
        earlier, later = _find_beside(desk.store.shelf(urn), record.entry)
        return {
            "record": record,
            "row": record.entry.row,
            "letter": letter,
            "sections": mark_letter(letter, findings) if letter else (),
            "themes": count_themes(findings),
            "marked": sum(finding.role in MARKED for finding in findings),
            "found": len(findings),
            "earlier": earlier,
            "later": later,
            "coverage": desk.store.coverage(record.entry.row.id),
            "citation": cite(record),
            "reader_version": READER_VERSION,
        }

    return await show_page(request, "letter.html", compose)


def cite(record: LetterRecord) -> str:
    """How to name a letter in a text of one's own."""
    row = record.entry.row
    letter = record.letter
    day = row.published_on or (letter.dated_on if letter else None)
    parts = [f"Ofsted, “{letter.title if letter else row.title}”, {row.authority} (URN {row.urn})"]
    parts += [say_day(day)] if day else []
    parts += [find_link(row.url)] if find_link(row.url) else []
    if record.version:
        parts.append(f"SHA-256 {record.version.sha256}, fetched {say_day(record.version.fetched_at.date())}")
    return ", ".join(parts) + "."


def _find_beside(shelf: list[Entry], entry: Entry) -> tuple[Entry | None, Entry | None]:
    """The letters of the same kind before and after this one."""
    same = [each for each in shelf if each.row.kind is entry.row.kind]  # newest first
    place = next((number for number, each in enumerate(same) if each.row.id == entry.row.id), None)
    if place is None:
        return None, None
    earlier = same[place + 1] if place + 1 < len(same) else None
    return earlier, same[place - 1] if place else None
