"""What a crawl brings home and what the state remembers, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from state.records.articles import ArticleFound
from state.records.events import Event
from state.records.letters import Reading
from state.records.spool import Spool
from state.records.vocabulary import Kind, NoticeKind, Outcome, Rhythm, Verdict

COUNCILS = "council-"
"""Begins the file id of a letter that a council published; Ofsted's own ids are numbers."""


def is_councils(file_id: str) -> bool:
    """Whether a publication came from a council and not from Ofsted's site."""
    return file_id.startswith(COUNCILS)


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next request for a URL conditional; void once the parser's version changes."""

    etag: str | None
    last_modified: str | None
    body_sha256: str
    parser_version: int


@dataclass(frozen=True, slots=True)
class PageLook:
    """One fetch of one page in a run, judged. `rows` and `expected_rows` count its entries."""

    url: str
    page: str  # "search", "provider", "document"
    outcome: Outcome
    at: datetime
    urn: str | None = None
    cause: str | None = None
    status: int | None = None
    rows: int | None = None
    expected_rows: int | None = None
    bytes_received: int = 0
    validators: Validators | None = None
    page_sha256: str | None = None  # archived body of a page that broke

    @property
    def place(self) -> str:
        """The address without its query, as a person is told it."""
        return self.url.partition("?")[0]

    def in_words(self, cause: str) -> str:
        """What befell the page, with its place where the cause does not name it."""
        return cause if self.place in cause else f"{self.place} {cause}"


@dataclass(frozen=True, slots=True)
class AuthoritySighting:
    """A row of the search pages: an authority and the date of its newest report."""

    urn: str
    name: str
    page_url: str
    latest_report_on: date | None


@dataclass(frozen=True, slots=True)
class PublicationSighting:
    """An entry on an authority's page. Its identity is (urn, file_id)."""

    urn: str
    authority: str
    file_id: str
    kind: Kind
    title: str
    url: str
    page_url: str
    visited_on: date | None
    published_on: date | None

    @property
    def key(self) -> tuple[str, str]:
        """The publication's identity."""
        return self.urn, self.file_id


@dataclass(frozen=True, slots=True)
class DocumentTake:
    """What fetching a publication's document brought: bytes in the archive, or why not."""

    url: str
    outcome: Outcome
    at: datetime
    cause: str | None = None
    sha256: str | None = None
    size: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class PublicationFound:
    """The one item an Ofsted crawl yields: an entry, with its document where it was fetched.

    `listed` is False where the entry was asked for from memory (awaiting, recheck) and not seen on its
    page in this run: it then says nothing about whether the page still lists it.
    """

    sighting: PublicationSighting
    document: DocumentTake | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class FeedLook:
    """One look at a news feed, or at a page that lists stories; `look` is its fetch, judged.

    `may_be_empty`: of a kind that rightly lists nothing at times (a news sitemap). `flaw`: what is wrong
    with a feed that could be read all the same. `wanted`: stories it listed that were to be opened.
    """

    source: str
    look: PageLook
    newest_at: datetime | None = None
    may_be_empty: bool = False
    flaw: str | None = None
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """A story that was opened, or never can be; `mark` tells whether its entry in the feed changed since."""

    identity: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """What is remembered of a feed: it is left alone until `rests_until` after it refused or broke."""

    source: str
    verdict: Verdict
    failures: int = 0
    items: int = 0
    newest_at: datetime | None = None
    rests_until: datetime | None = None


@dataclass(slots=True)
class Spent:
    """What one crawl asked of one host."""

    requests: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class NoticeFound:
    """An announcement on GOV.UK; `urns`: the authorities it names. It is never a publication of Ofsted's."""

    path: str  # on GOV.UK: its identity
    url: str
    title: str
    summary: str
    publisher: str
    kind: NoticeKind
    urns: tuple[str, ...]
    published_at: datetime

    def with_urns(self, urns: tuple[str, ...]) -> "NoticeFound":
        """The same announcement, about these authorities."""
        return replace(self, urns=urns)


MOST_WITH_LETTERS = 50  # entries held in memory: one with a letter weighs as much as a hundred without


def spool_looks(looks: Iterable[PageLook] = ()) -> Spool[PageLook]:
    """Looks, by address."""
    return Spool(lambda look: look.url, looks)


def spool_rows(rows: Iterable[AuthoritySighting] = ()) -> Spool[AuthoritySighting]:
    """Rows of the search, by authority."""
    return Spool(lambda row: row.urn, rows)


def spool_found(found: Iterable[PublicationFound] = ()) -> Spool[PublicationFound]:
    """Entries, by authority."""
    return Spool(lambda entry: entry.sighting.urn, found, most=MOST_WITH_LETTERS)


@dataclass(slots=True)
class Take:
    """All that one crawl of one source brings home; judged and settled as a whole."""

    source: str
    rhythm: Rhythm
    started_at: datetime
    looks: Spool[PageLook] = field(default_factory=spool_looks)
    authorities: Spool[AuthoritySighting] = field(default_factory=spool_rows)
    found: Spool[PublicationFound] = field(default_factory=spool_found)
    articles: list[ArticleFound] = field(default_factory=list)
    feeds: list[FeedLook] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    notices: list[NoticeFound] = field(default_factory=list)
    spent: dict[str, Spent] = field(default_factory=dict)
    finished_at: datetime | None = None
    stopped: str | None = None  # why a crawl ended early: "shutdown", "deadline"
    turn: int | None = None  # the token of the turn it was made in; one that is over settles nothing
    worker: str | None = None  # who made it, where several share the work


@dataclass(frozen=True, slots=True)
class RunVerdict:
    """The judgement of a take: verdict, its cause in one line, and the figures it rests on."""

    verdict: Verdict
    cause: str | None
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KnownAuthority:
    """What the state already holds of one authority's page, for a spider to compare against."""

    urn: str
    name: str
    latest_report_on: date | None
    file_ids: frozenset[str]
    awaiting: tuple[PublicationSighting, ...] = ()  # known, document not yet obtained
    recheck: tuple[PublicationSighting, ...] = ()  # recent: ask again whether the document changed


@dataclass(frozen=True, slots=True)
class Routing:
    """Who hears of an event: one row of the outbox, unique by (event, subscription, recipient).

    `recipient` is an email address, "" where the channel itself is the recipient. Rows of one digest
    share `digest` ("daily 07:30") and `due_at`; None: told at once.
    """

    subscription: str
    channel: str
    due_at: datetime
    digest: str | None = None
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed row of the outbox: what to tell whom, and how often it was tried.

    `in_doubt_at` is when an attempt began whose outcome was never recorded (a crash): it may have arrived.
    """

    id: str
    event: Event
    routing: Routing
    attempts: int = 0
    in_doubt_at: datetime | None = None
