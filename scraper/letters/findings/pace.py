"""The pace of progress: the sentence that states it for the whole service, and its label."""

from collections.abc import Sequence

from scraper.letters.findings.pace_clauses import Statement, find_statements
from scraper.letters.findings.pace_words import AT_LARGE, CONTRAST, DECLINE, NOUN
from scraper.letters.sentences.leaning import leans
from scraper.letters.sentences.quotable import is_quotable
from scraper.letters.sentences.splitting import Sentence, list_sentences
from state import Pace, PaceLabel, Paragraph, Section, SectionRole

# Where a letter states its pace: its opening and headline before its findings and its last words.
_PLACES = (
    (SectionRole.OTHER, SectionRole.HEADLINE),
    (SectionRole.FINDINGS, SectionRole.LEADERS, SectionRole.CLOSING),
)
_LONGEST = 600
_TELLING = (
    "progress",
    "pace",
    "momentum",
    "improvement",
    "rate of",
    "speed of",
    "declined",
    "deteriorated",
    "worsened",
)


def find_pace(sections: Sequence[Section]) -> Pace | None:
    """The letter's own sentence on the pace of progress, None when unsure: not the past, a wish, one area."""
    for roles in _PLACES:
        sentences = list_sentences((section for section in sections if section.role in roles), _keep_telling)
        for at, sentence in enumerate(sentences):
            if _may_state(sentence):
                pace = _read(sentence, sentences[at + 1] if at + 1 < len(sentences) else None)
                if pace:
                    return pace
    return None


def _keep_telling(section: Section) -> tuple[Paragraph, ...]:
    """The section's paragraphs that hold a word of pace; most do not."""
    return tuple(p for p in section.paragraphs if _is_telling(p.text.lower()))


def _is_telling(text: str) -> bool:
    return any(word in text for word in _TELLING)


def _may_state(sentence: Sentence) -> bool:
    """True for a sentence that names progress, stands on its own and, among findings, speaks of the whole."""
    text = sentence.text
    if not _is_telling(text.lower()) or not (NOUN.search(text) or DECLINE.search(text)):
        return False
    if sentence.role in _PLACES[0]:
        return not leans(text)
    at_large = AT_LARGE.search(text) is not None
    return at_large and any(noun["improvement"] is None for noun in NOUN.finditer(text)) and not leans(text)


def _read(sentence: Sentence, following: Sentence | None) -> Pace | None:
    """The pace a sentence states, with the next one where that takes it back or brings it up to date."""
    statements = find_statements(sentence.text)
    if not statements or not is_quotable(sentence.text):
        return None
    quote = sentence.text
    if following and _goes_on(sentence, following, statements):
        more = find_statements(following.text, named_before=True)
        if more:
            statements += more
            quote = f"{quote} {following.text}"
    label = _conclude(statements)
    return Pace(label=label, quote=quote, page=sentence.page) if label else None


def _goes_on(sentence: Sentence, following: Sentence, statements: Sequence[Statement]) -> bool:
    """True where the next sentence may change what this one says of the pace."""
    same = (following.section, following.paragraph) == (sentence.section, sentence.paragraph)
    opens = CONTRAST.match(following.text) or _conclude(statements) is None or statements[-1].perhaps_past
    fits = len(sentence.text) + len(following.text) < _LONGEST
    return bool(same and opens and fits and is_quotable(following.text))


def _conclude(statements: Sequence[Statement]) -> PaceLabel | None:
    """One label from what is said of the present; the pace itself outweighs progress; conflict gives none."""
    present = [statement for statement in statements if not statement.past]
    present = [statement for statement in present if not statement.perhaps_past] or present
    labels = {statement.label for statement in present if statement.firm} or {s.label for s in present}
    if PaceLabel.POOR not in labels:
        labels -= {PaceLabel.EARLY} if len(labels) > 1 else set()
    return labels.pop() if len(labels) == 1 else None
