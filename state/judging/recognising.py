"""Whether an authority's page is still that page: what it lists, whose it is, its dates. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from state.records.takes import PageLook, PublicationSighting, Take
from state.records.vocabulary import Outcome
from state.storage.batches import in_batches

CANARIES = 3  # publications known of a page from which on at least one must still be there
SHRUNK_FROM = 4  # publications known of a page from which on at least half must still be there
AT_ONCE = 50  # pages, with all their letters
Shelf = Mapping[str, date | None]


class Knowledge(Protocol):
    """What is known of authorities' pages, asked for a few of them at a time."""

    def find_shelves(self, urns: Collection[str]) -> Mapping[str, Shelf]:
        """The file ids known of some authorities' pages, with their dates of publication, by URN."""

    def find_names(self, urns: Collection[str], names: Collection[str]) -> Mapping[str, str]:
        """The names of these authorities, and of all that are called by one of these names, by URN."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Knowledge in hand: shelves and names by URN."""

    shelves: Mapping[str, Shelf] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def find_shelves(self, urns: Collection[str]) -> Mapping[str, Shelf]:
        """The shelves of some authorities."""
        return {urn: shelf for urn, shelf in self.shelves.items() if urn in urns}

    def find_names(self, urns: Collection[str], names: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002
        """The names of all: no more are known."""
        return self.names


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is wrong with pages that came back well, by address; what `shrunk` ones list may be believed."""

    faults: Mapping[str, str] = field(default_factory=dict)
    shrunk: frozenset[str] = frozenset()

    def judge(self, look: PageLook) -> PageLook:
        """The look as it is judged by what is known of its page."""
        fault = self.faults.get(look.url)
        return replace(look, outcome=Outcome.BROKEN, cause=fault) if fault else look


def recognise(take: Take, known: Knowledge) -> Recognised:
    """Judges every page that was read by what is known of it, some at a time."""
    faults: dict[str, str] = {}
    doubtful: list[_Doubt] = []
    strange: list[str] = []
    count = 0
    for looks in in_batches(filter(_is_read, take.looks.latest()), AT_ONCE):
        urns = {look.urn or "" for look in looks}
        listed = _list_entries(take, urns)
        shelves = known.find_shelves(urns)
        names = known.find_names(urns, {entries[0].authority for entries in listed.values()})
        owners = {name.casefold(): urn for urn, name in names.items()}
        for look in looks:
            entries, shelf = listed.get(look.urn or "", []), shelves.get(look.urn or "", {})
            count += bool(shelf)
            is_strange = bool(shelf) and all(entry.file_id not in shelf for entry in entries)
            strange += [look.urn or ""] if is_strange else []
            lost = _find_shrinking(entries, shelf)
            if fault := _find_fault(look, entries, shelf, owners):
                faults[look.url] = fault
            elif is_strange or lost:
                doubtful.append(_Doubt(look.url, look.urn or "", lost))
    return _decide(faults, doubtful, _find_strangers(strange, count))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A page that lists nothing or little of what is known of it; all of them show what that means."""

    url: str
    urn: str
    lost: str | None


def _decide(faults: dict[str, str], doubtful: Iterable[_Doubt], strangers: Collection[str]) -> Recognised:
    shrunk = set()
    for page in doubtful:
        if page.urn in strangers:
            faults[page.url] = f"lists nothing that is known of it, as {len(strangers)} pages do"
        elif page.lost:
            faults[page.url] = page.lost
            shrunk.add(page.urn)
    return Recognised(faults, frozenset(shrunk))


def _is_read(look: PageLook) -> bool:
    return look.page == "provider" and look.outcome is Outcome.OK


def _list_entries(take: Take, urns: Collection[str]) -> dict[str, list[PublicationSighting]]:
    """What some authorities' pages list, by URN."""
    listed: dict[str, list[PublicationSighting]] = {}
    found = (found.sighting for found in take.found.of(urns) if found.listed)
    for entry in {entry.key: entry for entry in found}.values():
        listed.setdefault(entry.urn, []).append(entry)
    return listed


def _find_strangers(strange: Sequence[str], read: int) -> frozenset[str]:
    """Pages that list nothing known: one may have been cleared; where most are so, the site has changed."""
    return frozenset(strange) if len(strange) > 1 and len(strange) * 2 > read else frozenset()


def _find_fault(
    look: PageLook, entries: Sequence[PublicationSighting], shelf: Shelf, owners: Mapping[str, str]
) -> str | None:
    """Why a page is not the authority's page as it is known."""
    for entry in entries[:1]:
        owner = owners.get(entry.authority.casefold(), look.urn)
        if owner != look.urn and look.urn in owners.values():
            return f"is the page of {entry.authority} ({owner})"
    if not shelf:
        return None
    if look.rows == 0:
        return f"lists nothing, {len(shelf)} publications are known"
    found = {entry.file_id: entry.published_on for entry in entries}
    if len(shelf) >= CANARIES and found and not found.keys() & shelf.keys():
        return f"lists none of the {len(shelf)} publications known"
    return _find_moved_dates(found, shelf)


def _find_moved_dates(found: Shelf, shelf: Shelf) -> str | None:
    """Dates that all went, or of which most are others than before: they are read wrongly."""
    dated = [file_id for file_id, day in shelf.items() if day and file_id in found]
    if dated and all(found[file_id] is None for file_id in dated):
        return f"gives none of its {len(dated)} known publications a date"
    moved = [file_id for file_id in dated if found[file_id] != shelf[file_id]]
    if len(moved) > 1 and len(moved) * 2 > len(dated):
        return f"gives other dates for {len(moved)} of {len(dated)} known publications"
    return None


def _find_shrinking(entries: Sequence[PublicationSighting], shelf: Shelf) -> str | None:
    """A page may lose some of its old reports; one that lost most of them was cut."""
    still = sum(entry.file_id in shelf for entry in entries)
    if len(shelf) >= SHRUNK_FROM and still * 2 < len(shelf):
        return f"lists {still} of {len(shelf)} publications known"
    return None
