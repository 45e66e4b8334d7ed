"""PDF pages to lines with position, size and weight. The only file that knows the PDF library.

PDFium's own text lines are kept and only their ends are measured: a fifth more work than bare extraction.
Pages are opened by the library's plain functions: its page objects cost a tenth of that extraction.
"""

import re
from codecs import decode
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_ushort, create_string_buffer
from math import hypot
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from scraper.letters.text.lines import MAX_BYTES, Line, Page, UnreadableError

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000

# PDFium marks a hyphen at a line's end as U+FFFE and drops the line break behind it.
_VISUAL_LINE = re.compile("[^\r\n\ufffe]+\ufffe?|\ufffe")
_NOTE_MARK = re.compile(
    r"[0-9](?:(?<=^\d)\d?(?=\s)|(?<=[^\W\d_]\d)\d?(?=[\s.,;:?!]|$)|(?<=[.,;:?!’)]\d)\d?(?=\s|$))"
)
# A bullet is one of the glyphs in use, anything of the private use area, or a letter ("n", "o") that only
# the font turns into a bullet.
_BULLET = re.compile(
    r"\s*([\u25fc\u25aa\u2022\u2212\u2500\u2015\u23af\u25cf\u25a0\u25cb\u25e6\u2043\u0083\u00b7\u0336\u0335\ue000-\uf8ff]"
    r"|[a-z\u00a7\u00fc](?=\s))\s*(?=\S|$)"
)
_LONGEST_FONT_NAME = 128  # bytes
_UNIT_SIZE = 2.0  # some files print with a font of size 1 and scale it
_BULLET_FONTS = (b"Wingdings", b"Symbol", b"Dingbat", b"Courier")
_FPDF_ERR_PASSWORD = 4
_DAMAGED = "the PDF is damaged and cannot be opened"


def read_pages(body: bytes) -> tuple[Page, ...]:
    """All pages of a PDF; raises UnreadableError with the reason where there is no text to be had."""
    _check_container(body)
    try:
        with pypdfium2.PdfDocument(body) as document:
            if len(document) > MAX_PAGES:
                raise UnreadableError(f"it has {len(document)} pages; more than {MAX_PAGES} are not read")
            pages = tuple(_read_all(document))
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_reason(error)) from error
    if not any(line.text.strip() for page in pages for line in page.lines):
        raise UnreadableError("it holds no text, only images or empty pages")
    return pages


def _check_container(body: bytes) -> None:
    """Refuses what is not a whole PDF, by its magic bytes, size and end marker."""
    if not body:
        raise UnreadableError("the file is empty")
    if len(body) > MAX_BYTES:
        raise UnreadableError(f"the file has {len(body):,} bytes; more than {MAX_BYTES:,} are not read")
    if b"%PDF-" not in body[:1024]:
        is_page = body[:1024].lstrip()[:1] == b"<"
        raise UnreadableError("the file is a web page, not a PDF" if is_page else "the file is not a PDF")
    if b"%%EOF" not in body[-2048:]:
        raise UnreadableError("the file is cut short: a PDF's end marker is missing")


def _reason(error: pypdfium2.PdfiumError) -> str:
    if error.err_code == _FPDF_ERR_PASSWORD:
        return "the PDF is encrypted and asks for a password"
    return _DAMAGED


