"""An event: the facts one alert is made from, complete in themselves, stored as JSON."""

from datetime import date, datetime

from state.records.letters import Frozen, Letter, Pace
from state.records.vocabulary import EventName, Grade, Kind, NoticeKind, Verdict


class PublicationFacts(Frozen):
    """The publication an event is about, as the webhook contract names its fields."""

    urn: str
    authority: str
    file_id: str
    kind: Kind
    title: str
    url: str
    page_url: str
    visited_from_on: date | None = None
    visited_to_on: date | None = None
    published_on: date | None = None
    region: str | None = None


class PreviousLetter(Frozen):
    """The newest earlier document of the same sort, for "the previous letter"."""

    kind: Kind
    title: str
    url: str
    published_on: date | None = None
    visited_from_on: date | None = None
    visited_to_on: date | None = None
    visit_number: int | None = None
    pace: Pace | None = None


class Standing(Frozen):
    """Where the authority stands by its last full inspection; inadequate since when, if it is."""

    inadequate: bool
    judged_on: date | None = None  # publication date of that inspection's report
    inspected_to_on: date | None = None
    overall_effectiveness: Grade | None = None
    url: str | None = None


class GradeChange(Frozen):
    """One judgement beside the previous inspection's."""

    judgement: str
    before: Grade | None
    after: Grade | None


class SentenceChange(Frozen):
    """A sentence that a revision took out (`before`), put in (`after`) or reworded (both)."""

    before: str | None = None
    after: str | None = None
    page: int | None = None


class ArticleFacts(Frozen):
    """A news story: link and our facts only, never its text."""

    url: str
    title: str
    publisher: str
    published_at: datetime | None = None


class QuotedPassage(Frozen):
    """A passage that reporters quote, in the letter's own words, with its page."""

    text: str
    page: int


class NoticeFacts(Frozen):
    """What sort of announcement the government made, and the authorities it names."""

    kind: NoticeKind
    urns: tuple[str, ...] = ()
    summary: str | None = None


class CoverageFacts(Frozen):
    """Everybody who reports one letter in one story, oldest first, and what they quote from the letter.

    `answered`: the council's answer is told there. `council`: the titles that are the council's own words.
    `amends`: the key of the event that told of the first titles; this one adds to it.
    """

    articles: tuple[ArticleFacts, ...]
    passages: tuple[QuotedPassage, ...] = ()
    answered: bool = False
    council: tuple[str, ...] = ()  # addresses
    score: float = 0.0
    evidence: tuple[str, ...] = ()
    amends: str | None = None


class SourceFacts(Frozen):
    """The state of a source an event tells of.

    `day` counts from 1, the day on which it began. The page that broke is kept in the archive.
    """

    name: str
    verdict: Verdict
    cause: str | None = None
    since_at: datetime | None = None
    day: int = 1
    page_url: str | None = None
    page_sha256: str | None = None


class HeldFacts(Frozen):
    """A flood: how many alerts wait for the operator's `letterwatch release`; limit 0 after a restore."""

    hold: str
    count: int
    limit: int
    what: str = "new publication"


class ExpectedFacts(Frozen):
    """When a letter is to be expected: `delay_days` after its visit, the median of so many recent letters.

    `delay_letters` is 0 where too few are known: then it is the median measured over past years.
    """

    expected_on: date | None = None
    delay_days: int
    delay_letters: int = 0


class AllClearFacts(Frozen):
    """The daily proof of looking; all is clear where `faults`, a line each, is empty.

    `looked_at`: every source was looked at then or later. Pages are those of the last full look.
    Feeds are told by their number and the names of those that fail; `expected_of` is the authority whose
    letter is expected next.
    """

    looked_at: datetime | None
    swept_at: datetime | None
    pages_read: int
    pages: int
    newest_on: date | None
    sources: tuple[SourceFacts, ...]
    faults: tuple[str, ...] = ()
    feeds_read: int = 0
    feeds: int = 0
    feeds_failing: tuple[str, ...] = ()
    expected_of: str | None = None
    expected_on: date | None = None


class Event(Frozen):
    """Something to tell. `key` is unique: settling the same facts twice makes one event.

    `first_text`: a revision that brings the text which an earlier event had to do without.
    """

    key: str
    name: EventName
    at: datetime
    publication: PublicationFacts | None = None
    letter: Letter | None = None
    unreadable: str | None = None
    previous: PreviousLetter | None = None
    standing: Standing | None = None
    grade_changes: tuple[GradeChange, ...] = ()
    sentence_changes: tuple[SentenceChange, ...] = ()
    first_text: bool = False
    replaces: PublicationFacts | None = None
    article: ArticleFacts | None = None
    coverage: CoverageFacts | None = None
    notice: NoticeFacts | None = None
    source: SourceFacts | None = None
    held: HeldFacts | None = None
    expected: ExpectedFacts | None = None
    all_clear: AllClearFacts | None = None
