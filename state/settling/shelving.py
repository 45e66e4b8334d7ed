"""What is filed of some authorities at a time, and what their pages are known to list."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from string import ascii_lowercase, ascii_uppercase

import sqlalchemy as sa

from state.judging.recognising import Shelf
from state.records.filed import Filed
from state.records.takes import is_councils
from state.settling.filing import load_filed
from state.storage.schema import authorities

Shelves = Mapping[tuple[str, str], Filed]
SHRUNK_FOR = timedelta(days=7)  # a page that lost most of its reports is called broken, then believed
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


class Shelving:
    """The shelves of a state as a run finds them; those that were asked for last are kept at hand."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._held: dict[str, dict[tuple[str, str], Filed]] = {}

    def find(self, urns: Collection[str]) -> Shelves:
        """All that is filed of some authorities, by (urn, file id)."""
        held = {urn: self._held[urn] for urn in urns if urn in self._held}
        new: dict[str, dict[tuple[str, str], Filed]] = {urn: {} for urn in urns if urn not in held}
        for key, filed in load_filed(self._connection, new).items():
            new[key[0]][key] = filed
        self._held = held | new
        return {key: filed for shelf in self._held.values() for key, filed in shelf.items()}

    def find_shelves(self, urns: Collection[str]) -> Mapping[str, Shelf]:
        """What pages are known to list; what one has long ceased to list it is not expected to."""
        listed: dict[str, dict[str, date | None]] = {}
        for (urn, file_id), filed in self.find(urns).items():
            is_expected = filed.missing_since is None or self._now - filed.missing_since < SHRUNK_FOR
            if is_expected and filed.withdrawn_at is None and not is_councils(file_id):
                listed.setdefault(urn, {})[file_id] = filed.sighting.published_on
        return listed

    def find_names(self, urns: Collection[str], names: Collection[str]) -> Mapping[str, str]:
        """The names of these authorities, and of all that are called by one of these names, by URN."""
        lower = {name.translate(_LOWER) for name in names} | {name.lower() for name in names}
        own, named = authorities.c.urn.in_(urns), sa.func.lower(authorities.c.name).in_(lower)
        rows = self._connection.execute(sa.select(authorities.c.urn, authorities.c.name).where(own | named))
        return {row.urn: row.name for row in rows}
