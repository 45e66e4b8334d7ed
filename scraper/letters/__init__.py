"""Letters: bytes of a PDF in, a Letter out; two letters in, what moved. The room's public face."""

from scraper.letters.findings.listing import find_findings
from scraper.letters.process import LetterReader, ReaderError
from scraper.letters.reading import READER_VERSION, read_document
from scraper.letters.telling.comparison import compare_letters
from scraper.letters.telling.versions import compare_versions

__all__ = [
    "READER_VERSION",
    "LetterReader",
    "ReaderError",
    "compare_letters",
    "compare_versions",
    "find_findings",
    "read_document",
]
