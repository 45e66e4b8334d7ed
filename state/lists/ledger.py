"""What the commands list: publications, runs, sources, letters to come, incidents, deliveries, trails."""

from datetime import date

from state.lists import naming, queries
from state.lists.trail import load_events, load_trail
from state.news.notices import NoticeRow, list_notices
from state.records.events import Event
from state.records.rows import (
    DeliveryRow,
    ExpectedRow,
    IncidentRow,
    LookRow,
    PublicationRow,
    RunRow,
    SourceRow,
    SpendingRow,
    TrailStep,
)
from state.records.vocabulary import DeliveryState
from state.settling.expecting import list_expected
from state.settling.incidents import list_incidents
from state.storage.opened import Opened
from state.storage.spending import list_spending


class Ledger(Opened):
    """What was seen, told and is awaited, as rows; a part of `Store`."""

    def find_source(self, name: str) -> SourceRow | None:
        """A source's state; None before its first run."""
        with self._database.reading() as connection:
            return next(iter(queries.list_sources(connection, name)), None)

    def publications(self) -> list[PublicationRow]:
        """Every publication, newest first."""
        with self._database.reading() as connection:
            return queries.list_publications(connection, self._register)

    def runs(self, limit: int = 50) -> list[RunRow]:
        """The latest runs, newest first."""
        with self._database.reading() as connection:
            return queries.list_runs(connection, limit)

    def runs_of(self, source: str, limit: int = 20) -> list[RunRow]:
        """The latest runs of one source, newest first."""
        with self._database.reading() as connection:
            return queries.list_runs(connection, limit, source=source)

    def get_run(self, run_id: int) -> RunRow:
        """One run; raises StateError where there is none of that number, or none any more."""
        with self._database.reading() as connection:
            return queries.get_run(connection, run_id)

    def find_sweep(self, source: str) -> RunRow | None:
        """The last full look at a source that was believed; None before the first."""
        with self._database.reading() as connection:
            return queries.find_sweep(connection, source)

    def looks(self, run_id: int) -> list[LookRow]:
        """The looks of a run that failed."""
        with self._database.reading() as connection:
            return queries.list_looks(connection, run_id)

    def sources(self) -> list[SourceRow]:
        """Every source that was ever looked at."""
        with self._database.reading() as connection:
            return queries.list_sources(connection)

    def expected(self) -> list[ExpectedRow]:
        """Letters that are expected, the earliest first."""
        with self._database.reading() as connection:
            return list_expected(connection)

    def incidents(self, limit: int = 50, *, open_only: bool = False) -> list[IncidentRow]:
        """The latest incidents, newest first; only those that last, if so asked."""
        with self._database.reading() as connection:
            return list_incidents(connection, limit, open_only=open_only)

    def deliveries(self, state: DeliveryState | None = None, limit: int = 500) -> list[DeliveryRow]:
        """The latest deliveries, newest first, of one state if it is named."""
        with self._database.reading() as connection:
            return queries.list_deliveries(connection, state, limit)

    def trail(self, publication: str) -> list[TrailStep]:
        """Every step about '<urn>/<file_id>', oldest first; raises StateError where it is not known."""
        with self._database.reading() as connection:
            return load_trail(connection, publication)

    def get_publication(self, words: str) -> str:
        """The id of the publication that `words` mean; raises StateError with the candidates."""
        with self._database.reading() as connection:
            return naming.get_publication(connection, words)

    def events_about(self, publication: str) -> list[Event]:
        """The events about '<urn>/<file_id>', oldest first."""
        with self._database.reading() as connection:
            return load_events(connection, publication)

    def notices(self, urn: str | None = None, limit: int = 50) -> list[NoticeRow]:
        """The government's latest notices, newest first; those that name one authority if one is given."""
        with self._database.reading() as connection:
            return list_notices(connection, urn, limit)

    def spending(self, since: date) -> list[SpendingRow]:
        """Requests and bytes by day and host, newest first."""
        with self._database.reading() as connection:
            return list_spending(connection, since)
