"""A publication as the state holds it, between two runs: the value that diff and announcing work on."""

from dataclasses import dataclass
from datetime import date, datetime

from state.records.letters import Grades, Pace
from state.records.takes import PublicationSighting
from state.records.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """The newest document of a publication and what was read from it, without the text."""

    ordinal: int
    sha256: str
    seen_at: datetime
    text_sha256: str | None = None
    unreadable: str | None = None
    reader_version: int | None = None
    kind: Kind | None = None
    visited_from_on: date | None = None
    visited_to_on: date | None = None
    dated_on: date | None = None
    visit_number: int | None = None
    pace: Pace | None = None
    grades: Grades | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A publication: its entry, whether it was told, and where its document stands.

    `quiet`: recorded by a baseline, not announced. `tries` counts looks without a document; `missing_*`
    looks at a good page that no longer lists it.
    """

    sighting: PublicationSighting
    first_seen_at: datetime
    quiet: bool
    id: int | None = None
    announced_at: datetime | None = None
    tries: int = 0
    tried_at: datetime | None = None
    checked_at: datetime | None = None
    unreadable: str | None = None
    missing_since: datetime | None = None
    missing_looks: int = 0
    withdrawn_at: datetime | None = None
    replaces_id: int | None = None
    version: FiledVersion | None = None
    version_id: int | None = None

    @property
    def kind(self) -> Kind:
        """What the document says it is, else what the page calls it."""
        read = self.version.kind if self.version else None
        return read if read not in (None, Kind.OTHER) else self.sighting.kind

    @property
    def published_on(self) -> date | None:
        """The page's date of publication, else the date printed on the letter (the same in 99%)."""
        return self.sighting.published_on or (self.version.dated_on if self.version else None)

    @property
    def visit(self) -> tuple[date | None, date | None]:
        """First and last day of the visit: the letter's, else the one day that the page names."""
        version = self.version
        if version and version.visited_from_on:
            return version.visited_from_on, version.visited_to_on
        return self.sighting.visited_on, None

    @property
    def order(self) -> date:
        """When it happened, to tell earlier documents of an authority from later ones."""
        return self.visit[1] or self.visit[0] or self.published_on or date.min

    @property
    def is_told(self) -> bool:
        """True once nothing more needs saying about its appearance."""
        return self.quiet or self.announced_at is not None
