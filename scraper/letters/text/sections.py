"""Blocks to sections: each heading with its paragraphs and the part it plays."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scraper.letters.text.paragraphs import Block
from state import Kind, Paragraph, Section, SectionRole

_ROLES: tuple[tuple[re.Pattern[str], SectionRole], ...] = tuple(
    (re.compile(shape, re.IGNORECASE), role)
    for shape, role in (
        (r"overview$|headline findings$|executive summary$|summary of (key |the )?findings$"
         r"|inspection outcome$|(the )?summary$", SectionRole.HEADLINE),
        (r"areas covered by (the|this) (monitoring )?visit$", SectionRole.AREAS),
        (r"(areas? for )?priority (and immediate )?actions?$|areas? for (immediate and )?priority action$",
         SectionRole.PRIORITY),
        (r"what (needs?|do|does|should|must)\b.{0,60}\b(improve|improved|do better)"
         r"( in this area of (social work )?practice)?$"
         r"|areas? for (development|improvement)$|recommendations?$",
         SectionRole.IMPROVE),
        (r"(main |key |detailed |inspection )?findings( and evaluation of progress)?$"
         r"|evaluation of progress$|(key |areas? of )?strengths?$", SectionRole.FINDINGS),
        (r"next steps$", SectionRole.NEXT_STEPS),
        (r"what is it like to be a child\b|what is the area partnership doing that is effective$",
         SectionRole.FINDINGS),
        (r"(the )?(graded judge?ment about the )?experiences? and progress of (children )?care leavers\b",
         SectionRole.CARE_LEAVERS),
        (r"(the )?(experiences and progress of )?children (who need|in need of) help and protection\b",
         SectionRole.HELP_AND_PROTECTION),
        (r"(the )?experiences and progress of (children (in care|looked after)|looked after children)\b"
         r"|children looked after and achieving permanence\b", SectionRole.IN_CARE),
        (r"(the )?impact of leaders\b|leadership, management and governance\b|leadership and management\b",
         SectionRole.LEADERS),
    )
)  # fmt: skip
_CLOSING = re.compile(
    r"yours? sincerely|yours faithfully|ofsted will (take|publish|share|consider)\b|i am copying this letter"
    r"|this letter (has been|is being|will be) copied|a copy of this letter|this letter will be published"
    r"|thank you (and|to) your staff|we have notified the department|i have notified the department",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"this letter summarises|the (monitoring )?visit was the|this was (the|your)\b.{0,30}\bmonitoring visit"
    r"|(her|his) majesty.s (chief )?inspectors?\b|the (lead )?inspectors? (were|was|for)\b"
    r"|(the|this) (monitoring |focused )?visit was (carried out|conducted)"
    r"|between \d|this letter (to|sets)|this (joint targeted area )?(inspection|jtai)\b|the inspectorates\b",
    re.IGNORECASE,
)
_AREAS = re.compile(
    r"(during (this|the) (monitoring )?visit, )?"
    r"inspectors (looked at|considered|evaluated|reviewed|focused|also)\b"
    r"|the focus of (this|the) (monitoring )?visit|(this|the) visit (looked at|considered|focused)"
    r"|throughout this letter|.*\ba range of evidence\b|.*\bframework\b",
    re.IGNORECASE,
)
_JUDGED = (
    SectionRole.HELP_AND_PROTECTION,
    SectionRole.IN_CARE,
    SectionRole.CARE_LEAVERS,
    SectionRole.LEADERS,
)
# "The impact of leaders … requires improvement to be good.": a heading set as a plain sentence.
_GRADED_LINE = re.compile(
    r"the (?:experiences and progress|impact) of [^.,;:]{5,90}"
    r" (?:requires? improvement to be good|(?:is|are) (?:inadequate|good|outstanding))\.?",
    re.IGNORECASE,
)
# One child's story is no finding on a service.
_STUDY = re.compile(r"(?:case|practice) stud(?:y|ies)\b", re.IGNORECASE)
_BOARD = re.compile(r"safeguarding children board|\blscb\b", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    role: SectionRole
    heading: str | None
    page: int
    size: float
    paragraphs: list[Paragraph] = field(default_factory=list)


def build_sections(blocks: Sequence[Block], kind: Kind, *, is_letter: bool) -> tuple[Section, ...]:
    """Sections of the text after the title; `blocks` holds no cover and no address."""
    drafts: list[_Draft] = []
    for block in blocks:
        _place(block, drafts, kind, is_letter)
    return tuple(
        Section(role=draft.role, heading=draft.heading, page=draft.page, paragraphs=tuple(draft.paragraphs))
        for draft in drafts
    )


def judge_heading(text: str) -> SectionRole:
    """The part a section plays by its heading alone."""
    plain = text.strip(" .:?").replace("’", "'")
    for shape, role in _ROLES:
        if shape.match(plain):
            return role
    return SectionRole.OTHER


def is_section_heading(block: Block) -> bool:
    """True for a bold heading, and for a plain line that is one of the known headings and nothing else."""
    if block.heading:
        return True
    if block.number is None and not block.bullet and _GRADED_LINE.fullmatch(block.text):
        return judge_heading(block.text) in _JUDGED
    is_line = not block.bullet and block.number is None and len(block.text) < 80 and block.text[-1] != "."
    return is_line and judge_heading(block.text) is not SectionRole.OTHER


def _place(block: Block, drafts: list[_Draft], kind: Kind, is_letter: bool) -> None:
    if drafts and drafts[-1].role is SectionRole.CLOSING and is_letter:
        drafts[-1].paragraphs.append(_paragraph(block))
        return
    if is_section_heading(block):
        drafts.append(_Draft(_role_of(block, drafts), block.text, block.page, block.size))
        return
    role = _role_without_heading(block, drafts, kind, is_letter)
    if role is not None:
        drafts.append(_Draft(role, None, block.page, block.size))
    drafts[-1].paragraphs.append(_paragraph(block))


def _paragraph(block: Block) -> Paragraph:
    return Paragraph(
        number=block.number,
        page=block.page,
        bullet=block.bullet,
        text=block.text,
        next_page_at=block.next_page_at,
    )


def _role_of(block: Block, drafts: Sequence[_Draft]) -> SectionRole:
    """A heading's role; a smaller or unknown one inside the findings belongs to them."""
    role = judge_heading(block.text)
    if any(draft.heading and _BOARD.search(draft.heading) for draft in drafts) or _BOARD.search(block.text):
        return SectionRole.OTHER  # the second part of a single inspection's report is about another body
    above = next((draft for draft in reversed(drafts) if not _STUDY.match(draft.heading or "")), None)
    if above is None or _STUDY.match(block.text):
        return role
    if above.role in _JUDGED and role in (SectionRole.HEADLINE, SectionRole.FINDINGS):
        return above.role
    if role is SectionRole.HEADLINE and any(
        draft.role in (SectionRole.IMPROVE, SectionRole.FINDINGS) for draft in drafts
    ):
        return SectionRole.FINDINGS
    if role is SectionRole.OTHER and not above.paragraphs:
        return above.role
    is_below = block.size < above.size + 0.5 and above.role in (*_JUDGED, SectionRole.FINDINGS)
    return above.role if is_below and role is SectionRole.OTHER else role


