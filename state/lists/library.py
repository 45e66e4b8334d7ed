"""What the page, its feeds and its API are shown."""

from collections.abc import Mapping

from state.lists import browsing, feeding
from state.lists.judgements import Kept, renew_judgements
from state.lists.totals import Totals
from state.news import covering
from state.records.browsing_rows import Entry, EntryPage, Judgement, LetterRecord, Wanted
from state.storage.database import Database
from state.storage.opened import Opened


class Library(Opened):
    """Letters found, shelves, single letters, judgements and coverage; a part of `Store`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._judged = Kept()
        self._totals = Totals()

    def find_entries(self, wanted: Wanted, *, number: int = 1, size: int = 25) -> EntryPage:
        """One page of the publications that a visitor wants, the newest first."""
        with self._database.reading() as connection:
            return browsing.find_entries(
                connection, wanted, self._register, self._totals, number=number, size=size
            )

    def shelf(self, *urns: str) -> list[Entry]:
        """All that is filed of some authorities, the newest first."""
        with self._database.reading() as connection:
            return browsing.list_shelf(connection, urns, self._register)

    def find_letter(self, urn: str, file_id: str, ordinal: int | None = None) -> LetterRecord | None:
        """A publication with one of its versions and the letter read from it; None: not known."""
        with self._database.reading() as connection:
            return browsing.find_letter(connection, urn, file_id, ordinal, self._register)

    def gists(self, *publications: str) -> Mapping[str, feeding.Gist]:
        """What a feed tells of each publication named '<urn>/<file_id>'."""
        with self._database.reading() as connection:
            return feeding.load_gists(connection, publications)

    def coverage(
        self, publication: str | None = None, limit: int = 500, *, urn: str | None = None
    ) -> list[covering.CoverageRow]:
        """The stories that report '<urn>/<file_id>', one of an authority's, or any, the newest first."""
        with self._database.reading() as connection:
            return covering.list_coverage(connection, publication, urn=urn, limit=limit)

    def judgements(self) -> list[Judgement]:
        """Every full inspection that stands, oldest first."""
        with self._database.reading() as connection:
            self._judged = renew_judgements(connection, self._judged)
        return list(self._judged.judgements)

    def has_document(self, sha256: str) -> bool:
        """True where the archive's body is a publication's document."""
        with self._database.reading() as connection:
            return browsing.has_document(connection, sha256)
