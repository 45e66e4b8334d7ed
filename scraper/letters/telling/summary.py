"""The summary: at most six exact quotations: pace or headline, what improved, falls short, must happen."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from types import MappingProxyType

from scraper.letters.findings.cues import Cue
from scraper.letters.findings.roles import judge_role
from scraper.letters.findings.themes import find_themes
from scraper.letters.sentences.quotable import is_quotable
from scraper.letters.sentences.shortening import shorten
from scraper.letters.sentences.splitting import Sentence, list_sentences
from scraper.letters.telling.choosing import are_alike, choose_passages
from scraper.letters.telling.passages import LONGEST, Passage, Scored, list_passages
from scraper.letters.telling.worth import judge_worth
from state import FindingRole, Kind, Pace, Paragraph, Quotation, Section, SectionRole, SummaryRole

MOST_QUOTATIONS = 6
# Paragraphs and sentences of a section that are looked at: letters put first things first, reports above all.
_READ_OF_REPORT = (4, 8)
_READ_OF_LETTER = (12, 24)
_READ_OF_HEADLINE = (25, 15)
_READ_FURTHER = (20, 60)  # where the first ones hold no praise, or no blame
_CANDIDATES = 20  # passages of praise, and of the rest, among which the choice is made
_VISITS = (Kind.MONITORING_VISIT, Kind.FOCUSED_VISIT)
_ORDER = (SummaryRole.PACE, SummaryRole.GRADE, SummaryRole.STRENGTH, SummaryRole.CONCERN, SummaryRole.NEXT)
_UNREAD = (SectionRole.AREAS, SectionRole.CLOSING, SectionRole.NEXT_STEPS, SectionRole.OTHER)
_SIDES = (FindingRole.STRENGTH, FindingRole.CONCERN)
_DUTIES = (SectionRole.PRIORITY, SectionRole.IMPROVE)
_GRADED = re.compile(
    r"\b(?:services?|effectiveness|experiences?|impact|leadership)\b[^.;]{0,120}?"
    r"\b(?:is|are|remains?|ha(?:s|ve) remained|(?<!was )(?<!were )(?<!been )(?<!be )judged(?: to be)?) "
    r"(?:now |still )?(?:inadequate|good|outstanding)\b"
    r"|\bservices\b[^.;]{0,120}\brequires? improvement to be good",
    re.IGNORECASE,
)
# "The following recommendations are the priorities": it announces the list.
_ANNOUNCES = re.compile(
    r"(?:these|the following|inspectors recommend)\b|the (?:\w+ )?recommendations\b|.*:$", re.IGNORECASE
)
# What the last inspection found is no finding of this one.
_PAST = re.compile(
    r"(?:at|in|during) (?:the|its|their|that|our) (?:last|previous) (?:\w+ ){0,2}inspection\b"
    r"|[^.]{0,80}\blast inspected\b"
    r"|the (?:last|previous) inspection\b[^.]{0,80} judged\b",
    re.IGNORECASE,
)
# Nor is history: a judgement of years ago, a review that others made.
_HISTORY = re.compile(
    r"in (?:\w+ )?(?:19|20)\d\d, [^.]{0,80}\b(?:was|were) (?:judged|found|inspected|alerted)\b"
    r"|historically\b|following (?:the|its|that) (?:[\w-]+ )?judgement\b"
    r"|(?:the|an?) (?:[\w-]+ )?(?:review|report|audit)\b[^.]{0,160} (?:described|found|concluded)\b",
    re.IGNORECASE,
)
# Nor does the last judgement open a quotation on what a visit found.
_LAST_JUDGED = re.compile(
    r"(?:at|in|during) (?:the|its|their|our|ofsted’s) (?:last|previous) [^.]{0,200}\bjudged\b"
    r"|[^.]{0,80}\bwere last inspected\b[^.]{0,40}\bjudged\b",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:is|are|has|have|was|were|can|do|does)\b")
_MUST = re.compile(
    r"\b(?:(?:further|more) work (?:is|remains|will be)|(?<!what )(?:needs? to|must)"
    r"|(?<!always )more (?:to do|needs)"
    r"|(?:a lot|much) to do|way to go|priorit(?:y|ies) (?:is|are))\b",
    re.IGNORECASE,
)


def choose_summary(sections: Sequence[Section], pace: Pace | None, kind: Kind) -> tuple[Quotation, ...]:
    """The quotations a reporter would open with; each stands word for word in the sections."""
    # An inspection's headline weighs praise against blame and is quoted so; a letter's is taken apart.
    weighed = None if kind in _VISITS else SectionRole.HEADLINE
    paragraphs, most = _READ_OF_REPORT if kind is Kind.INSPECTION else _READ_OF_LETTER
    sections = _drop_unread(sections)
    sentences = list_sentences(sections, partial(_choose_paragraphs, body=paragraphs))
    scored = list(_score(sentences, most))
    passages = list(list_passages(scored, weighed))
    paced = [Quotation(quote=pace.quote, page=pace.page, role=SummaryRole.PACE)] if pace else []
    single = (p for p in passages if len(p.parts) == 1 and not (pace and p.text in pace.quote))
    duty = _find_duty(sentences, (p for p in single if not _misleads(p, kind)))
    duties = [duty] if duty else []
    beside = [item.quote for item in paced + duties]
    chosen = _choose(passages, beside, kind)
    if not _is_balanced(chosen):  # praise or blame may stand further down
        further = list_sentences(sections, partial(_choose_paragraphs, body=_READ_FURTHER[0]))
        known = {item.sentence: item for item in scored}
        chosen = _choose(
            list(list_passages(list(_score(further, _READ_FURTHER[1], known)), weighed)), beside, kind
        )
    told = [_quote(passage, kind) for passage in chosen]
    lead = [] if paced else told[:1]
    rest = sorted(told[len(lead) :], key=lambda item: _ORDER.index(item.role))
    return tuple(
        item.model_copy(update={"themes": find_themes(item.quote)})
        for item in (*paced, *lead, *rest, *duties)
    )


def _drop_unread(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections that may hold findings; of a document of no known layout, all."""
    return [section for section in sections if section.role not in _UNREAD] or sections


