"""One document's bytes to a Letter: puts together what the other modules read."""

import hashlib
from collections.abc import Sequence
from datetime import date

from scraper.letters.fields.addressee import find_addressee
from scraper.letters.fields.areas import find_areas
from scraper.letters.fields.authority import (
    FindAuthority,
    find_authority,
    find_in_register,
    judge_authority,
)
from scraper.letters.fields.dates import Span, judge_dates
from scraper.letters.fields.grades import is_table_row, read_grades
from scraper.letters.fields.inspectors import find_lead_inspectors, find_visitors
from scraper.letters.fields.kinds import Front, find_front
from scraper.letters.fields.visits import (
    find_judged_inadequate,
    find_letter_date,
    find_published,
    find_visit,
    find_visit_number,
)
from scraper.letters.findings.pace import find_pace
from scraper.letters.telling.summary import choose_summary
from scraper.letters.text.furniture import Sorted, sort_out
from scraper.letters.text.layout import BODY_SIZE, lay_out
from scraper.letters.text.lines import UnreadableError
from scraper.letters.text.paragraphs import Block, build_blocks
from scraper.letters.text.sections import build_sections, find_opening
from state import Framework, Kind, Letter, Reading

READER_VERSION = 5

_ILACS_BEGAN = date(2018, 1, 1)
_VISITS = (Kind.MONITORING_VISIT, Kind.FOCUSED_VISIT)


def read_document(body: bytes, resolve: FindAuthority = find_in_register) -> Reading:
    """Everything a document says; never raises: where it cannot be read, `unreadable` says why."""
    from scraper.letters.text.pdf import read_pages  # noqa: PLC0415  4 MB, only where documents are read

    try:
        pages = read_pages(body)
    except UnreadableError as error:
        return Reading(unreadable=str(error))
    text = sort_out(lay_out(pages))
    blocks = build_blocks(text.sheets)
    letter = _read_letter(text, blocks, resolve)
    return Reading(letter=letter, text_sha256=_hash(blocks))


def _read_letter(text: Sorted, blocks: Sequence[Block], resolve: FindAuthority) -> Letter:
    front = find_front(blocks)
    sections = build_sections(_body(blocks, front), front.kind, is_letter=front.is_letter)
    opening = find_opening(sections)
    grades = read_grades(text.sheets, blocks, front)
    covers = (text.cover, *text.sheets[1:])
    dated_on = find_letter_date(text.sheets) if front.is_letter else find_published(covers)
    visit = find_visit(front, covers, opening, dated_on)
    is_visit = front.kind in _VISITS
    is_monitoring = front.kind is Kind.MONITORING_VISIT
    pace = find_pace(sections) if is_visit else None
    authority = find_authority(front, blocks, resolve)
    letter = Letter(
        kind=front.kind,
        title=front.title,
        authority=authority,
        framework=_judge_framework(front, visit),
        visited_from_on=visit.first if visit else None,
        visited_to_on=visit.last if visit else None,
        dated_on=dated_on,
        inspectors=_find_inspectors(front, text, opening),
        addressee=find_addressee(text.sheets) if is_visit else None,
        visit_number=find_visit_number(opening) if is_monitoring else None,
        judged_inadequate=find_judged_inadequate(opening) if is_monitoring else None,
        grades=grades.grades,
        areas=find_areas(sections) if is_visit else (),
        pace=pace,
        sections=sections,
        summary=choose_summary(sections, pace, front.kind),
        warnings=(
            *judge_authority(authority),
            *judge_dates(visit, dated_on, text.running),
            *grades.warnings,
        ),
        reader_version=READER_VERSION,
    )
    return letter.model_copy(update={"not_read": (*_not_read(letter, front), *grades.not_read)})


def _judge_framework(front: Front, visit: Span | None) -> Framework:
    """The title's framework, save that monitoring before 2018 followed up single inspections."""
    is_early = front.kind is Kind.MONITORING_VISIT and visit is not None and visit.last < _ILACS_BEGAN
    return Framework.SIF if is_early else front.framework


def _find_inspectors(front: Front, text: Sorted, opening: str) -> tuple[str, ...]:
    if front.kind in _VISITS:
        return find_visitors(opening)
    return () if front.kind is Kind.JTAI else find_lead_inspectors((text.cover, *text.sheets[1:]), front.kind)


def _not_read(letter: Letter, front: Front) -> list[str]:
    """The fields every document of this kind prints and this one was not read for."""
    expected = ["authority"]
    if letter.kind is not Kind.OTHER:
        expected.append("visited_from_on")
    if front.is_letter:
        expected.append("dated_on")
    if letter.kind in _VISITS:
        expected += ["inspectors", "addressee"]
    if letter.kind is Kind.MONITORING_VISIT:
        expected.append("visit_number")
    return [name for name in expected if not getattr(letter, name)]


def _body(blocks: Sequence[Block], front: Front) -> Sequence[Block]:
    """The running text: what stands behind the address or the cover."""
    after = blocks[front.body_starts :]
    if front.is_letter:
        return after
    return [block for block in after if not _is_in_table(block)]


def _is_in_table(block: Block) -> bool:
    """True for rows of the table of judgements; section headings read alike, but are set larger."""
    return block.page <= 3 and block.size < 1.1 * BODY_SIZE and is_table_row(block.text)


def _hash(blocks: Sequence[Block]) -> str:
    """SHA-256 of the text without furniture, so that a reprinted footer changes nothing."""
    text = "\n".join(block.text for block in blocks)
    return hashlib.sha256(text.encode()).hexdigest()
