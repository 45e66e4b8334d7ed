"""Whether a sentence praises, blames, does both or neither: cues, negations, contrasts; no model."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from scraper.letters.findings.cues import CUES, Cue
from scraper.letters.sentences.phrases import Found, Phrases, Words, split_words
from state import FindingRole, SectionRole

# Bound once: an enumeration looks each member up anew, many times a sentence.
_PRAISE, _BLAME, _NEGATION, _REMEDY = Cue.PRAISE, Cue.BLAME, Cue.NEGATION, Cue.REMEDY
_INTENTION, _CIRCUMSTANCE, _CONTRAST = Cue.INTENTION, Cue.CIRCUMSTANCE, Cue.CONTRAST
_TONES = frozenset((_PRAISE.value, _BLAME.value))
_TURNERS = frozenset((_NEGATION.value, _REMEDY.value, _INTENTION.value))
_PHRASES = Phrases({cue.value: phrases for cue, phrases in CUES.items()})
_REACH = 6  # words before a cue in which a negation, a remedy or an intention bears on it
# "not in receipt of services unnecessarily": the manner is what is denied, however far off.
_MANNER = ("unnecessar", "inappropriate", "premature")
_REACH_OF_BELIEF = 40  # "managers believe that": whatever is hoped for in the clause
_REACH_OF_NO = 3  # "no clear plan", but not "no dip in the high quality"
_BARS = ("prevent", "stop")
_COPULA = frozenset({"is", "are", "was", "were", "remain", "remains", "has", "have"})
_RELATIVE = frozenset({"that", "which", "who", "where", "whose", "if", "because"})
_BELIEF = ("believ", "expect", "anticipat")
# A motto's words are not the inspectors': ‘not working to but with’.
_MOTTO = re.compile(r"‘[^’.]{1,60}’(?!\w)")
_AREAS = frozenset({"area", "areas", "aspects", "parts", "elements"})
_SUBORDINATE = frozenset({"although", "though", "while", "whilst", "despite", "when", "where", "if", "once"})


class Weighed(NamedTuple):
    """One cue after all that turns it; `words` are the ones it was read from."""

    tone: Cue
    words: str


@dataclass(frozen=True)
class RoleVerdict:
    """A sentence's role and the cues it rests on, in the sentence's order."""

    role: FindingRole
    cues: tuple[Weighed, ...] = ()
    because: str | None = None

    @property
    def explanation(self) -> str:
        """One line for `read --explain`; empty where nothing was found."""
        if self.because:
            return self.because
        lists = {
            tone: ", ".join(c.words for c in self.cues if c.tone is tone) for tone in (Cue.PRAISE, Cue.BLAME)
        }
        return "; ".join(f"{tone}: {words}" for tone, words in lists.items() if words)

    def count(self, tone: Cue) -> int:
        """How many cues point one way."""
        return sum(cue.tone is tone for cue in self.cues)


def judge_role(sentence: str, section: SectionRole) -> RoleVerdict:
    """The role of a sentence; whatever stands under "what needs to improve" is a concern by its place."""
    if section in (SectionRole.IMPROVE, SectionRole.PRIORITY):
        return RoleVerdict(FindingRole.CONCERN, because="stands under what must improve")
    if "‘" in sentence:
        sentence = _MOTTO.sub(_without_negation, sentence)
    words = split_words(sentence)
    parts = list(_split_clauses(_PHRASES.find_longest(words), sentence, words))
    clauses = [_weigh(part, words) for part in parts if not _is_circumstance(part) or _is_area(part, words)]
    if not any(clauses):
        clauses = [
            _weigh(part, words) for part in parts if not _is_circumstance(part) or _is_place(part, words)
        ]
    cues = tuple(cue for clause in clauses for cue in clause)
    tones = {tone for tone in map(_judge_clause, clauses) if tone}
    if not tones:
        return RoleVerdict(FindingRole.NEUTRAL, cues)
    if len(tones) == 2:
        return RoleVerdict(FindingRole.MIXED, cues)
    return RoleVerdict(FindingRole.STRENGTH if _PRAISE in tones else FindingRole.CONCERN, cues)


def _without_negation(motto: re.Match[str]) -> str:
    return "" if " not " in motto[0].replace("‘", " ") else motto[0]


def _split_clauses(found: tuple[Found, ...], sentence: str, words: Words) -> Iterable[list[Found]]:
    """The sentence's phrases in groups, cut at contrasts and occasions; "Although a, b" at its comma too."""
    cuts = {item.start for item in found if item.label == _CONTRAST and _is_contrast(item, sentence, words)}
    if ";" in sentence:
        cuts |= {at for at in range(1, len(words.words)) if ";" in _between(sentence, words, at)}
    occasions = [item.start for item in found if item.label == _CIRCUMSTANCE]
    cuts |= set(occasions)
    for start in (at for at in occasions if words.words[at] != "where"):
        cuts |= set(_find_comma(sentence, words, start + 1))
    if words.words and words.words[0] in _SUBORDINATE:
        cuts |= set(_find_comma(sentence, words, 1))
    edges = [0, *sorted(cuts - {0}), len(words.words)]
    for start, end in pairwise(edges):
        yield [item for item in found if start <= item.start < end]


