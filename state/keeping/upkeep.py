"""What keeps a state sound over years: its health, newer readings, forgetting, export."""

from collections.abc import Collection, Iterator
from datetime import datetime

from state.keeping import pruning, rereading
from state.keeping.export_rows import ExportRow, stream_rows
from state.keeping.exported import ExportedTable
from state.keeping.pruning import DatabaseSize, Keep, Pruned
from state.keeping.rereading import StoredReading
from state.records.letters import Reading
from state.storage import examining
from state.storage.archive import Archive
from state.storage.opened import Opened


class Upkeep(Opened):
    """What the doctor, `reread`, `prune` and `export` ask for; a part of `Store`."""

    def find_damage(self) -> str | None:
        """What is wrong with the database, None where nothing is; StateError where it takes no writes."""
        with self._database.writing():
            pass  # the lock alone tells whether it could be written
        with self._database.reading() as connection:
            return examining.find_damage(connection)

    def sample_documents(self, number: int) -> list[str]:
        """The hashes of some archived documents, taken at random."""
        with self._database.reading() as connection:
            return examining.sample_documents(connection, number)

    def versions_to_read(self, before: int | None, chosen: Collection[str] | None = None) -> list[int]:
        """Publications' newest versions, read by a reader older than `before` if it is given."""
        with self._database.reading() as connection:
            return rereading.list_versions(connection, before, chosen)

    def load_reading(self, version_id: int) -> StoredReading:
        """A version's reading as it is stored."""
        with self._database.reading() as connection:
            return rereading.load_reading(connection, version_id)

    def replace_reading(
        self, version_id: int, reading: Reading, *, reader_version: int, step: str | None, now: datetime
    ) -> None:
        """Puts a newer reading of the same bytes in place of the stored one; makes no event."""
        with self._database.writing() as connection:
            rereading.replace_reading(
                connection, version_id, reading, reader_version=reader_version, step=step, now=now
            )

    def prune(self, archive: Archive, keep: Keep, *, now: datetime, trial: bool = False) -> Pruned:
        """Forgets what is older than it is kept for; in a trial only counts it."""
        return pruning.prune(self._database, archive, keep, now=now, trial=trial)

    def tidy_up(self, *, vacuum: bool = False) -> None:
        """Brings the journal into the file; `vacuum` gives free space back, while writers wait."""
        pruning.tidy_up(self._database, vacuum=vacuum)

    def measure(self) -> DatabaseSize:
        """How large the database is."""
        return pruning.measure(self._database)

    def export_rows(self, table: ExportedTable) -> Iterator[ExportRow]:
        """The rows of an exported table, streamed; the read transaction lasts until the last one is taken."""
        with self._database.reading() as connection:
            yield from stream_rows(connection, table, self._register)
