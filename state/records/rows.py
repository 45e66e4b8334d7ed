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
    grades: Grades | None  #: its judgements; null where it was not read


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as it was judged."""

    id: int  #: number of the run
    source: str
    rhythm: Rhythm
    started_at: datetime
    finished_at: datetime | None  #: when the crawl ended
    settled_at: datetime
    stopped: str | None  #: why it ended early
    verdict: Verdict
    cause: str | None
    figures: Mapping[str, int]  #: what it counted: see the figures of a run
    events: int  #: how many events it brought
    #: each rule it was held to: `rule`, `figure`, `threshold`, `holds`, `says`
    checks: tuple[Mapping[str, object], ...] = ()
    worker: str | None = None  #: who made it, where several share the work


@dataclass(frozen=True, slots=True)
class LookRow:
    """A look that failed; `page_sha256` finds in the archive what came instead of the page."""

    run_id: int  #: number of the run
    url: str  #: what was asked for
    page: str  #: what it should be: search, provider, document, feed, article, …
    outcome: Outcome  #: what came
    status: int | None  #: HTTP's status; null where nothing came
    cause: str | None  #: why, in one line
    at: datetime  #: when
    page_sha256: str | None  #: under which hash the archive keeps what came instead


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source's state: its verdict since when, its last look, good look and sweep, and the next look."""

    name: str  #: what it is called
    verdict: Verdict  #: how its last look ended
    cause: str | None  #: why, in one line
    since_at: datetime  #: since when it has this verdict
    last_look_at: datetime  #: its last look
    last_good_at: datetime | None  #: its last good look
    swept_at: datetime | None  #: when all of it was last looked at
    baseline_on: date | None  #: day of the first look, which told nobody
    failures: int  #: bad looks in a row
    newest_on: date | None  #: date of its newest item
    next_look_at: datetime | None = None  #: when it is looked at next
    next_look_why: str | None = None  #: why then


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A clock or worker of a fleet: since when, last seen when, and which sources it is looking at."""

    name: str  #: host/pid/when it began
    role: str  #: `clock` or `worker`
    started_at: datetime  #: when it began
    seen_at: datetime  #: its last sign of life
    alive: bool  #: that was within the last 45 seconds
    looking_at: tuple[str, ...] = ()  #: the sources it holds


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A letter that is expected, and why: a report of its visit (`source`), or the authority's cadence.

    `expected_on` rests on the delays of `delays` earlier letters. A report without a day of the visit gives
    none for the letter.
    """

    id: int  #: its number here; stays when the day moves
    urn: str  #: the authority's number at Ofsted
    authority: str  #: its name
    kind: Kind  #: what sort of letter is expected
    basis: str  #: `reported` by an article or a council's paper, or due by `cadence`
    visited_from_on: date | None  #: first day of the visit, where it is known
    visited_to_on: date | None  #: last day of the visit, where it is known
    expected_on: date | None  #: about when the letter is due; an estimate
    delays: int  #: on the delays of how many earlier letters that rests
    why: str  #: in words
    source: ArticleFacts | None  #: the article that told of the visit
    noted_at: datetime  #: when it became known


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

    id: int  #: number of the incident
    source: str  #: which source
    verdict: Verdict  #: how bad it is
    cause: str | None  #: why, in one line
    opened_at: datetime  #: its first bad look
    changed_at: datetime  #: when it last took another turn
    told_at: datetime | None  #: when operators last heard of it
    closed_at: datetime | None  #: its first good look; null while it lasts
    run_id: int | None  #: the run that opened it
    page_url: str | None  #: address of the page that broke
    page_sha256: str | None  #: under which hash the archive keeps it


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A row of the outbox with its event."""

    id: str  #: the delivery, as `deliveries retry` takes it
    event: str  #: what it tells
    at: datetime  #: when that was recorded
    publication: str | None  #: the publication's id
    subscription: str  #: for which subscription
    channel: str  #: over which channel
    recipient: str  #: to whom
    state: DeliveryState  #: where it stands
    due_at: datetime  #: when it is due
    digest: str | None  #: the digest it belongs to
    hold: str | None  #: the name it is held under
    attempts: int  #: how often it was tried
    last_error: str | None  #: what the last try met
    sent_at: datetime | None  #: when the other side took it
    receipt: str | None  #: what the other side gave for it: Slack's time stamp, the `Message-ID`


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step of a publication's way from sighting to delivery, with its reason."""

    at: datetime  #: when
    step: str  #: what was done, and why
    run_id: int | None = None  #: in which run
