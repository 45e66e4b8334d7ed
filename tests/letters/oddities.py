"""Documents that cannot be read, each for a reason of its own."""

import io
from datetime import UTC, datetime

from fpdf import FPDF
from PIL import Image, ImageDraw

from tests.letters.sheet import HEIGHT, WIDTH

MADE_AT = datetime(2019, 1, 4, tzinfo=UTC)


def print_scan(lines: list[str]) -> bytes:
    """A PDF that is only a picture of its page, as a scanner makes it."""
    picture = Image.new("1", (620, 877), color=1)
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        draw.text((75, 90 + 18 * row), line, fill=0)
    png = io.BytesIO()
    picture.save(png, "PNG")
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_creation_date(MADE_AT)
    pdf.add_page()
    pdf.image(png, x=0, y=0, w=WIDTH, h=HEIGHT)
    return bytes(pdf.output())


def print_locked() -> bytes:
    """A PDF that asks for a password before it can be opened."""
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_creation_date(MADE_AT)
    pdf.set_encryption(owner_password="owner", user_password="user")
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.text(72, 120, "Monitoring visit")
    return bytes(pdf.output())


def cut_short(body: bytes) -> bytes:
    """A download that broke off half way."""
    return body[: len(body) // 2]


def print_error_page() -> bytes:
    """An HTML error page served under a PDF's address."""
    return b"<!DOCTYPE html><html><head><title>Slim Application Error</title></head><body>...</body></html>"