def _choose_paragraphs(section: Section, body: int) -> Sequence[Paragraph]:
    """The section's first paragraphs."""
    read = _READ_OF_HEADLINE[0] if section.role is SectionRole.HEADLINE else body
    return section.paragraphs[:read]


def _score(
    sentences: Sequence[Sentence], most: int, known: Mapping[Sentence, Scored] = MappingProxyType({})
) -> Iterator[Scored]:
    """The sentences that may be told, each with its role and worth, unless that is known already."""
    section, at, in_body = -1, 0, False
    for sentence in sentences:
        at = at + 1 if sentence.section == section else 0
        section = sentence.section
        headline = sentence.role is SectionRole.HEADLINE
        in_body = in_body or not headline
        # Behind the body stands another body's headline: the safeguarding board's, in a single inspection.
        if sentence.role in _DUTIES or (headline and in_body):
            continue
        if at >= (_READ_OF_HEADLINE[1] if headline else most):
            continue
        if sentence in known:
            yield known[sentence]
            continue
        verdict = judge_role(sentence.text, sentence.role)
        yield Scored(sentence, verdict, judge_worth(sentence, at, verdict))


def _find_duty(sentences: Sequence[Sentence], single: Iterable[Passage]) -> Quotation | None:
    """What must happen: the first item of the letter's list, else the first sentence that says so."""
    for role in _DUTIES:
        for sentence in sentences:
            if sentence.role is role and _is_duty(sentence):
                return Quotation(quote=sentence.text, page=sentence.page, role=SummaryRole.NEXT)
    for passage in single:
        if _says_must(passage) and passage.role is not FindingRole.STRENGTH:
            return Quotation(quote=passage.text, page=passage.page, role=SummaryRole.NEXT)
    return None


def _says_must(passage: Passage) -> bool:
    return _MUST.search(passage.text) is not None and passage.stands_alone


def _is_duty(sentence: Sentence) -> bool:
    """True for what can be shown alone; "… are addressed" ends a sentence that began "to ensure that:"."""
    clipped = sentence.text[:1].islower() and _FINITE.search(sentence.text)
    announces = _ANNOUNCES.match(sentence.text)
    return not (clipped or announces) and is_quotable(sentence.text, item=sentence.bullet)


