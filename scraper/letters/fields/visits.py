"""When the inspectors came, the how many-eth visit it was, and since when the authority is inadequate."""

import re
from collections.abc import Sequence
from datetime import date

from scraper.letters.fields.dates import MONTH, Span, find_date, find_full_span, find_month, find_spans
from scraper.letters.fields.kinds import Front
from scraper.letters.text.layout import Sheet
from scraper.letters.text.paragraphs import GREETING
from state import Kind

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip
_NTH = rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th))"
_FURTHER = r"(?:,? \(?(?:and (?:final|last)|published|ofsted|ilacs|formal)\)?,?)*"
_THIS_WAS = (
    r"\b(?:this|it|(?:the|this)(?: monitoring)? visit|which) (?:was|is)"
    r" (?:the|your|its|the [\w ]{1,30}[’']s) "
)
# The surest first: what the letter says of itself, what its opening calls the visit, any visit that is named.
_ORDINALS_OF_VISIT = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_THIS_WAS}{_NTH}{_FURTHER} monitoring visit\b",
        rf"{_THIS_WAS}{_NTH}"
        r"(?: visit(?: (?:to|of) [^,.]{3,60}?)?"
        r"| (?:of|in) (?:the|a|its|your) (?:series of )?monitoring visits)?"
        r"(?=,? (?:since|following|after)\b)",
        rf"findings of (?:the|your|its) {_NTH}{_FURTHER} monitoring visit\b",
        rf"{_NTH}{_FURTHER} monitoring visit\b"
        r"|(?<=, the )(?:(?P<word2>" + "|".join(_ORDINALS) + r"))(?= since then\b)",
    )
)
_INADEQUATE = re.compile(
    r"\b(?:(?:judged|found|graded|rated)(?: [\w’']+){0,8} inadequate"
    r"|(?:received|given) an inadequate judge?ment)\b"
    r"(?P<after>[^.]{0,80})",
    re.IGNORECASE,
)
_JUDGED_AT = re.compile(r"\b(?:since|inspection)\b", re.IGNORECASE)
_DATES_LABEL = re.compile(r"inspection dates?\s*:?\s*(?P<value>.*)", re.IGNORECASE)
# The rest of a date that was broken over two lines.
_GOES_ON = re.compile(rf"\s*(?:and |to |[–-]|(?:19|20)\d\d\b|{MONTH} (?:19|20)\d\d\b)", re.IGNORECASE)
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
    """3 for "the third monitoring visit"; never counted; None where several are named."""
    for shape in _ORDINALS_OF_VISIT:
        numbers = {_number(found) for found in shape.finditer(opening)}
        if numbers:
            return numbers.pop() if len(numbers) == 1 else None
    return None


def find_judged_inadequate(opening: str) -> str | None:
    """The month of the judgement that monitoring follows, as YYYY-MM."""
    for found in _INADEQUATE.finditer(opening):
        month = find_month(found["after"]) or _find_month_before(opening, found.start())
        if month is not None:
            return month
    return None


def _find_month_before(opening: str, at: int) -> str | None:
    """ "Since the inspection in May 2018, when …": the month behind the sentence's last inspection."""
    sentence = opening[max(opening.rfind(". ", 0, at), opening.rfind("\n", 0, at)) + 1 : at]
    names = [name.start() for name in _JUDGED_AT.finditer(sentence)]
    return find_month(sentence[names[-1] :]) if names else None


def _number(found: re.Match[str]) -> int:
    groups = found.groupdict()
    word = groups["word"] or groups.get("word2")
    return _ORDINALS.index(word.casefold()) + 1 if word else int(groups["digits"])


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
            is_open = not value or value.rstrip().endswith((" and", " to", "-", "–", ","))
            if is_open or _GOES_ON.match(following):
                value = f"{value} {following}"
            span = find_full_span(value, dated_on)
            if span is not None:
                return span
    return None
