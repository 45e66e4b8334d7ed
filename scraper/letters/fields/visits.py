"""When the inspectors came, the how many-eth visit it was, and since when the authority is inadequate."""

import re
from collections.abc import Sequence
from datetime import date

from scraper.letters.fields.dates import Span, find_date, find_full_span, find_month, find_spans
from scraper.letters.fields.kinds import Front
from scraper.letters.text.layout import Sheet
from scraper.letters.text.paragraphs import GREETING
from state import Kind

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th))"
    r"(?: (?:and (?:final|last)|published|ofsted|ilacs|formal))* monitoring visit\b",
    re.IGNORECASE,
)
_INADEQUATE = re.compile(
    r"\b(?:judged|found|graded)(?: \w+){0,8} inadequate\b(?P<after>.{0,80})", re.IGNORECASE
)
_DATES_LABEL = re.compile(r"inspection dates?\s*:?\s*(?P<value>.*)", re.IGNORECASE)
_PUBLISHED_LABEL = re.compile(
    r"(?:report |date )?(?:originally )?(?:published|publication)(?: on| date)?\s*:?\s*(?P<value>.*)",
    re.IGNORECASE,
)
_VISIT_SENTENCE = re.compile(r"summarises the findings|\bvisit\b|\binspection\b", re.IGNORECASE)


def find_letter_date(sheets: Sequence[Sheet]) -> date | None:
    """The date in the letter's head, above or below the address."""
    for line in sheets[0].lines if sheets else ():
        if GREETING.fullmatch(line.text.strip()):
            return None
        dated_on = find_date(line.text)
        if dated_on is not None:
            return dated_on
    return None


def find_published(sheets: Sequence[Sheet]) -> date | None:
    """The publication date on a report's cover, where one is printed."""
    for line in sheets[0].lines if sheets else ():
        label = _PUBLISHED_LABEL.match(line.text.strip())
        if label and (published_on := find_date(label["value"])):
            return published_on
    return None


def find_visit(front: Front, sheets: Sequence[Sheet], opening: str, dated_on: date | None) -> Span | None:
    """First and last day of the visit, from the opening of a letter or the cover of a report."""
    if front.is_letter:
        return _find_in_opening(opening, dated_on)
    span = _find_on_cover(sheets, dated_on)
    is_in_opening = span is None and front.kind in (Kind.JTAI, Kind.SEND)
    return _find_in_opening(opening, dated_on) if is_in_opening else span


def find_visit_number(opening: str) -> int | None:
    """3 for "the third monitoring visit"; taken from the letter, never counted."""
    found = _ORDINAL.search(opening)
    if found is None:
        return None
    return int(found["digits"]) if found["digits"] else _ORDINALS.index(found["word"].casefold()) + 1


def find_judged_inadequate(opening: str) -> str | None:
    """The month of the judgement that monitoring follows, as YYYY-MM."""
    for found in _INADEQUATE.finditer(opening):
        since = opening.rfind("since", 0, found.start())  # "since the inspection in May 2018, when …"
        month = find_month(found["after"]) or (
            find_month(opening[since : found.start()]) if since >= 0 else None
        )
        if month is not None:
            return month
    return None


def _find_in_opening(opening: str, dated_on: date | None) -> Span | None:
    paragraphs = [text for text in opening.split("\n") if _VISIT_SENTENCE.search(text)]
    paragraphs.sort(key=lambda text: "summarises the findings" not in text)
    for text in paragraphs:
        span = next(find_spans(text, dated_on), None)
        if span is not None:
            return span
    return None


def _find_on_cover(sheets: Sequence[Sheet], dated_on: date | None) -> Span | None:
    for sheet in sheets[:2]:
        for index, line in enumerate(sheet.lines):
            label = _DATES_LABEL.match(line.text.strip())
            if label is None:
                continue
            following = sheet.lines[index + 1].text if index + 1 < len(sheet.lines) else ""
            value = label["value"]
            if not value or value.rstrip().endswith((" and", " to", "-", "–", ",")):
                value = f"{value} {following}"
            span = find_full_span(value, dated_on)
            if span is not None:
                return span
    return None