def _role_without_heading(
    block: Block, drafts: Sequence[_Draft], kind: Kind, is_letter: bool
) -> SectionRole | None:
    """The role of a section that opens here without a heading, None where the paragraph just goes on."""
    if is_letter and _CLOSING.match(block.text):
        return SectionRole.CLOSING
    if drafts and drafts[-1].heading is not None:
        return None
    role = _unheaded_role(block, drafts, kind, is_letter)
    return role if not drafts or drafts[-1].role is not role else None


def _unheaded_role(block: Block, drafts: Sequence[_Draft], kind: Kind, is_letter: bool) -> SectionRole:
    """Before the first heading: a letter's opening, its areas, or what it leads with."""
    if not is_letter:
        return SectionRole.HEADLINE
    if _OPENING.match(block.text) or not drafts:
        return SectionRole.OTHER
    if kind in (Kind.MONITORING_VISIT, Kind.JTAI) and not _AREAS.match(block.text):
        return SectionRole.HEADLINE
    if drafts[-1].role is SectionRole.OTHER and not _AREAS.match(block.text):
        return SectionRole.OTHER
    return SectionRole.AREAS


def find_opening(sections: Sequence[Section]) -> str:
    """The text before the first heading, a paragraph a line."""
    unheaded = itertools.takewhile(lambda section: section.heading is None, sections)
    return "\n".join(paragraph.text for section in unheaded for paragraph in section.paragraphs)
