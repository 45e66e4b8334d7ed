"""Which passages to tell: those worth most together, no sentence twice, no two alike, praise beside blame."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import product

from scraper.letters.sentences.likeness import list_content, measure_likeness
from scraper.letters.telling.passages import Passage
from state import FindingRole

_ALIKE = 0.6  # share of the shorter quotation's telling words that the other holds too
_FEWEST = (
    4  # words that both must hold, where the shorter has so many: "support for care leavers" is no likeness
)
_NEARLY_SAME = 0.6  # likeness of two sentences one of which is enough

_Chosen = tuple[float, tuple[Passage, ...]]  # their worth together, and they in the letter's order


def choose_passages(free: Sequence[Passage], places: int, most: int) -> tuple[Passage, ...]:
    """At most `places` passages, worth most together, and of praise and of the rest at most `most` each."""
    left = list(free)
    while True:
        chosen = _choose_worthiest(left, places, most)
        lesser = _find_repetition(chosen)
        if lesser is None:
            return chosen
        left.remove(lesser)


def are_alike(one: str, other: str) -> bool:
    """True where two quotations say much the same."""
    words, others = list_content(one), list_content(other)
    shared, fewest = len(words & others), min(len(words), len(others))
    return shared >= max(_ALIKE * fewest, min(fewest, _FEWEST), 1)


def _choose_worthiest(free: Sequence[Passage], places: int, most: int) -> tuple[Passage, ...]:
    """The best set that overlaps nowhere: for each passage, the best with it and the best without it."""
    ordered = sorted((passage for passage in free if passage.worth > 0), key=lambda passage: passage.end)
    ends = [passage.end for passage in ordered]
    best: list[dict[tuple[int, int], _Chosen]] = [{(0, 0): (0.0, ())}]
    for at, passage in enumerate(ordered):
        before = best[bisect_right(ends, passage.before, hi=at)]
        reached = dict(best[at])
        praises = passage.role is FindingRole.STRENGTH
        for (praised, others), (worth, chosen) in before.items():
            counts = (praised + praises, others + (not praises))
            more = worth + passage.worth
            if sum(counts) <= places and max(counts) <= most and more > reached.get(counts, (0.0, ()))[0]:
                reached[counts] = (more, (*chosen, passage))
        best.append(reached)
    return max(best[-1].values(), key=lambda item: item[0])[1]


def _find_repetition(chosen: Sequence[Passage]) -> Passage | None:
    """The lesser of two passages that say much the same."""
    for at, passage in enumerate(chosen):
        for other in chosen[:at]:
            if are_alike(passage.text, other.text) or _share_sentence(passage, other):
                return min(passage, other, key=lambda item: item.worth)
    return None


def _share_sentence(passage: Passage, other: Passage) -> bool:
    """True where both hold nearly the same sentence."""
    pairs = product(passage.parts, other.parts)
    return any(measure_likeness(one.sentence.text, two.sentence.text) >= _NEARLY_SAME for one, two in pairs)
