"""Two versions of one letter: the sentences that changed, and nothing else."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from scraper.letters.sentences.splitting import Sentence, list_sentences
from state import Letter, SentenceChange

_SAME_SENTENCE = 0.6  # share of characters in common from which a sentence counts as reworded


def compare_versions(old: Letter, new: Letter) -> tuple[SentenceChange, ...]:
    """What a revision took out, put in or reworded, in the letter's order."""
    before, after = list_sentences(old.sections), list_sentences(new.sections)
    matcher = SequenceMatcher(None, [s.text for s in before], [s.text for s in after], autojunk=False)
    return tuple(
        change
        for kind, start, end, new_start, new_end in matcher.get_opcodes()
        if kind != "equal"
        for change in _pair(before[start:end], after[new_start:new_end])
    )


def _pair(olds: Sequence[Sentence], news: Sequence[Sentence]) -> Iterable[SentenceChange]:
    """Reworded sentences together; the rest as taken out or put in."""
    left = list(olds)
    for sentence in news:
        match = max(left, key=lambda old: _likeness(old, sentence), default=None)
        if match and _likeness(match, sentence) >= _SAME_SENTENCE:
            left.remove(match)
            yield SentenceChange(before=match.text, after=sentence.text, page=sentence.page)
        else:
            yield SentenceChange(after=sentence.text, page=sentence.page)
    for sentence in left:
        yield SentenceChange(before=sentence.text, page=sentence.page)


def _likeness(one: Sentence, other: Sentence) -> float:
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio()