def _find_comma(sentence: str, words: Words, start: int) -> Iterable[int]:
    """The first word behind a comma, from one place on."""
    commas = (at for at in range(start, len(words.words)) if "," in _between(sentence, words, at))
    return islice(commas, 1)


def _is_circumstance(part: list[Found]) -> bool:
    """True for "when children go missing": it tells of the occasion, not of the practice."""
    return bool(part) and part[0].label == _CIRCUMSTANCE


def _is_place(part: list[Found], words: Words) -> bool:
    """True for "…, where caseloads are too high": said of a team, not of an occasion."""
    return words.words[part[0].start] == "where"


def _is_area(part: list[Found], words: Words) -> bool:
    """True for "areas where practice is weak": it tells of the practice in them."""
    at = part[0].start
    return at > 0 and words.words[at] == "where" and words.words[at - 1] in _AREAS


def _between(sentence: str, words: Words, at: int) -> str:
    """What stands between a word and the one before it."""
    return sentence[words.places[at - 1][1] : words.places[at][0]] if at else ""


def _is_contrast(item: Found, sentence: str, words: Words) -> bool:
    """ "yet" is a contrast only behind a comma ("not yet" is none)."""
    return words.words[item.start] != "yet" or "," in _between(sentence, words, item.start)


def _judge_clause(cues: list[Weighed]) -> Cue | None:
    """Blame outweighs praise in one clause: "poor … leads to good" is a concern."""
    if any(cue.tone is _BLAME for cue in cues):
        return _BLAME
    return _PRAISE if cues else None


def _weigh(clause: list[Found], words: Words) -> list[Weighed]:
    weighed: list[Weighed] = []
    turners = [(item, _reach(item, words)) for item in clause if _may_turn(item, words)]
    spent: set[Found] = set()  # negations that turned a cue; one that turned none blames by itself
    for item in clause:
        if item.label not in _TONES:
            continue
        near = [
            other
            for other, reach in turners
            if 0 < item.start - other.start <= reach and not _is_parted(other, item, words)
        ]
        tone = _PRAISE if item.label == _PRAISE else _BLAME
        if tone is _PRAISE and any(other.label == _INTENTION for other in near):
            continue
        turning = _find_turning(item, near, words) if near else None
        if turning:
            spent.add(turning)
            tone = _BLAME if tone is _PRAISE else _PRAISE
        weighed.append(Weighed(tone, " … ".join(_phrase(part, words) for part in (turning, item) if part)))
    left = (item for item, _ in turners if item.label == _NEGATION and item not in spent)
    return weighed + [Weighed(_BLAME, _phrase(item, words)) for item in left if _is_verbal(item, words)]


def _is_parted(other: Found, item: Found, words: Words) -> bool:
    """True where a clause of its own begins between: "plans do not drift and that decisions are timely"."""
    between = words.words[other.end : item.start]
    return "that" in between and ("and", "that") in pairwise(between)


def _may_turn(item: Found, words: Words) -> bool:
    """True for a negation, a remedy, an intention, and for "not always" and its like."""
    return item.label in _TURNERS or (item.label == _BLAME and words.words[item.start] == "not")


def _reach(item: Found, words: Words) -> int:
    word = words.words[item.start]
    if word.startswith(_BELIEF):
        return _REACH_OF_BELIEF
    return _REACH_OF_NO if word in ("no", "without", "nor", "neither") else _REACH


def _find_turning(item: Found, near: list[Found], words: Words) -> Found | None:
    """The negation (or, for blame, the remedy that is not itself negated) that turns a cue."""
    tone = _PRAISE if item.label == _PRAISE else _BLAME
    negation = next((other for other in reversed(near) if _negates(other, tone, words)), None)
    remedies = (other for other in reversed(near) if other.label == _REMEDY)
    if tone is _PRAISE:
        barrier = next((other for other in remedies if _bars(other, item, words)), None)
        return negation or barrier
    remedy = next((other for other in remedies if not _is_told_of(other, item, words)), None)
    if remedy:
        return None if negation else remedy
    far = negation is not None and item.start - negation.end >= _REACH_OF_NO
    if far and not words.words[item.start].startswith(_MANNER):
        return None
    return negation


def _bars(remedy: Found, item: Found, words: Words) -> bool:
    """True for "prevents workers from effective work"."""
    between = words.words[remedy.end : item.start]
    return words.words[remedy.start].startswith(_BARS) and "from" in between


def _is_told_of(remedy: Found, item: Found, words: Words) -> bool:
    """True for "scrutiny and challenge are weak": what should have helped is itself what is blamed."""
    between = words.words[remedy.end : item.start]
    return not _COPULA.isdisjoint(between) and _RELATIVE.isdisjoint(between)


def _negates(item: Found, tone: Cue, words: Words) -> bool:
    """True for a negation, and for "not always" and its like before praise."""
    if item.label == _NEGATION:
        return True
    return tone is _PRAISE and item.label == _BLAME and words.words[item.start] == "not"


def _is_verbal(item: Found, words: Words) -> bool:
    """True for "do not visit"; "no child" and "without fuss" say nothing by themselves."""
    return words.words[item.start] in ("not", "cannot", "unable") or words.words[item.start].endswith("n't")


def _phrase(item: Found, words: Words) -> str:
    return " ".join(words.words[item.start : item.end])
