"""Which publication does a story report? A link is proof; else quotations, authority and dates add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from scraper.coverage.cues import THRESHOLD
from scraper.coverage.matching import Found, LetterText, find_passages
from state import ArticleFound, ArticleLabel, CoverageLink, Kind, Letter, LetterOnFile, QuotedPassage

ENOUGH = 0.6  # score from which on a story is linked
LONDON = ZoneInfo("Europe/London")

EARLIEST, LATEST = -1, 21  # days from the letter to the story: 98% of stories
LATEST_QUOTING = 60  # for one that quotes it at length
LONG_PASSAGE = 6  # words: shared by two letters hardly ever
WINDOW_POINTS = 1.5
"""Points for being about a report, where the authority had one published in those days."""

_KINDS = {
    ArticleLabel.MONITORING_VISIT: Kind.MONITORING_VISIT,
    ArticleLabel.FOCUSED_VISIT: Kind.FOCUSED_VISIT,
    ArticleLabel.INSPECTION: Kind.INSPECTION,
}
_VISITS = frozenset({Kind.MONITORING_VISIT, Kind.FOCUSED_VISIT})
_REPORTED = frozenset({*_VISITS, Kind.INSPECTION, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A publication as the one a story may report: its score, every reason, and the passages found."""

    on_file: LetterOnFile
    score: float
    evidence: tuple[str, ...]
    passages: tuple[QuotedPassage, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether the story is linked to it."""
        return self.score >= ENOUGH

    def as_link(self) -> CoverageLink:
        """The link as it is stored."""
        publication = self.on_file.publication
        return CoverageLink(
            urn=publication.urn,
            file_id=publication.file_id,
            score=round(self.score, 2),
            evidence=self.evidence,
            passages=self.passages,
        )


def link_article(found: ArticleFound, letters: Sequence[LetterOnFile]) -> CoverageLink | None:
    """The publication a story reports: the best explained, of equals the newest; None where none is."""
    weighed = [one for one in weigh_letters(found, letters) if one.is_enough]
    return weighed[0].as_link() if weighed else None


def weigh_letters(found: ArticleFound, letters: Sequence[LetterOnFile]) -> list[Weighed]:
    """Every publication with its score and reasons, the likeliest first."""
    weighed = [_weigh(found, on_file) for on_file in letters]
    return sorted(weighed, key=lambda one: (-one.score, -_published(one.on_file).toordinal()))


def is_near(found: ArticleFound, published_on: date | None) -> bool:
    """Whether a publication of that day is worth weighing; where a date is unknown it is."""
    days = _days_between(found, published_on)
    return days is None or EARLIEST <= days <= LATEST_QUOTING


@dataclass(slots=True)
class _Sum:
    score: float = 0.0
    evidence: tuple[str, ...] = ()

    def add(self, reason: str, value: float) -> None:
        if value:
            self.score += value
            self.evidence = (*self.evidence, f"{reason} ({value:+.2f})")


def _weigh(found: ArticleFound, on_file: LetterOnFile) -> Weighed:
    publication, letter = on_file.publication, on_file.letter
    days = _days_between(found, publication.published_on)
    if publication.file_id in found.file_ids and (days is None or days >= EARLIEST):
        passages = find_passages(found.quoted, LetterText.of(letter)) if letter else []
        reason = f"links to Ofsted's file {publication.file_id}: proof"
        return Weighed(on_file, 1.0, (reason,), tuple(one.passage for one in passages))
    total = _Sum()
    quoted = find_passages(found.quoted, LetterText.of(letter)) if letter and _may_quote(found, days) else []
    strength = _weigh_quotations(total, quoted)
    long_ones = sum(one.words >= LONG_PASSAGE for one in quoted)
    if not _is_possible(found, on_file, days, strength, long_ones):
        return Weighed(on_file, 0.0, ("another authority, another time, or not about a report",))
    _weigh_authority(total, found, publication.urn, publication.authority)
    _weigh_date(total, days, strength)
    _weigh_kind(total, found, publication.kind)
    if letter:
        _weigh_particulars(total, found, letter)
    return Weighed(
        on_file, max(0.0, min(total.score, 1.0)), total.evidence, tuple(one.passage for one in quoted)
    )


def _may_quote(found: ArticleFound, days: int | None) -> bool:
    return bool(found.quoted) and (days is None or EARLIEST <= days <= LATEST_QUOTING)


def _is_possible(
    found: ArticleFound, on_file: LetterOnFile, days: int | None, strength: float, long_ones: int
) -> bool:
    """What no sum of small signs may overrule."""
    publication = on_file.publication
    quotes_much = strength >= 0.6
    if publication.urn not in found.urns and long_ones < (2 if found.urns else 1):
        return False
    if days is not None and not EARLIEST <= days <= (LATEST_QUOTING if quotes_much else LATEST):
        return False
    if quotes_much:
        return True
    if found.awaits or publication.kind not in _REPORTED:
        return False
    return found.in_scope or (
        found.label is not ArticleLabel.SEND_OR_JTAI and found.points + WINDOW_POINTS >= THRESHOLD
    )


def _weigh_quotations(total: _Sum, quoted: Sequence[Found]) -> float:
    """From 0 to 1: each six words of a passage halve what is left to doubt; scraps count little."""
    units = sum(min(one.words, 12) / 6 if one.words > 3 else 0.1 for one in quoted)
    strength = float(1 - 0.5**units)
    if quoted:
        words = sum(one.words for one in quoted)
        total.add(f"quotes {len(quoted)} passages of it, {words} words", strength * 0.6)
    return strength


def _weigh_authority(total: _Sum, found: ArticleFound, urn: str, name: str) -> None:
    if urn in found.page_urns:
        total.add(f"links to {name}'s page at Ofsted", 0.35)
    elif urn in found.urns:
        total.add(f"is about {name}", 0.25)


def _weigh_date(total: _Sum, days: int | None, strength: float) -> None:
    if days is None:
        total.add("one of the dates is not known", 0.05)
    elif days <= 3:
        total.add("published within three days of it", 0.3)
    elif days <= 7:
        total.add(f"published {days} days after it", 0.25)
    elif days <= LATEST:
        total.add(f"published {days} days after it", 0.2)
    else:
        total.add(f"published {days} days after it, quoting it", 0.1 * strength)


def _weigh_kind(total: _Sum, found: ArticleFound, kind: Kind) -> None:
    expected = _KINDS.get(found.label)
    if expected is None or kind is Kind.OTHER:
        total.add("its kind is not told", 0.15)
    elif kind is expected:
        total.add("of the kind the story tells of", 0.15)
    elif kind in _VISITS and expected in _VISITS:
        total.add("a visit, which papers call by either name", 0.12)
    elif found.label_sure:
        total.add("not of the kind the story tells of", -0.3)
    else:
        total.add("the story does not say which kind", 0.1)


def _weigh_particulars(total: _Sum, found: ArticleFound, letter: Letter) -> None:
    if found.visit_number and letter.visit_number:
        same = found.visit_number == letter.visit_number
        total.add(
            f"visit number {letter.visit_number}{'' if same else ', not the one named'}",
            0.2 if same else -0.4,
        )
    visit = {letter.visited_from_on, letter.visited_to_on} - {None}
    if visit & set(found.dates):
        total.add("names the days of the visit", 0.2)
    named = {name.casefold() for name in letter.inspectors} & {name.casefold() for name in found.inspectors}
    if named:
        total.add("names the inspector", 0.2)


def _days_between(found: ArticleFound, published_on: date | None) -> int | None:
    if found.published_at is None or published_on is None:
        return None
    return (found.published_at.astimezone(LONDON).date() - published_on).days


def _published(on_file: LetterOnFile) -> date:
    return on_file.publication.published_on or date.min
