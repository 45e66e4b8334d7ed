"""The demo's letters are what the maker prints, and the maker prints what the templates ask for."""

from pathlib import Path

import pypdfium2
import pytest

from tests.letters.maker import CONTENT, LETTERS, load_plan, print_document
from tests.letters.plans import DocumentPlan

NAMES = sorted(path.stem for path in CONTENT.glob("*.toml"))


def text_of(body: bytes) -> str:
    """All text of a PDF, folded into one line."""
    with pypdfium2.PdfDocument(body) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize("name", NAMES)
def test_committed_letters_are_those_the_maker_prints(name: str) -> None:
    assert (LETTERS / f"{name}.pdf").read_bytes() == print_document(load_plan(name))


def test_letters_stay_small() -> None:
    assert max(path.stat().st_size for path in Path(LETTERS).glob("*.pdf")) < 60_000


def test_wakefield_letter_has_the_sentences_the_press_quoted() -> None:
    text = text_of(print_document(load_plan("wakefield-2019-11-01-monitoring")))
    for sentence in (
        "is making steady progress in improving services for its children and young people in need of",
        "Extensive work in building core service foundations means that circumstances are improving for some",
        "Work with children is now routinely recorded.",
    ):
        assert sentence in text


@pytest.mark.parametrize(("last", "begins"), [(False, "Ofsted Piccadilly Gate"), (True, "1 November 2019")])
def test_letterhead_may_come_last_in_the_stream(last: bool, begins: str) -> None:
    plan = load_plan("wakefield-2019-11-01-monitoring").model_copy(update={"letterhead_last": last})
    assert text_of(print_document(plan)).startswith(begins)


def test_a_report_needs_grades() -> None:
    facts = load_plan("barnsley-2018-11-19-inspection").model_dump() | {"grades": {}}
    with pytest.raises(ValueError, match="reports have grades"):
        DocumentPlan.model_validate(facts)
