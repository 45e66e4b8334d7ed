"""Passages in quotation marks, as papers print them."""

import pytest

from scraper.coverage.matching import LetterText
from scraper.coverage.quotations import find_quotations, hash_quotation
from state import Paragraph

TEXT = (
    "Children’s plans are too variable. Leaders’ oversight of practice is not yet strong enough to "
    "challenge drift."
)


@pytest.mark.parametrize(
    ("paragraph", "passages"),
    [
        ("It said “work is recorded”.", ["work is recorded"]),
        ('It said "work is recorded".', ["work is recorded"]),
        ("It said ‘work is recorded’.", ["work is recorded"]),
        ("It said 'work is recorded'.", ["work is recorded"]),
        ("“The first paragraph stays open.", ["The first paragraph stays open."]),
        ("The council's own words and the children's plans.", []),
        ("It found ‘leaders’ plans are weak’ and more.", ["leaders’ plans are weak"]),
        ("‘Good’ work and “swift ‘joined-up’ help”.", ["Good", "swift ‘joined-up’ help"]),
    ],
)
def test_passages_are_found_in_three_styles(paragraph: str, passages: list[str]) -> None:
    assert find_quotations([paragraph]) == passages


@pytest.mark.parametrize(
    "quoted",
    [
        "children's plans are too variable",
        "Children's plans   are too variable.",
        "[the] leaders' oversight of practice is not yet strong enough",
        "[L]eaders' oversight of practice is not yet strong",
        "too variable. Leaders’ oversight",  # over the end of a sentence
        "oversight of practice is not yet strong enough to challenge the drift",  # a slip in copying
    ],
)
def test_a_reporters_edits_do_not_hide_a_passage(quoted: str) -> None:
    text = LetterText([Paragraph(page=2, text=TEXT)])
    [found] = [found for piece in hash_quotation(quoted) if (found := text.find(piece))]
    assert found.passage.text in TEXT
    assert found.passage.page == 2


def test_what_is_left_out_parts_a_passage_in_two() -> None:
    pieces = hash_quotation("Children’s plans … not yet strong enough to [always] challenge drift")
    assert [piece.words for piece in pieces] == [2, 5, 2]


def test_other_words_are_not_found() -> None:
    text = LetterText([Paragraph(page=1, text=TEXT)])
    for quoted in (
        "we are pleased with what inspectors saw",
        "children’s plans have much improved since June",
    ):
        assert [text.find(piece) for piece in hash_quotation(quoted)] == [None]


def test_a_passage_is_found_over_two_paragraphs() -> None:
    text = LetterText([Paragraph(page=1, text="Plans are weak."), Paragraph(page=2, text="Visits are late.")])
    [piece] = hash_quotation("plans are weak. Visits are late")
    found = text.find(piece)
    assert found is not None
    assert (found.passage.text, found.passage.page) == ("Plans are weak. Visits are late", 1)
