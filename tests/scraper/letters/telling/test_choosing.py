"""Choosing passages: worth most together, never overlapping, no two alike, praise and blame in measure."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.letters.findings.roles import RoleVerdict
from scraper.letters.sentences.splitting import Sentence
from scraper.letters.telling.choosing import choose_passages
from scraper.letters.telling.passages import Passage, Scored
from state import FindingRole, SectionRole

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
WORTHS = st.lists(st.floats(0.1, 2.0), min_size=1, max_size=7)


def score(place: int, worth: float, role: FindingRole = FindingRole.CONCERN, text: str = "") -> Scored:
    sentence = Sentence(
        text or NUMBERS[place],
        1,
        SectionRole.HEADLINE,
        section=0,
        paragraph=0,
        place=place,
    )
    return Scored(sentence, RoleVerdict(role), worth)


def list_all(scored: list[Scored]) -> list[Passage]:
    return [
        Passage(tuple(scored[start:end]))
        for start in range(len(scored))
        for end in range(start + 1, min(start + 3, len(scored)) + 1)
    ]


def find_best(passages: list[Passage], places: int) -> float:
    return max(
        sum(passage.worth for passage in chosen)
        for size in range(1, places + 1)
        for chosen in combinations(passages, size)
        if not any(one.overlaps(other) for one, other in combinations(chosen, 2))
    )


@given(WORTHS)
def test_no_other_choice_is_worth_more(worths: list[float]) -> None:
    distinct = [score(at, worth) for at, worth in enumerate(worths)]
    passages = list_all(distinct)
    chosen = choose_passages(passages, places=2, most=2)
    assert not any(one.overlaps(other) for one, other in combinations(chosen, 2))
    assert sum(passage.worth for passage in chosen) == pytest.approx(find_best(passages, 2))


def test_praise_leaves_room_for_blame() -> None:
    praise = [Passage((score(at, 2.0, FindingRole.STRENGTH),)) for at in range(3)]
    blame = Passage((score(3, 0.5),))
    assert blame in choose_passages([*praise, blame], places=3, most=2)


def test_of_two_alike_the_worthier_is_told() -> None:
    lesser = Passage((score(0, 0.5, text="Plans for children are too weak."),))
    worthier = Passage((score(1, 0.9, text="Plans for children are still too weak."),))
    assert choose_passages([lesser, worthier], places=2, most=2) == (worthier,)


def test_words_that_every_sentence_has_make_no_two_alike() -> None:
    decline = Passage((score(0, 0.9, text="Leaders of the council have overseen a decline for children."),))
    scrutiny = Passage((score(1, 0.5, text="The scrutiny of the work that is for the children."),))
    assert choose_passages([decline, scrutiny], places=2, most=2) == (decline, scrutiny)


def test_two_passages_with_nearly_the_same_sentence_are_alike() -> None:
    since = "Since the inspection in 2016 there has been a marked decline in the quality of help"
    longer = Passage(
        (
            score(0, 0.5, text=f"{since} in Exampleton."),
            score(1, 0.5, text="Supervision of newly qualified workers is irregular and shallow."),
            score(2, 0.5, text="Caseloads in both safeguarding teams are unmanageable."),
        )
    )
    other = Passage(
        (
            score(4, 0.5, text=f"{since} for Exampleton."),
            score(5, 0.4, text="Elected members were told of accurate audits too late."),
            score(6, 0.4, text="Budgets for placements ran out before Christmas."),
        )
    )
    assert choose_passages([longer, other], places=2, most=2) == (longer,)


def test_what_a_letter_is_about_makes_no_two_alike() -> None:
    finding = Passage(
        (score(0, 0.9, text="Care leavers’ experiences of support into adulthood are too variable."),)
    )
    duty = Passage((score(1, 0.5, text="Support for care leavers in custody."),))
    assert choose_passages([finding, duty], places=2, most=2) == (finding, duty)
