"""Which articles tell one story."""

from datetime import timedelta

import pytest

from state import ArticleFound, ArticleLabel
from state.news.clustering import WITHIN, is_same_story, likeness
from state.records.articles import QuotedWords
from tests.state.takes import DAY, LEEDS, WAKEFIELD

QUOTED = (QuotedWords(words=12, groups=(1, 2, 3, 4)),)


def article(title: str = "A title", *urns: str, **facts: object) -> ArticleFound:
    own = {"url": "https://a.example/1", "identity": "1", "publisher": "A", "source": "A"}
    judged = {"label": ArticleLabel.MONITORING_VISIT, "in_scope": True, "title": title, "urns": urns}
    return ArticleFound.model_validate(own | judged | facts)


@pytest.mark.parametrize(
    ("one", "other", "apart", "same"),
    [
        (article("T", WAKEFIELD), article("t", WAKEFIELD), WITHIN, True),
        (article("T", WAKEFIELD), article("T", WAKEFIELD), WITHIN + timedelta(seconds=1), False),
        (article("T", WAKEFIELD), article("T", LEEDS), DAY, False),
        (article("T", WAKEFIELD), article("U", WAKEFIELD), DAY, False),
        (article("T", WAKEFIELD, quoted=QUOTED), article("U", WAKEFIELD, quoted=QUOTED), DAY, True),
        (article("T", quoted=QUOTED), article("T", WAKEFIELD, quoted=QUOTED), DAY, False),
        (article("T", fingerprint=(1, 2, 3, 4)), article("U", fingerprint=(1, 2, 9, 9)), DAY, True),
        (article("T", fingerprint=(1, 2, 3, 4)), article("U", fingerprint=(1, 9, 9, 9)), DAY, False),
    ],
)
def test_one_story_is_one_authority_s_within_days_and_says_the_same(
    one: ArticleFound, other: ArticleFound, apart: timedelta, *, same: bool
) -> None:
    assert is_same_story(one, other, apart=apart) is same
    assert is_same_story(other, one, apart=apart) is same


def test_texts_too_short_to_be_compared_are_not_alike() -> None:
    assert likeness((), ()) == 0.0
    assert likeness((1,), (1, 2)) == 0.0
