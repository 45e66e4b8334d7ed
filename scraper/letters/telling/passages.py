"""Passages: one to three consecutive sentences of a paragraph that stand on their own as one quotation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scraper.letters.findings.roles import RoleVerdict
from scraper.letters.sentences.leaning import leans, leans_beyond_contrast, takes_back
from scraper.letters.sentences.quotable import is_quotable
from scraper.letters.sentences.splitting import Sentence
from state import FindingRole, SectionRole

# Bound once: an enumeration looks each member up anew, and there are hundreds of passages to a letter.
_STRENGTH, _CONCERN = FindingRole.STRENGTH, FindingRole.CONCERN
_MIXED, _NEUTRAL = FindingRole.MIXED, FindingRole.NEUTRAL
MOST_SENTENCES = 3
LONGEST = 520  # characters
_PLACE_COSTS = 0.02  # what belongs together is told together
_LENGTH_COSTS = 0.00002  # a character: what tells nothing does not ride along
_EXAMPLES = ("For example", "For instance")
_CONTRAST_LEAVES = 0.7  # "However, managers …" stands alone, but a whole thought is better


@dataclass(eq=False)
class Scored:
    """A sentence with its verdict and its worth to a reporter."""

    sentence: Sentence
    verdict: RoleVerdict
    worth: float

    @cached_property
    def leans(self) -> bool:
        """True where it cannot open a quotation."""
        return leans(self.sentence.text)

    @cached_property
    def opens_concern(self) -> bool:
        """True where it may open a concern: "However, managers …" says enough under that heading."""
        concerns = self.verdict.role is not _STRENGTH
        return not self.leans or (concerns and not leans_beyond_contrast(self.sentence.text))

    @cached_property
    def takes_back(self) -> bool:
        """True where the sentence before it must not be quoted without it."""
        return takes_back(self.sentence.text)

    @cached_property
    def is_quotable(self) -> bool:
        """True where nothing is amiss with it."""
        return is_quotable(self.sentence.text)


@dataclass(eq=False)
class Passage:
    """Consecutive sentences, quoted as they stand in the letter."""

    parts: tuple[Scored, ...]

    @cached_property
    def text(self) -> str:
        """The passage word for word."""
        return " ".join(part.sentence.text for part in self.parts)

    @cached_property
    def worth(self) -> float:
        """What its sentences are worth together, less the place and the room they take."""
        worth = sum(part.worth for part in self.parts) - _PLACE_COSTS - _LENGTH_COSTS * len(self.text)
        return worth * (_CONTRAST_LEAVES if self.parts[0].leans else 1.0)

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.parts[0].sentence.page

    @cached_property
    def place(self) -> tuple[int, int, int]:
        """Its place in the letter, for sorting."""
        first = self.parts[0].sentence
        return first.section, first.paragraph, first.place

    @cached_property
    def role(self) -> FindingRole:
        """The role of all its sentences; two that differ, or a "However" behind the first, make it mixed."""
        if any(part.takes_back for part in self.parts[1:]):
            return _MIXED
        tones = _list_tones(self.parts)
        if not tones:
            return _NEUTRAL
        return tones[0] if all(tone is tones[0] for tone in tones) else _MIXED

    @cached_property
    def stands_alone(self) -> bool:
        """True where it leans on nothing before it and nothing is amiss with it."""
        first = self.parts[0]
        whole = first.opens_concern if self.role is _CONCERN else not first.leans
        return whole and all(part.is_quotable for part in self.parts)

    @cached_property
    def opens_with_praise(self) -> bool:
        """True for praise that its own end takes back: it would mislead under either heading."""
        tones = (part.verdict.role for part in self.parts if part.verdict.role is not _NEUTRAL)
        return self.role is _MIXED and next(tones, None) is _STRENGTH

    @cached_property
    def end(self) -> tuple[int, int, int]:
        """The place of its last sentence."""
        last = self.parts[-1].sentence
        return last.section, last.paragraph, last.place

    @cached_property
    def before(self) -> tuple[int, int, int]:
        """The last place that it does not overlap."""
        section, paragraph, place = self.place
        return section, paragraph, place - 1

    def overlaps(self, other: "Passage") -> bool:
        """True where both hold one sentence."""
        return self.place <= other.end and other.place <= self.end


def list_passages(scored: Sequence[Scored], weighed: SectionRole | None = None) -> Iterator[Passage]:
    """Every passage that the sentence behind it does not take back, from each sentence that may open one.

    `stands_alone` tells which may be shown. Praise and blame stand in one passage only where one leans on the
    other, or in the `weighed` section.
    """
    for start, first in enumerate(scored):
        if not first.opens_concern:
            continue
        for end in range(start + 1, min(start + MOST_SENTENCES, len(scored)) + 1):
            parts = tuple(scored[start:end])
            last = parts[-1].sentence
            if not _is_same_paragraph(first.sentence, last):
                break
            if first.sentence.role is not weighed and _changes_tone(parts):
                break
            if len(parts) > 1 and sum(len(part.sentence.text) + 1 for part in parts) > LONGEST + 1:
                break
            following = _skip_example(scored, end)
            if not (following and _is_same_paragraph(last, following.sentence) and following.takes_back):
                yield Passage(parts)


def _skip_example(scored: Sequence[Scored], at: int) -> Scored | None:
    """The sentence that goes on: behind an example, which belongs to what was said before it."""
    while at < len(scored) and scored[at].sentence.text.startswith(_EXAMPLES):
        at += 1
    return scored[at] if at < len(scored) else None


def _changes_tone(parts: Sequence[Scored]) -> bool:
    """True where the last sentence blames after praise, or the reverse, without leaning on what was said."""
    tones = _list_tones(parts)
    return any(tone is not tones[0] for tone in tones) and not parts[-1].leans


def _list_tones(parts: Sequence[Scored]) -> list[FindingRole]:
    """The roles of the sentences that praise, blame or do both; no set: enum members hash slowly."""
    return [part.verdict.role for part in parts if part.verdict.role is not _NEUTRAL]


def _is_same_paragraph(one: Sentence, other: Sentence) -> bool:
    return (one.section, one.paragraph) == (other.section, other.paragraph)
