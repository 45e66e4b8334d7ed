"""How the page words what it shows: British dates, London times, plain names for the field's own."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from letterwatch.plain_words import LONDON
from state import FindingRole, Grade, Kind, Move, PaceLabel, SectionRole, SummaryRole

KINDS: Mapping[str, str] = {
    Kind.MONITORING_VISIT: "Monitoring visit",
    Kind.FOCUSED_VISIT: "Focused visit",
    Kind.INSPECTION: "Inspection",
    Kind.JTAI: "Joint inspection",
    Kind.SEND: "SEND inspection",
    Kind.OTHER: "Other",
}
PACES: Mapping[str, str] = {
    PaceLabel.STRONG: "Strong",
    PaceLabel.STEADY: "Steady",
    PaceLabel.EARLY: "Early",
    PaceLabel.POOR: "Poor",
}
GRADES: Mapping[str, str] = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.REQUIRES_IMPROVEMENT: "Requires improvement",
    Grade.ADEQUATE: "Adequate",
    Grade.INADEQUATE: "Inadequate",
    Grade.NOT_READ: "Not read",
}
JUDGEMENTS: Mapping[str, str] = {
    "overall_effectiveness": "Overall effectiveness",
    "impact_of_leaders": "Impact of leaders",
    "help_and_protection": "Help and protection",
    "in_care": "Children in care",
    "care_leavers": "Care leavers",
    "adoption": "Adoption",
}
SHORT_JUDGEMENTS: Mapping[str, str] = {
    "overall_effectiveness": "Overall",
    "impact_of_leaders": "Leaders",
    "help_and_protection": "Protection",
    "in_care": "In care",
    "care_leavers": "Care leavers",
    "adoption": "Adoption",
}
ROLES: Mapping[str, str] = {
    FindingRole.STRENGTH: "Strength",
    FindingRole.CONCERN: "Concern",
    FindingRole.MIXED: "Mixed",
    FindingRole.NEUTRAL: "Neutral",
}
SUMMARY: Mapping[str, str] = {
    SummaryRole.GRADE: "The judgement",
    SummaryRole.PACE: "Pace of progress",
    SummaryRole.STRENGTH: "What improved or works",
    SummaryRole.CONCERN: "What falls short",
    SummaryRole.NEXT: "What must happen",
}
MOVES: Mapping[str, str] = {
    Move.TO_CONCERN: "Turned to concern",
    Move.TO_STRENGTH: "Turned to strength",
    Move.CONCERN_REPEATED: "Concern repeated",
    Move.CONCERN_NEW: "New concern",
    Move.STRENGTH_NEW: "New strength",
    Move.NO_LONGER_MENTIONED: "No longer mentioned",
    Move.STRENGTH_REPEATED: "Strength repeated",
}
SECTIONS: Mapping[str, str] = {
    SectionRole.HEADLINE: "Opening",
    SectionRole.AREAS: "Areas covered",
    SectionRole.IMPROVE: "What needs to improve",
    SectionRole.PRIORITY: "Areas for priority action",
    SectionRole.FINDINGS: "Findings",
    SectionRole.HELP_AND_PROTECTION: "Help and protection",
    SectionRole.IN_CARE: "Children in care",
    SectionRole.CARE_LEAVERS: "Care leavers",
    SectionRole.LEADERS: "Leaders",
    SectionRole.NEXT_STEPS: "Next steps",
    SectionRole.CLOSING: "Closing",
    SectionRole.OTHER: "Letterhead and other text",
}


def say_day(day: date | None) -> str:
    """1 November 2019; nothing for None."""
    return f"{day:%-d %B %Y}" if day else ""


def say_days(first: date | None, last: date | None) -> str:
    """9 to 10 October 2019, as short as it stays clear."""
    if not first or not last or first == last:
        return say_day(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {say_day(last)}"
    if first.year == last.year:
        return f"{first:%-d %B} to {say_day(last)}"
    return f"{say_day(first)} to {say_day(last)}"


def say_moment(moment: datetime | None) -> str:
    """1 November 2019, 09:00, London time; nothing for None."""
    return f"{moment.astimezone(LONDON):%-d %B %Y, %H:%M}" if moment else ""


def say_month(month: str) -> str:
    """June 2018, from 2018-06 as letters are filed; anything else as it stands."""
    try:
        return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
    except ValueError:
        return month


def say_number(number: int, thing: str, things: str) -> str:
    """1 letter, 2,000 letters."""
    return f"{number:,} {thing if number == 1 else things}"


def say_size(size: int) -> str:
    """Bytes as people say them: 182 KB, 1.3 MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def say_plain(value: object) -> str:
    """A word of ours as people write it: 'focused_visit' is 'focused visit'."""
    return str(value).replace("_", " ")


def find_link(url: str | None) -> str:
    """An address that may be followed; nothing for anything but http and https."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:
        return ""
    return url if url and scheme in {"http", "https"} else ""
