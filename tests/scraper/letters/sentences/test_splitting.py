"""Sentences: what ends one and what does not, and the page each begins on."""

import pytest

from scraper.letters.sentences.splitting import list_sentences, split_sentences
from state import Paragraph, Section, SectionRole


@pytest.mark.parametrize(
    "sentences",
    [
        ("Mr. A. B. Smith said 3.5% is low.", "It cost £4.2m.", "See s. 47 enquiries.", "Done."),
        ("Plans (e.g. The pathway plan) drift.", "St. Helens is no exception."),
        ("One child said: ‘My carer is amazing. She taught me to be a child.’", "That helps."),
        ("Social workers’ reports are ‘good enough’.", "‘Straight talk’ matters."),
        ("“All the social workers’ reports are good. They help.”", "So leaders say."),
        ("Is it good?", "Yes!", "17 children were seen."),
    ],
)
def test_a_paragraph_is_split_where_sentences_end(sentences: tuple[str, ...]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


def test_a_stop_glued_to_the_next_sentence_or_to_a_note_ends_one() -> None:
    assert split_sentences("It helps families.The council knows.1 Leaders act.") == (
        "It helps families.",
        "The council knows.1",
        "Leaders act.",
    )


def test_a_sentence_has_the_page_it_begins_on() -> None:
    text = "It begins here. It begins at the foot and goes on. It begins overleaf."
    paragraph = Paragraph(page=2, text=text, next_page_at=text.index("and goes on"))
    section = Section(role=SectionRole.FINDINGS, heading=None, page=2, paragraphs=(paragraph,))
    assert [sentence.page for sentence in list_sentences([section])] == [2, 2, 3]
