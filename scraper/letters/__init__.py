"""Letters: bytes of a PDF in, a Letter out. The room's public face."""

from scraper.letters.process import LetterReader
from scraper.letters.reading import READER_VERSION, read_document

__all__ = ["READER_VERSION", "LetterReader", "read_document"]
