"""Themes: the field's words, in any hyphenation and ending."""

import pytest

from scraper.letters.findings.themes import THEMES, find_themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Contacts are screened in the MASH.", ("front door",)),
        ("Repeat neglect is not explored.", ("neglect",)),
        ("Case recording has improved.", ("case recording",)),
        ("Pre-proceedings letters are clear.", ("pre-proceedings",)),
        ("Disabled children’s plans drift.", ("children's plans", "disabled children")),
        ("PAs know their care leavers.", ("care leavers",)),
        (
            "Arrangements to manage allegations made against professionals are timely.",
            ("designated officer",),
        ),
        ("Supervising social workers provide regular supervision to foster carers.", ("fostering",)),
        ("A performance framework gives leaders sight.", ("performance information", "leadership")),
        ("Well-being matters.", ()),
    ],
)
def test_a_sentence_has_the_themes_its_words_name(text: str, themes: tuple[str, ...]) -> None:
    assert find_themes(text) == themes


def test_themes_come_in_the_vocabularys_order() -> None:
    found = find_themes("Supervision of staff who assess referrals about domestic abuse and exploitation.")
    assert list(found) == sorted(found, key=THEMES.index)
    assert len(found) == 4


def test_a_word_of_another_themes_name_is_no_theme() -> None:
    assert find_themes("Personal education plans are weak.") == ("education of children in care",)
    assert find_themes("Plans and personal education plans are weak.") == (
        "children's plans",
        "education of children in care",
    )
