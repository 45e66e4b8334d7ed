"""What the clauses of one sentence say of the pace of progress."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scraper.letters.findings.pace_words import (
    CONTRAST,
    DECLINE,
    DEGREES,
    EARLY_SIGNS,
    GOES_ON,
    NEGATION,
    NOUN,
    OTHERS,
    PAST_PERFECT,
    PAST_TIME,
    PAST_VERB,
    REAL,
    SOME_AREAS,
    STEADY_IMPROVEMENT,
    UNREAL_AFTER,
    UNREAL_BEFORE,
    WHOLE,
)
from scraper.letters.findings.themes import find_themes
from state import PaceLabel

_ASIDE = re.compile(r", (?:which|who) [^,]*,")
_AND = re.compile(
    r",? and (?=(?:it |this )?(?:has|have|is|are|now|remains?)\b)"
    r"|, (?=it (?:has|is)\b)|;",
    re.IGNORECASE,
)
_COPULA = (
    r"(?:has|have|is|are|was|were|remains?|continues?|became|(?:has|have|is|are|was|were|had)n[’']t|had)"
)
_ADVERB = (
    r"(?:not|neither|nor|been|to be|now|since|also|still|only|very|yet|more|recently|being|overall|generally"
    r"|so far|clearly)"
)
_PREDICATE = re.compile(rf"(?:^|\s)(?<!there ){_COPULA}(?: {_ADVERB})*\s+$", re.IGNORECASE)
_ELLIPSIS = re.compile(
    rf"\W*(?:{CONTRAST.pattern}|and)?[\s,]*(?:(?:it|this|that) )?{_COPULA}(?: {_ADVERB})* $", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"\s(?:(?!(?:where|which|that|when|who|in|to|for|by)\b)[\w’'-]+\s){0,3}$", re.IGNORECASE
)
_SINCE = re.compile(r"(?<!looked) (?:since|following|after) .*?(?=,| has | have | is |$)")
_BEGINNING = re.compile(r"(?:beginning|begun|start\w*) to", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"\W*(?:since|following|after|despite|with|under|supported by|through)\b[^,]*,", re.IGNORECASE
)
_MADE = re.compile(r"^ (?:has been|is being) made")
_AT_LARGE = re.compile(
    r"\s*(?:$|[.,;]|since\b|towards\b|against\b|in (?:improving|addressing|delivering|implementing|developing"
    r"|transforming|strengthening|services)\b)",
    re.IGNORECASE,
)
_OVERARCHING = frozenset({"leadership", "commissioner and trust", "partnership"})
_TURNED = {
    PaceLabel.STRONG: PaceLabel.POOR,
    PaceLabel.STEADY: PaceLabel.POOR,
    PaceLabel.EARLY: PaceLabel.EARLY,
}


@dataclass(frozen=True)
class Statement:
    """One clause's word on the pace; `firm`: on the pace itself rather than on progress made."""

    label: PaceLabel
    past: bool
    perhaps_past: bool
    firm: bool


def find_statements(sentence: str, *, named_before: bool = False) -> tuple[Statement, ...]:
    """All a sentence says of the whole service's pace; `named_before`: its "It has …" goes on with that."""
    if OTHERS.search(sentence):
        return ()
    found: list[Statement] = []
    named = named_before
    for clause in _split(_ASIDE.sub("", sentence)):
        noun = NOUN.search(clause)
        if noun:
            label = (
                None if _is_unreal(clause, noun) or _is_of_one_area(clause, noun) else _judge(clause, noun)
            )
        elif DECLINE.search(clause) and not find_themes(WHOLE.sub("", clause)):
            label = PaceLabel.POOR
        else:
            label = _judge_ellipsis(clause) if named else None
        named = named or noun is not None
        if label:
            found.append(_state(label, clause, firm=noun is None or noun["pace"] is not None))
    return tuple(found)


def _state(label: PaceLabel, clause: str, *, firm: bool) -> Statement:
    was = PAST_VERB.search(clause) is not None
    past = PAST_PERFECT.search(clause) is not None or (was and PAST_TIME.search(clause) is not None)
    return Statement(label, past=past, perhaps_past=was, firm=firm)


def _split(sentence: str) -> Iterator[str]:
    """Clauses, cut where a contrast or a second verb begins."""
    marks = sorted(match.start() for pattern in (CONTRAST, _AND) for match in pattern.finditer(sentence))
    edges = [0, *marks, len(sentence)]
    for start, end in pairwise(edges):
        if sentence[start:end].strip():
            yield sentence[start:end]


def _is_unreal(clause: str, noun: re.Match[str]) -> bool:
    """True for wishes, duties and questions about progress."""
    before = REAL.sub("", clause[: noun.start()])[-45:]
    after = clause[noun.end() : noun.end() + 45]
    return UNREAL_BEFORE.search(before) is not None or UNREAL_AFTER.search(after) is not None


def _is_of_one_area(clause: str, noun: re.Match[str]) -> bool:
    """True where the progress told of is that of one theme, or of some areas."""
    before, after = clause[: noun.start()], clause[noun.end() :]
    about = f"{_ADVERBIAL.sub('', before)} . {_SINCE.sub('', after).partition(',')[0]}"
    told = WHOLE.sub(" ", about)
    return SOME_AREAS.search(told) is not None or not _OVERARCHING.issuperset(find_themes(told))


def _judge(clause: str, noun: re.Match[str]) -> PaceLabel | None:
    """The label by the words of degree before the noun, else by those its verb leads to."""
    before, after = clause[: noun.start()], clause[noun.end() :]
    for label, pattern in DEGREES.items():
        for degree in pattern.finditer(before):
            if _ATTRIBUTE.match(before[degree.end() :]):
                return _turn(label, before[: degree.start()], degree[0], noun)
    for label, pattern in DEGREES.items():
        for degree in pattern.finditer(after):
            if _PREDICATE.search(after[: degree.start()]) and not _BEGINNING.match(degree[0]):
                return _turn(label, after[: degree.start()], degree[0], noun)
    if EARLY_SIGNS.search(after):
        return PaceLabel.EARLY
    goes_on = GOES_ON.search(clause) and noun["progress"] and not NEGATION.search(clause)
    return PaceLabel.STEADY if goes_on and _AT_LARGE.match(_MADE.sub("", after)) else None


def _judge_ellipsis(clause: str) -> PaceLabel | None:
    """ "… but has accelerated since": the subject stands in the clause before."""
    for label, pattern in DEGREES.items():
        degree = pattern.search(clause)
        if degree and _ELLIPSIS.fullmatch(clause[: degree.start()]):
            return _turn(label, clause[: degree.start()], degree[0], None)
    return None


def _turn(label: PaceLabel, before: str, word: str, noun: re.Match[str] | None) -> PaceLabel | None:
    """The label after a negation; "no longer too slow" says too little to be one."""
    if noun and noun["improvement"] and label is PaceLabel.STEADY and not STEADY_IMPROVEMENT.match(word):
        return None
    if NEGATION.search(before[-40:]):
        return _TURNED.get(label)
    return label
