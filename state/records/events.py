"""An event: the facts one alert is made from, complete in themselves, stored as JSON."""

from datetime import date, datetime

from state.records.letters import Frozen, Letter, Pace
from state.records.vocabulary import EventName, Grade, Kind, NoticeKind, Verdict


class PublicationFacts(Frozen):
    """The publication an event is about, as the webhook contract names its fields."""

    urn: str  #: the authority's number at Ofsted
    authority: str  #: its name
    file_id: str  #: Ofsted's number of the file
    kind: Kind  #: what sort of document it is
    title: str  #: as the page calls it
    url: str  #: address of the document
    page_url: str  #: address of the authority's page
    visited_from_on: date | None = None  #: first day of the visit
    visited_to_on: date | None = None  #: last day of the visit
    published_on: date | None = None  #: day of publication
    region: str | None = None  #: the region it lies in


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

    judgement: str  #: which: `overall_effectiveness`, `in_care`, …
    before: Grade | None  #: the older grade
    after: Grade | None  #: the newer grade


class SentenceChange(Frozen):
    """A sentence that a revision took out (`before`), put in (`after`) or reworded (both)."""

    before: str | None = None
    after: str | None = None
    page: int | None = None


class ArticleFacts(Frozen):
    """A news story: link and our facts only, never its text."""

    url: str  #: its address
    title: str  #: its headline
    publisher: str  #: who published it
    published_at: datetime | None = None  #: when, by the feed or the page


class QuotedPassage(Frozen):
    """A passage that reporters quote, in the letter's own words, with its page."""

    text: str  #: the passage, in the letter's words
    page: int  #: where it stands


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

    name: str  #: the source, or the channel that refuses
    verdict: Verdict  #: how it is
    cause: str | None = None  #: why, in one line
    since_at: datetime | None = None  #: since when
    day: int = 1  #: which day of it this is
    page_url: str | None = None  #: address of the page that broke
    page_sha256: str | None = None  #: under which hash the archive keeps it


class HeldFacts(Frozen):
    """A flood: how many alerts wait for the operator's `letterwatch release`; limit 0 after a restore."""

    hold: str  #: the name that `letterwatch release` takes
    count: int  #: how many alerts wait
    limit: int  #: how many would have been let through
    what: str = "new publication"  #: of what


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

    looked_at: datetime | None  #: every source was looked at then or later
    swept_at: datetime | None  #: when all pages were last looked at
    pages_read: int  #: pages read at the last full look
    pages: int  #: of how many
    newest_on: date | None  #: day of the newest letter
    sources: tuple[SourceFacts, ...]  #: each source that is no news feed
    faults: tuple[str, ...] = ()  #: what is wrong, a line each; empty: all clear
    feeds_read: int = 0  #: news feeds that are well
    feeds: int = 0  #: of how many
    feeds_failing: tuple[str, ...] = ()  #: the names of the others
    expected_of: str | None = None  #: whose letter is expected next
    expected_on: date | None = None  #: about when


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
