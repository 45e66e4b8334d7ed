"""The words messages are made of: dates, ordinals, kinds, judgements, and cutting at sentences. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from state import Grade, Kind, PaceLabel

NOT_READ = "not read"
SUBJECT_LIMIT = 78
"""Characters of a mail's subject that need no folding, and that most phones show."""

KIND_NAMES = {
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.INSPECTION: "inspection",
    Kind.JTAI: "joint area child protection inspection",
    Kind.SEND: "special needs and disabilities inspection",
    Kind.OTHER: "other document",
}
DOCUMENT_NAMES = {
    Kind.MONITORING_VISIT: "monitoring visit letter",
    Kind.FOCUSED_VISIT: "focused visit letter",
    Kind.INSPECTION: "inspection report",
    Kind.JTAI: "joint area child protection report",
    Kind.SEND: "special needs and disabilities report",
    Kind.OTHER: "document",
}
EXPLANATIONS = {
    Kind.MONITORING_VISIT: "Ofsted visits a council whose children’s services it judged inadequate every few "
    "months, and sets out what it found in a letter to the council.",
    Kind.FOCUSED_VISIT: "A focused visit looks at one part of a council’s children’s services between two "
    "inspections. It gives no grade.",
    Kind.INSPECTION: "A full inspection of a council’s children’s services. Grades run from outstanding and "
    "good to requires improvement and inadequate.",
    Kind.JTAI: "Ofsted and the inspectorates of health, police and probation looked together at how children "
    "in the area are protected. Such a report gives no grade.",
    Kind.SEND: "Ofsted and the Care Quality Commission looked at how the area supports children and young "
    "people with special educational needs or disabilities.",
    Kind.OTHER: "Ofsted published this on the council’s page. Letterwatch does not know what sort it is "
    "and passes it on as it stands.",
}
JUDGEMENTS = {
    "overall_effectiveness": "Overall effectiveness",
    "impact_of_leaders": "Leadership",
    "help_and_protection": "Help and protection",
    "in_care": "Children in care",
    "care_leavers": "Care leavers",
    "adoption": "Adoption",
}
PACE_ORDER = (PaceLabel.POOR, PaceLabel.EARLY, PaceLabel.STEADY, PaceLabel.STRONG)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|$)")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|e\.g|i\.e|vs|[A-Z])\.$")


def say_document(kind: Kind) -> str:
    """letter, report or document."""
    return DOCUMENT_NAMES[kind].rpartition(" ")[-1]


def say_date(day: date) -> str:
    """1 November 2019."""
    return f"{day.day} {day:%B %Y}"


def say_dates(first: date | None, last: date | None) -> str | None:
    """9–10 October 2019; 31 July – 1 August 2019; None where neither day is known."""
    first, last = first or last, last or first
    if first is None or last is None:
        return None
    if first == last:
        return say_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{say_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {say_date(last)}"
    return f"{say_date(first)} – {say_date(last)}"


def say_month(value: date | str) -> str:
    """July 2018, from a date or from a letter's "2018-07"; any other text is returned as it is."""
    if isinstance(value, date):
        return f"{value:%B %Y}"
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value)
    return f"{date(int(match[1]), int(match[2]), 1):%B %Y}" if match else value


def say_ordinal(number: int) -> str:
    """third; from the twenty-first on 21st, 22nd …"""
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def say_list(items: Sequence[str]) -> str:
    """A, B and C."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def say_count(count: int, noun: str) -> str:
    """1 letter, 2 letters."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def say_grade(grade: Grade | None) -> str:
    """A grade's word; "no grade" where the document gives none."""
    return grade.value if grade is not None else "no grade"


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def cut(text: str, limit: int) -> str:
    """At most `limit` characters: whole sentences and "…" where possible, else whole words."""
    if len(text) <= limit:
        return text
    room = text[: max(limit - 2, 0)]
    ends = [m.end() for m in _SENTENCE_END.finditer(room) if m.end() < len(room)]
    ends = [end for end in ends if not _ABBREVIATION.search(room[:end])]
    if ends and ends[-1] >= limit // 3:
        return f"{room[: ends[-1]]} …"
    head, space, _ = room.rpartition(" ")
    return f"{head.rstrip(' ,;:–-')} …" if space else "…"


def tidy(text: str) -> str:
    """One line of printable text: white space collapsed; controls, escapes and direction marks taken out."""
    kept = "".join(
        c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())
