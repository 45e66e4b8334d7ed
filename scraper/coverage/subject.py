"""Is a story about a report on a council's children's services, and which kind? Points with their reasons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.coverage import cues
from state import ArticleLabel

BODY_LIMIT = 12_000  # characters of text below the headline that are weighed
QUOTES_WEIGHED = 4
_MARKS = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("“”", '"'), "é": "e", "à": "a"})
_OFSTEDS = re.compile(r"\bofsted\b|\bwatchdog|\binspect(?:or|ion)|\bmonitoring visit|\bspecial measures\b")
QUOTES = "quotes what inspectors write"
_IN_SCOPE = (ArticleLabel.MONITORING_VISIT, ArticleLabel.INSPECTION, ArticleLabel.FOCUSED_VISIT)


@dataclass(frozen=True, slots=True)
class Texts:
    """A story's text by its parts, in small letters and plain marks."""

    head: str  # headline, standfirst and the words of the address
    body: str
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, head: Sequence[str | None], paragraphs: Sequence[str], quotes: Sequence[str]) -> "Texts":
        """The parts of a story, made plain."""
        return cls(
            head=plain(" . ".join(part for part in head if part)),
            body=plain("\n".join(paragraphs)[:BODY_LIMIT]),
            quotes=tuple(map(plain, quotes)),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What a story is about, with every reason and its points."""

    label: ArticleLabel
    points: float
    evidence: tuple[str, ...]
    sure: bool = False  # the kind is said, not guessed from the tone

    @property
    def in_scope(self) -> bool:
        """About a publication on a council's children's services."""
        return self.label in _IN_SCOPE


def judge_subject(texts: Texts, *, named: bool, own_site: bool, linked: bool) -> Subject:
    """Weighs all cues. `named`: an authority is known; `own_site`: the council's; `linked`: to Ofsted."""
    weighed = _weigh(texts)
    weighed += [
        (name, value)
        for holds, name, value in (
            (named, "an authority is known", 0.5),
            (own_site, "stands on the council's own site", 0.5),
            (linked, "links to Ofsted's file or page", 4.0),
        )
        if holds
    ]
    points = sum(value for _, value in weighed)
    evidence = tuple(f"{name} ({value:+g})" for name, value in weighed)
    if not _is_ofsteds(texts) and not linked and points < cues.THRESHOLD + cues.UNNAMED:
        label = ArticleLabel.NOT_OFSTED
        return Subject(label, points, (*evidence, "names neither Ofsted nor inspectors"))
    if _is_send_or_jtai(texts):
        return Subject(ArticleLabel.SEND_OR_JTAI, points, (*evidence, "a joint or SEND inspection"))
    if points < cues.THRESHOLD:
        return Subject(ArticleLabel.OTHER_OFSTED, points, evidence)
    if not _has_essential(weighed) and not linked:
        return Subject(ArticleLabel.OTHER_OFSTED, points, (*evidence, "tells of no finding"))
    label, why, sure = judge_kind(texts)
    return Subject(label, points, (*evidence, why), sure)


def judge_kind(texts: Texts) -> tuple[ArticleLabel, str, bool]:
    """Which kind of report a story in scope is about, why, and whether that is said."""
    head, body = texts.head, texts.body
    graded = bool(cues.GRADE_GIVEN.search(head))
    moves = bool(cues.PROGRESS.search(head))
    focused, monitoring = ArticleLabel.FOCUSED_VISIT, ArticleLabel.MONITORING_VISIT
    kinds = (
        (cues.PREFERS_FOCUSED.search(head), focused, "headline says focused visit", True),
        (cues.PREFERS_MONITORING.search(head), monitoring, "headline says monitoring visit", True),
        (graded and not moves, ArticleLabel.INSPECTION, "headline tells of a grade", True),
        (cues.PREFERS_FOCUSED.search(body) and not graded, focused, "text says focused visit", False),
        (cues.PREFERS_MONITORING.search(body) and not graded, monitoring, "text says monitoring visit", True),
        (cues.VISIT.search(head) or (moves and not graded), monitoring, "headline tells of progress", False),
        (True, ArticleLabel.INSPECTION, "no visit is spoken of", False),
    )
    return next((label, why, sure) for holds, label, why, sure in kinds if holds)


def plain(text: str) -> str:
    """Small letters, straight marks, single spaces."""
    return re.sub(r"\s+", " ", text.translate(_MARKS).casefold())


def _weigh(texts: Texts) -> list[tuple[str, float]]:
    """Each cue that holds, with its points: in the headline, else by how often the text below has it.

    What a headline speaks against, the text below does not bring back: previews and political stories
    quote older letters at length.
    """
    against = [(cue.name, cue.head) for cue in cues.AGAINST if cue.pattern.search(texts.head)]
    weighed = [(cue.name, cue.head) for cue in cues.FOR if cue.pattern.search(texts.head)]
    if against:
        return weighed + against
    above = {name for name, _ in weighed}
    for cue in (*cues.FOR, *cues.AGAINST):
        hits = len(cue.pattern.findall(texts.body)) if cue.body and cue.name not in above else 0
        if hits:
            most = abs(cue.head)
            weighed.append((cue.name, max(-most, min(cue.body * hits, most))))
    quoted = [quote for quote in texts.quotes if _is_inspectors(quote)][:QUOTES_WEIGHED]
    if quoted and _is_of_social_care(texts, quoted):
        weighed.append((QUOTES, 0.75 * len(quoted) + 0.5))
    return weighed


def _is_of_social_care(texts: Texts, quoted: Sequence[str]) -> bool:
    """Inspectors of schools write of leaders and progress too."""
    return bool(
        cues.SERVICES.search(texts.head)
        or cues.SERVICES.search(texts.body)
        or any(map(cues.SOCIAL_CARE.search, quoted))
    )


def _has_essential(weighed: Sequence[tuple[str, float]]) -> bool:
    return any((name in cues.ESSENTIAL and value >= 1) or name == QUOTES for name, value in weighed)


def _is_inspectors(quote: str) -> bool:
    """Written as inspectors write, and not in a councillor's own voice."""
    written = cues.INSPECTORS_WORDS.search(quote) and not cues.OWN_WORDS.search(quote)
    return len(quote.split()) >= 3 and bool(written)


def _is_ofsteds(texts: Texts) -> bool:
    return bool(
        _OFSTEDS.search(texts.head) or _OFSTEDS.search(texts.body) or any(map(_is_inspectors, texts.quotes))
    )


def _is_send_or_jtai(texts: Texts) -> bool:
    """By the headline, unless it speaks of a visit or of the grade of children's services all the same."""
    head = texts.head
    if (
        not cues.SEND_OR_JTAI.search(head)
        or cues.PREFERS_MONITORING.search(head)
        or cues.PREFERS_FOCUSED.search(head)
    ):
        return False
    return not (cues.SERVICES.search(head) and cues.GRADES.search(head))
