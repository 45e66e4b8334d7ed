"""What leaves the scraper about a news story: facts of our own and hashes, never its text.

A passage in quotation marks leaves as hashes of its word groups. It can be looked for in a letter, and
where it is found the letter's own words are kept; what a reporter wrote cannot be got back from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from state.records.events import PublicationFacts, QuotedPassage
from state.records.letters import Frozen, Letter
from state.records.vocabulary import ArticleLabel, Kind


class QuotedWords(Frozen):
    """A passage that a story puts in quotation marks, as hashes of its overlapping word groups, in order.

    Groups are of five words; a shorter passage has one, of all its words.
    """

    words: int
    groups: tuple[int, ...]


class AwaitedVisit(Frozen):
    """A visit whose letter is not out yet, as a story tells of it."""

    urn: str  #: the authority's number at Ofsted
    kind: Kind  #: what sort of letter is expected
    visited_from_on: date | None = None  #: first day of the visit, where it is told
    visited_to_on: date | None = None  #: last day of the visit, where it is told


class ArticleFound(Frozen):
    """A story as it was judged: what it is about and what can be checked against letters.

    `identity` is unique among all publishers. `urns`: the authorities it is about, several where one letter
    serves them. `fingerprint` tells near-equal texts. `evidence` is in our own words.
    """

    url: str
    identity: str
    title: str
    publisher: str
    source: str
    label: ArticleLabel
    in_scope: bool
    points: float = 0.0  # for being about such a publication
    label_sure: bool = False  # the kind is said, not guessed from the tone
    published_at: datetime | None = None
    urns: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    quoted: tuple[QuotedWords, ...] = ()
    fingerprint: tuple[int, ...] = ()
    file_ids: tuple[str, ...] = ()  # Ofsted's files that it links to
    page_urns: tuple[str, ...] = ()  # authorities' pages at Ofsted that it links to
    inspectors: tuple[str, ...] = ()
    visit_number: int | None = None
    dates: tuple[date, ...] = ()  # days it names, such as the visit's
    awaits: AwaitedVisit | None = None  # a visit told of before its letter
    answered: bool = False  # quotes the council or its director
    council: bool = False  # the council's own words
    partial: bool = False


class CoverageLink(Frozen):
    """Which publication a story reports: score from 0 to 1, what it rests on, the passages quoted."""

    urn: str
    file_id: str
    score: float
    evidence: tuple[str, ...] = ()
    passages: tuple[QuotedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterOnFile:
    """A publication that a story may report, with its letter where it was read."""

    publication: PublicationFacts
    letter: Letter | None = None


LinkArticle = Callable[[ArticleFound, Sequence[LetterOnFile]], CoverageLink | None]
"""Which of some publications a story reports, if any."""


def link_nothing(_found: ArticleFound, _letters: Sequence[LetterOnFile]) -> CoverageLink | None:
    """For a state that links no news."""
    return None
