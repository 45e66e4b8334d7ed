"""Whether an authority's page is still that page: what it lists, whose it is, its dates. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from state.records.takes import PageLook, PublicationFound, Take
from state.records.vocabulary import Outcome

CANARIES = 3  # publications known of a page from which on at least one must still be there
SHRUNK_FROM = 4  # publications known of a page from which on at least half must still be there
_Shelf = Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The looks as judged; `shrunk` pages are broken, but what they do list may be believed."""

    looks: tuple[PageLook, ...]
    shrunk: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of authorities' pages by URN: file ids with their dates of publication, and names."""

    shelves: Mapping[str, _Shelf] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def recognise(looks: tuple[PageLook, ...], take: Take, memory: Memory) -> Recognised:
    """Judges every page that was read by what is known of it."""
    listed: dict[str, list[PublicationFound]] = {}
    for entry in {found.sighting.key: found for found in take.found if found.listed}.values():
        listed.setdefault(entry.sighting.urn, []).append(entry)
    owners = {name.casefold(): urn for urn, name in memory.names.items()}
    strangers = _find_strangers(looks, listed, memory)
    judged, shrunk = [], set()
    for look in looks:
        if look.page != "provider" or look.outcome is not Outcome.OK:
            judged.append(look)
            continue
        entries, shelf = listed.get(look.urn or "", []), memory.shelves.get(look.urn or "", {})
        cause = _find_fault(look, entries, shelf, owners)
        if cause is None and look.urn in strangers:
            cause = f"lists nothing that is known of it, as {len(strangers)} pages do"
        if cause is None and (lost := _find_shrinking(entries, shelf)):
            cause = lost
            shrunk.add(look.urn or "")
        judged.append(replace(look, outcome=Outcome.BROKEN, cause=cause) if cause else look)
    return Recognised(tuple(judged), frozenset(shrunk))


def _find_strangers(
    looks: tuple[PageLook, ...], listed: Mapping[str, list[PublicationFound]], memory: Memory
) -> frozenset[str]:
    """Pages that list nothing known: one may have been cleared; where most are so, the site has changed."""
    read = [
        look.urn
        for look in looks
        if look.page == "provider"
        and look.outcome is Outcome.OK
        and look.urn
        and memory.shelves.get(look.urn)
    ]
    strange = [
        urn
        for urn in read
        if not {entry.sighting.file_id for entry in listed.get(urn, [])} & memory.shelves[urn].keys()
    ]
    return frozenset(strange) if len(strange) > 1 and len(strange) * 2 > len(read) else frozenset()


def _find_fault(
    look: PageLook, entries: list[PublicationFound], shelf: _Shelf, owners: Mapping[str, str]
) -> str | None:
    """Why a page is not the authority's page as it is known."""
    for entry in entries[:1]:
        owner = owners.get(entry.sighting.authority.casefold(), look.urn)
        if owner != look.urn and look.urn in owners.values():
            return f"is the page of {entry.sighting.authority} ({owner})"
    if not shelf:
        return None
    if look.rows == 0:
        return f"lists nothing, {len(shelf)} publications are known"
    found = {entry.sighting.file_id: entry.sighting.published_on for entry in entries}
    if len(shelf) >= CANARIES and found and not found.keys() & shelf.keys():
        return f"lists none of the {len(shelf)} publications known"
    return _find_moved_dates(found, shelf)


def _find_moved_dates(found: _Shelf, shelf: _Shelf) -> str | None:
    """Dates that all went, or of which most are others than before: they are read wrongly."""
    dated = [file_id for file_id, day in shelf.items() if day and file_id in found]
    if dated and all(found[file_id] is None for file_id in dated):
        return f"gives none of its {len(dated)} known publications a date"
    moved = [file_id for file_id in dated if found[file_id] != shelf[file_id]]
    if len(moved) > 1 and len(moved) * 2 > len(dated):
        return f"gives other dates for {len(moved)} of {len(dated)} known publications"
    return None


def _find_shrinking(entries: list[PublicationFound], shelf: _Shelf) -> str | None:
    """A page may lose some of its old reports; one that lost most of them was cut."""
    still = sum(entry.sighting.file_id in shelf for entry in entries)
    if len(shelf) >= SHRUNK_FROM and still * 2 < len(shelf):
        return f"lists {still} of {len(shelf)} publications known"
    return None
