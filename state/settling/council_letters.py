"""Letters that councils publish: filed beside Ofsted's, announced as the council's, never twice.

Ofsted does not publish the letter of a first visit; councils attach it to committee papers or reprint it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from state.records.filed import Filed
from state.records.takes import DocumentTake, PublicationFound, is_councils
from state.records.vocabulary import EventName, Kind
from state.settling.announcing import CompareVersions, announce
from state.settling.bookkeeping import ensure_authorities
from state.settling.diff import Change, find_replaced, read_version
from state.settling.filing import file_change, keep_documents, load_filed
from state.settling.posting import Draft
from state.storage.schema import decisions

NEWS_FOR = timedelta(days=90)  # an older letter is recorded quietly: committee papers go back for years


def settle_council_letters(
    connection: sa.Connection,
    found: Iterable[PublicationFound],
    *,
    region: Callable[[str], str | None],
    compare: CompareVersions,
    run_id: int,
    now: datetime,
) -> list[Draft]:
    """Files the monitoring letters among a council's documents and drafts what is news of them."""
    drafts: list[Draft] = []
    for entry in found:
        filed = _read(entry, now)
        if filed is None or entry.document is None:
            continue
        urn = filed.sighting.urn
        ensure_authorities(connection, {urn: (filed.sighting.authority, filed.sighting.page_url)})
        shelf = load_filed(connection, [urn])
        if filed.sighting.key in shelf:
            continue
        twin = find_replaced(filed, shelf.values()) or _find_same_text(filed, shelf.values())
        if twin is not None:
            _note(connection, twin, f"published by the council, too: {filed.sighting.url}", run_id, now)
            continue
        drafts += _file(connection, filed, entry.document, region, compare, run_id=run_id, now=now)
    return drafts


def _read(entry: PublicationFound, now: datetime) -> Filed | None:
    """The letter as it is filed; None for what does not read as the authority's own monitoring letter."""
    document = entry.document
    letter = document.reading.letter if document and document.reading else None
    if document is None or letter is None or not is_councils(entry.sighting.file_id):
        return None
    if letter.kind is not Kind.MONITORING_VISIT or letter.authority is None or letter.authority.urn is None:
        return None
    if entry.sighting.urn not in ("", letter.authority.urn):
        return None  # another council's letter among this one's papers
    sighting = replace(
        entry.sighting, urn=letter.authority.urn, authority=letter.authority.name, title=letter.title
    )
    dated_on = letter.dated_on or letter.visited_to_on
    return Filed(
        sighting=sighting,
        first_seen_at=now,
        quiet=dated_on is None or dated_on < (now - NEWS_FOR).date(),
        tried_at=document.at,
        checked_at=document.at,
        version=read_version(document, ordinal=1),
    )


def _find_same_text(filed: Filed, shelf: Iterable[Filed]) -> Filed | None:
    text = filed.version.text_sha256 if filed.version else None
    return next((one for one in shelf if one.version and text and one.version.text_sha256 == text), None)


def _file(
    connection: sa.Connection,
    filed: Filed,
    document: DocumentTake,
    region: Callable[[str], str | None],
    compare: CompareVersions,
    *,
    run_id: int,
    now: datetime,
) -> list[Draft]:
    event = None if filed.quiet else EventName.PUBLICATION_NEW
    told = filed if filed.quiet else replace(filed, announced_at=now)
    steps = (f"published by the council: {filed.sighting.url}", "document obtained, read")
    last = "recorded quietly: the letter is not recent" if filed.quiet else EventName.PUBLICATION_NEW.value
    change = Change(None, told, event, document, None, (*steps, last))
    keep_documents(connection, [document])
    publication_id = file_change(connection, change, run_id=run_id, now=now)
    shelf = load_filed(connection, [filed.sighting.urn]).values()
    letter = document.reading.letter if document.reading else None
    events = announce(
        change,
        shelf,
        letter=letter,
        old_letter=None,
        region=region(filed.sighting.urn),
        compare=compare,
        now=now,
    )
    return [Draft(event, publication_id) for event in events]


def _note(connection: sa.Connection, filed: Filed, step: str, run_id: int, now: datetime) -> None:
    """Says once on a publication's trail that the council has it, too."""
    own = (decisions.c.publication_id == filed.id) & (decisions.c.step == step)
    if connection.scalar(sa.select(decisions.c.id).where(own)) is None:
        row = {"publication_id": filed.id, "run_id": run_id, "at": now, "step": step}
        connection.execute(sa.insert(decisions).values(row))
