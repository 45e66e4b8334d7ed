"""What may be shown as a quotation: sane, whole, and standing on its own."""

import pytest

from scraper.letters.sentences.leaning import leans, takes_back
from scraper.letters.sentences.quotable import find_flaw
from scraper.letters.sentences.shortening import shorten


@pytest.mark.parametrize(
    ("flaw", "text"),
    [
        (None, "Adopt SouthWest and Care2Work help children well (and soon)."),
        (None, "A small number of children wait at A Level."),
        ("its length", "Too short."),
        ("its end", "Strengthen senior managers’ oversight of"),
        ("its beginning", "ervices for children have improved a great deal."),
        ("furniture of the page", "Write to enquiries@ofsted.gov.uk about the children."),
        ("furniture of the page", "The 17 July 2023 7 voice of children is heard loud and clear."),
        ("odd characters", "The \uf06e quality of plans is good enough now."),
        ("a split word", "Leaders have improved the s ervice for children."),
        ("a split word", "Leaders support the develop ment of staff in the service."),
        ("a glued word", "Leaders support familiesThe council does not do so."),
        ("a glued word", "Leaders support families and services1 in the council."),
        ("a glued word", "Leaders support many new approaches, includingthe weekly meeting."),
        (None, "Leaders clothe the words, breathe life and soothe the nerves."),
        ("open brackets", "Leaders (and managers support families in the council."),
        ("open quotation marks", "Leaders say “we support families in the council."),
    ],
)
def test_a_flawed_text_is_not_quoted(flaw: str | None, text: str) -> None:
    assert find_flaw(text) == flaw


def test_a_lists_item_needs_no_stop_but_an_end() -> None:
    assert find_flaw("the quality of plans for children", item=True) is None
    assert find_flaw("the quality of plans for children; and", item=True) == "its end"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("This has led to drift.", True),
        ("They do not see children often enough.", True),
        ("However, plans are weak.", True),
        ("Too many children, however, wait too long.", True),
        ("As a result, children wait.", True),
        ("Some have weak analysis.", True),
        ("While these are timely, they lack depth.", True),
        ("For other children, plans drift.", True),
        ("All other children receive an assessment.", True),
        ("Police notifications, which name no child, exacerbate the pressures.", True),
        ("This results in delay for children.", True),
        ("Those living in homes of their own are visited.", False),
        ("Many children in other schools are not understood.", False),
        ("Leaders are aware of this.", True),
        ("This inspection found weak practice.", False),
        ("Those who are missing from care are found quickly.", False),
        ("Most plans are weak and late, and this means that children wait.", False),
        ("Some children have weak plans.", False),
    ],
)
def test_a_sentence_leans_where_it_points_back(sentence: str, expected: bool) -> None:
    assert leans(sentence) is expected


def test_a_contrast_takes_back() -> None:
    assert takes_back("However, impact is not yet seen.")
    assert takes_back("For some children, however, impact is not seen.")
    assert not takes_back("Howard House is good.")


def test_a_long_sentence_is_cut_at_a_clause_that_takes_nothing_back() -> None:
    start = "Senior leaders have strengthened the service for children in care and for those who leave it"
    assert shorten(f"{start}, including those who live far away.", 110) == f"{start} …"
    assert shorten(f"{start}, including few, but not all.", 110) is None
    assert shorten("Short.", 110) == "Short."
