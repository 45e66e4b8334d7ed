"""Untrusted bytes to a tree, and the little that every page parser reads from one."""

import re
from datetime import date

from bs4 import BeautifulSoup, Tag

MAX_PAGE = 2_000_000  # bytes; real pages have about 66,000
MAX_TAGS = 50_000  # real pages have about 3,000
MAX_TEXT = 500  # characters of a title or name

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DATE = re.compile(r"\b(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})\b", re.ASCII)


class PageBroken(ValueError):  # noqa: N818 - a verdict on the page, not a fault of ours
    """The page is not what it should be; `cause` says so in one line."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def parse_markup(body: bytes) -> BeautifulSoup:
    """The tree of an HTML page, however hostile; raises PageBroken where it cannot be one."""
    if len(body) > MAX_PAGE:
        raise PageBroken(f"the page has {len(body):,} bytes, more than {MAX_PAGE:,}")
    text = _decode(body).replace("\x00", "")
    if text.count("<") > MAX_TAGS:
        raise PageBroken(f"the page has more than {MAX_TAGS:,} tags")
    start = text[:2000].lower()
    if "<" not in text or (start.lstrip().startswith("<?xml") and "<html" not in start):
        raise PageBroken("the server sent something else than a web page")
    return BeautifulSoup(text, "lxml")


def get_text(tag: Tag) -> str:
    """The text of an element on one line, without characters that nobody sees, cut at 500."""
    text = " ".join(tag.get_text().split())
    if not text.isprintable():  # what a terminal, a table or a reader would obey; what no letter is
        text = " ".join("".join(letter for letter in text if letter.isprintable()).split())
    return text[:MAX_TEXT]


def get_attribute(tag: Tag, name: str) -> str:
    """An attribute's text without surrounding space; empty where it is missing."""
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


def find_date(text: str) -> date | None:
    """The last "1 November 2019" in a text; None where there is none or no such day."""
    for day, month, year in reversed(_DATE.findall(text)):
        number = _find_month(month.casefold())
        if number is not None:
            try:
                return date(int(year), number, int(day))
            except ValueError:
                continue
    return None


def _find_month(word: str) -> int | None:
    for number, month in enumerate(_MONTHS, start=1):
        if word in (month, month[:3]):
            return number
    return None


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("windows-1252", errors="replace")
