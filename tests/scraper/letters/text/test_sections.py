"""Which lines are headings, whatever their type."""

import pytest

from scraper.letters.text.paragraphs import Block
from scraper.letters.text.sections import is_section_heading


@pytest.mark.parametrize(
    "text",
    [
        "The impact of leaders on social work practice with children and families is good.",
        "The experiences and progress of children in care requires improvement to be good",
        "Areas covered by the visit",
    ],
)
def test_a_plain_line_that_is_a_known_heading_is_one(text: str) -> None:
    assert is_section_heading(Block(page=3, size=12, text=text))


@pytest.mark.parametrize(
    "text",
    [
        "The impact of leaders is good. They know their services well.",
        "The experiences and progress of care leavers, who were many, are good.",
        "The quality of plans is good.",
    ],
)
def test_a_sentence_of_the_text_is_none(text: str) -> None:
    assert not is_section_heading(Block(page=3, size=12, text=text))
    assert not is_section_heading(Block(page=3, size=12, text=text, number=7))
