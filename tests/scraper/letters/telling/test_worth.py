"""Worth: the place first, then what a sentence says."""

import pytest

from scraper.letters.findings.roles import judge_role
from scraper.letters.sentences.splitting import Sentence
from scraper.letters.telling.worth import judge_worth
from state import SectionRole

HEADLINE, LEADERS, IN_CARE = SectionRole.HEADLINE, SectionRole.LEADERS, SectionRole.IN_CARE


def worth(text: str, *, role: SectionRole = HEADLINE, at: int = 0) -> float:
    sentence = Sentence(text, 1, role, section=0, paragraph=0, place=at)
    return judge_worth(sentence, at, judge_role(text, role))


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (
            "Since the last inspection in 2016, services for children have declined.",
            "Services for children were judged inadequate at the last inspection in 2016.",
        ),
        ("Leaders have failed too many children.", "Leaders have helped some teams."),
        ("Too many children wait for help.", "The office in the town has 12 rooms and 3 halls."),
    ],
)
def test_change_and_gravity_outweigh_history_and_figures(more: str, less: str) -> None:
    assert worth(more) > 2 * worth(less)


def test_the_headline_outweighs_the_body_and_its_beginning_its_end() -> None:
    text = "Leaders know their services well."
    places = [(HEADLINE, 0), (HEADLINE, 4), (HEADLINE, 8), (LEADERS, 0), (IN_CARE, 0), (IN_CARE, 20)]
    worths = [worth(text, role=role, at=at) for role, at in places]
    assert worths == sorted(worths, reverse=True)
    assert len(set(worths)) == len(worths)
