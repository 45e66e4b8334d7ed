"""What cannot be read says why, in plain words."""

import pytest
from fpdf import FPDF

from scraper.letters import read_document
from scraper.letters.text.lines import MAX_BYTES
from scraper.letters.text.pdf import MAX_PAGES
from tests.letters.maker import load_plan, print_document
from tests.letters.oddities import cut_short, print_error_page, print_locked, print_scan

LETTER = print_document(load_plan("wakefield-2019-11-01-monitoring"))


def print_pages(count: int) -> bytes:
    pdf = FPDF()
    for _ in range(count):
        pdf.add_page()
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the file is empty"),
        (b"junk", "the file is not a PDF"),
        (print_error_page(), "the file is a web page, not a PDF"),
        (cut_short(LETTER), "the file is cut short"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF\n", "the PDF is damaged"),
        (print_locked(), "the PDF is encrypted and asks for a password"),
        (print_scan(["Monitoring visit"]), "it holds no text"),
        (print_pages(2), "it holds no text"),
        (print_pages(MAX_PAGES + 1), f"it has {MAX_PAGES + 1} pages"),
        (b"%PDF-1.7" + bytes(MAX_BYTES), "more than 50,000,000 are not read"),
    ],
    ids=["empty", "junk", "html", "cut", "broken", "locked", "scan", "blank", "long", "huge"],
)
def test_the_reason_is_named(body: bytes, reason: str) -> None:
    reading = read_document(body)
    assert reading.letter is None
    assert reading.text_sha256 is None
    assert reading.unreadable is not None
    assert reason in reading.unreadable


def test_a_pdf_of_no_known_kind_is_read_as_far_as_it_goes() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.multi_cell(0, text="Notice to improve\n\nThe council must act. It has been told so.")
    reading = read_document(bytes(pdf.output()))
    assert reading.letter is not None
    assert reading.letter.kind == "other"
    assert "The council must act." in reading.letter.model_dump_json()
    assert reading.letter.not_read == ("authority",)
