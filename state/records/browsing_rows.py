"""What a visitor looks for and finds: a filter, pages of entries, a letter with its versions, judgements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from state.records.letters import Grades, Letter, Pace, Quotation
from state.records.rows import PublicationRow
from state.records.vocabulary import Grade, Kind, PaceLabel


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor wants to see; None and "" stand for anything."""

    text: str = ""
    urn: str | None = None
    region: str | None = None
    kind: Kind | None = None
    pace: PaceLabel | None = None
    since: date | None = None  # published then or later
    until: date | None = None  # published then or earlier


@dataclass(frozen=True, slots=True)
class Entry:
    """A publication with the sentence on its pace, what its summary says first, and what a search found."""

    row: PublicationRow
    pace: Pace | None = None
    headline: Quotation | None = None
    snippet: str | None = None  # matches stand between OPENS and CLOSES


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of entries, the newest first, and how many there are in all."""

    entries: Sequence[Entry]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a document: its bytes, when they came, and whether its text differs from the last."""

    ordinal: int
    sha256: str
    seen_at: datetime
    revises: bool
    unreadable: str | None
    reader_version: int | None
    size: int
    url: str
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A publication with the version that is looked at, its letter, and all its versions, oldest first."""

    entry: Entry
    letter: Letter | None
    version: VersionRow | None
    versions: Sequence[VersionRow]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a full inspection judged; grades are None where it could not be read."""

    urn: str
    file_id: str
    published_on: date | None
    inspected_to_on: date | None
    grades: Grades | None

    @property
    def on(self) -> date:
        """From when on it stands."""
        return self.published_on or self.inspected_to_on or date.min

    @property
    def given(self) -> Mapping[str, Grade]:
        """The grades it gives, those that could not be read among them."""
        return self.grades.given() if self.grades else {}

    @property
    def inadequate(self) -> bool | None:
        """True where any judgement is inadequate; None where that cannot be told."""
        grades = self.given.values()
        if Grade.INADEQUATE in grades:
            return True
        return None if not grades or Grade.NOT_READ in grades else False
