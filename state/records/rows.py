"""The rows of the lists that people and programs see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from state.records.events import ArticleFacts
from state.records.letters import Grades
from state.records.vocabulary import (
    DeliveryState,
    Kind,
    Outcome,
    PaceLabel,
    PublicationStatus,
    Rhythm,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication with the facts of its newest document; visit dates are the letter's, else the page's."""

    id: str  # "<urn>/<file_id>"
    urn: str
    la_code: str | None
    authority: str
    region: str | None
    file_id: str
    kind: Kind
    title: str
    url: str
    page_url: str
    visited_from_on: date | None
    visited_to_on: date | None
    published_on: date | None
    first_seen_at: datetime
    announced_at: datetime | None
    status: PublicationStatus
    versions: int
    sha256: str | None
    unreadable: str | None
    visit_number: int | None
    pace: PaceLabel | None
    grades: Grades | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as it was judged."""

    id: int
    source: str
    rhythm: Rhythm
    started_at: datetime
    finished_at: datetime | None
    settled_at: datetime
    stopped: str | None
    verdict: Verdict
    cause: str | None
    figures: Mapping[str, int]
    events: int
    checks: tuple[Mapping[str, object], ...] = ()  # rules it was held to: rule, figure and threshold, holds
    worker: str | None = None  # who made it, where several share the work


@dataclass(frozen=True, slots=True)
class LookRow:
    """A look that failed; `page_sha256` finds in the archive what came instead of the page."""

    run_id: int
    url: str
    page: str
    outcome: Outcome
    status: int | None
    cause: str | None
    at: datetime
    page_sha256: str | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source's state: its verdict since when, its last look, good look and sweep, and the next look."""

    name: str
    verdict: Verdict
    cause: str | None
    since_at: datetime
    last_look_at: datetime
    last_good_at: datetime | None
    swept_at: datetime | None
    baseline_on: date | None
    failures: int
    newest_on: date | None
    next_look_at: datetime | None = None
    next_look_why: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A letter that is expected, and why: a report of its visit (`source`), or the authority's cadence.

    `expected_on` rests on the delays of `delays` earlier letters. A report without a day of the visit gives
    none for the letter.
    """

    id: int
    urn: str
    authority: str
    kind: Kind
    basis: str  # "reported", "cadence"
    visited_from_on: date | None
    visited_to_on: date | None
    expected_on: date | None
    delays: int
    why: str
    source: ArticleFacts | None
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """What was asked of one host on one day (UTC)."""

    host: str
    on_day: date
    requests: int
    bytes: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A source that was not well: since when, whether it still lasts, and the page that broke."""

    id: int
    source: str
    verdict: Verdict
    cause: str | None
    opened_at: datetime
    changed_at: datetime
    told_at: datetime | None
    closed_at: datetime | None
    run_id: int | None
    page_url: str | None
    page_sha256: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A row of the outbox with its event."""

    id: str
    event: str
    at: datetime
    publication: str | None
    subscription: str
    channel: str
    recipient: str
    state: DeliveryState
    due_at: datetime
    digest: str | None
    hold: str | None
    attempts: int
    last_error: str | None
    sent_at: datetime | None
    receipt: str | None


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step of a publication's way from sighting to delivery, with its reason."""

    at: datetime
    step: str
    run_id: int | None = None