def _read_all(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    characters = 0
    for number in range(1, len(document) + 1):
        with _open_page(document, number) as (page, text_page):
            count = pdfium.FPDFText_CountChars(text_page)
            text = _read_text(text_page, count)
            characters += len(text)
            if characters > MAX_CHARACTERS:
                raise UnreadableError(f"it holds more than {MAX_CHARACTERS:,} characters of text")
            probe = _Probe(text_page, is_exact=count == len(text))
            measured = (_measure(number, found, probe) for found in _VISUAL_LINE.finditer(text))
            lines = tuple(line for line in measured if line)
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            yield Page(number, width, height, lines)


@contextmanager
def _open_page(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[Any, Any]]:
    """The library's handles of a page and of its text, closed in the order it asks for."""
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        raise UnreadableError(_DAMAGED)
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            raise UnreadableError(_DAMAGED)
        try:
            yield page, text_page
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read_text(text_page: Any, count: int) -> str:
    """A page's text, which is never longer than its characters are many."""
    buffer = (c_ushort * (2 * count + 2))()  # room for twice as much, should a character ever take two
    length = pdfium.FPDFText_GetText(text_page, 0, count, buffer) if count > 0 else 0
    return decode(memoryview(buffer)[: max(length - 1, 0)], "utf-16-le", "ignore")


def _measure(page: int, found: re.Match[str], probe: "_Probe") -> Line | None:
    """A line with its position; None where it is blank."""
    raw = found.group()
    if not raw.strip():
        return None
    start = found.start() + len(raw) - len(raw.lstrip())
    end = found.start() + len(raw.rstrip()) - 1
    glyph = _BULLET.match(raw)
    bullet = glyph is not None and (not glyph.group(1).isalnum() or _is_dingbat(probe.font(start)))
    own = glyph.end() if bullet and glyph else 0
    text_start = min(found.start() + own, end) if own else start
    left, bottom, _, top = probe.box(text_start)
    _, last_bottom, right, last_top = probe.box(end)
    size = probe.size(text_start)
    if raw[own:].lstrip()[:1].isdigit():  # perhaps a note's mark, set smaller than what it stands before
        size = max(size, probe.size(end))
    bold_start = b"Bold" in probe.font(text_start)
    return Line(  # by position: a third of the time that names would take
        page,
        _without_note_marks(raw[own:], found.start() + own, probe),
        probe.box(start)[0] if bullet else left,
        right,
        max(top, last_top),
        min(bottom, last_bottom),
        size,
        bold_start and b"Bold" in probe.font(end),
        bold_start,
        bullet,
    )


def _is_dingbat(font: bytes) -> bool:
    return any(name in font for name in _BULLET_FONTS)


def _without_note_marks(raw: str, offset: int, probe: "_Probe") -> str:
    """The line without superscript digits that point to a footnote."""
    if not _NOTE_MARK.search(raw):
        return raw

    def drop_if_small(mark: re.Match[str]) -> str:
        neighbour = mark.start() - 1 if mark.start() else mark.end() + 1
        beside = probe.size(offset + min(neighbour, len(raw) - 1))
        return "" if probe.size(offset + mark.start()) < 0.8 * beside else mark.group()

    return _NOTE_MARK.sub(drop_if_small, raw)


class _Probe:
    """Answers what one page's characters look like."""

    def __init__(self, text_page: Any, *, is_exact: bool) -> None:
        self._page = text_page
        self._name = create_string_buffer(_LONGEST_FONT_NAME)
        self._box = pdfium.FS_RECTF()
        self._box_reference = byref(self._box)
        # Where PDFium drops a character from the text, its indices of characters run ahead of ours.
        self._exact = is_exact

    def _index(self, position: int) -> int:
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, position))

    def font(self, position: int) -> bytes:
        """The font's name, empty where it has none."""
        index = position if self._exact else self._index(position)
        size = pdfium.FPDFText_GetFontInfo(self._page, index, self._name, _LONGEST_FONT_NAME, None)
        return self._name.value if 0 < size <= _LONGEST_FONT_NAME else b""

    def size(self, position: int) -> float:
        """The character's size in points."""
        index = position if self._exact else self._index(position)
        size = float(pdfium.FPDFText_GetFontSize(self._page, index))
        if size > _UNIT_SIZE:
            return size
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._page, index, byref(matrix))
        return size * hypot(matrix.b, matrix.d)

    def box(self, position: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the character's box, which is as high as its font."""
        index = position if self._exact else self._index(position)
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._box_reference)
        box = self._box
        return box.left, box.bottom, box.right, box.top