def _choose(passages: Sequence[Passage], beside: Sequence[str], kind: Kind) -> list[Passage]:
    """The passages worth most together, among them praise and blame where the letter has both."""
    free = _pick_candidates(passages, beside, kind)
    places = MOST_QUOTATIONS - len(beside)
    chosen: Sequence[Passage] = ()
    if kind in _VISITS:  # no more than half praise or blame, where the letter has as much of both
        chosen = choose_passages(free, places, (places + 1) // 2)
    if len(chosen) < places:
        chosen = choose_passages(free, places, places)
    for role in _SIDES:
        if not any(_tells(passage, role) for passage in chosen):
            chosen = _exchange(chosen, [p for p in free if p.role is role and _is_plain(p)], places)
    return sorted(chosen, key=lambda passage: passage.place)


def _pick_candidates(passages: Sequence[Passage], beside: Sequence[str], kind: Kind) -> list[Passage]:
    """The worthiest passages that may be told, so many of praise and of the rest."""
    left = {True: _CANDIDATES, False: _CANDIDATES}
    picked: list[Passage] = []
    telling = [passage for passage in passages if passage.role is not FindingRole.NEUTRAL]
    for passage in sorted(telling, key=attrgetter("worth"), reverse=True):
        praises = passage.role is FindingRole.STRENGTH
        if not left[praises] or _is_past(passage, kind) or _misleads(passage, kind):
            continue
        if _may_join(passage, beside):
            left[praises] -= 1
            picked.append(passage)
        if not any(left.values()):
            break
    return picked


def _is_balanced(chosen: Sequence[Passage]) -> bool:
    return all(any(_tells(passage, role) for passage in chosen) for role in _SIDES)


def _exchange(chosen: Sequence[Passage], others: Sequence[Passage], places: int) -> Sequence[Passage]:
    """The least worthy passage gives way to the worthiest of the others."""
    kept = sorted(chosen, key=lambda passage: -passage.worth)[: places - 1]
    fitting = [
        other
        for other in others
        if not any(other.overlaps(one) or are_alike(other.text, one.text) for one in kept)
    ]
    return [*kept, max(fitting, key=lambda passage: passage.worth)] if fitting else chosen


def _misleads(passage: Passage, kind: Kind) -> bool:
    """True for praise that its own end takes back, unless it is told as the judgement it is."""
    return passage.opens_with_praise and not _is_judgement(passage, kind)


def _is_past(passage: Passage, kind: Kind) -> bool:
    """True for history, and for what opens with the last inspection's praise or (in a visit) judgement."""
    if _HISTORY.match(passage.text) or (passage.role is FindingRole.STRENGTH and _PAST.match(passage.text)):
        return True
    return kind in _VISITS and _LAST_JUDGED.match(passage.text) is not None


def _may_join(passage: Passage, beside: Sequence[str]) -> bool:
    """True for a passage that stands on its own and repeats nothing that is told already."""
    if any(text in passage.text for text in beside):
        return False
    return passage.stands_alone and not any(are_alike(passage.text, text) for text in beside)


def _tells(passage: Passage, role: FindingRole) -> bool:
    return any(part.verdict.role in (role, FindingRole.MIXED) for part in passage.parts)


def _is_plain(passage: Passage) -> bool:
    """True where no word points the other way and more than one points this way."""
    counts = sorted(
        sum(part.verdict.count(tone) for part in passage.parts) for tone in (Cue.PRAISE, Cue.BLAME)
    )
    return counts[0] == 0 and counts[1] > 1


def _quote(passage: Passage, kind: Kind) -> Quotation:
    text = shorten(passage.text, LONGEST) or passage.text
    return Quotation(quote=text, page=passage.page, role=_name_role(passage, kind))


def _name_role(passage: Passage, kind: Kind) -> SummaryRole:
    """A mixed passage is told among what falls short: it must never pass for praise."""
    if _is_judgement(passage, kind) and (passage.opens_with_praise or _GRADED.search(passage.text)):
        return SummaryRole.GRADE
    return SummaryRole.STRENGTH if passage.role is FindingRole.STRENGTH else SummaryRole.CONCERN


def _is_judgement(passage: Passage, kind: Kind) -> bool:
    """True in an inspection's headline, which judges: what weighs praise against blame is told as that."""
    return kind is Kind.INSPECTION and passage.parts[0].sentence.role is SectionRole.HEADLINE
