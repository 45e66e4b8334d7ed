"""One document's bytes to a Letter: puts together what the other modules read."""

import hashlib
from collections.abc import Callable, Sequence

from scraper.letters.furniture import Sorted, sort_out
from scraper.letters.grades import is_table_row, read_grades
from scraper.letters.kinds import Front, find_front
from scraper.letters.layout import lay_out
from scraper.letters.paragraphs import Block, build_blocks
from scraper.letters.pdf import UnreadableError, read_pages
from scraper.letters.sections import build_sections
from state import AuthorityRef, Letter, Reading

READER_VERSION = 1

FindAuthority = Callable[[str], AuthorityRef | None]


def read_document(body: bytes, find_authority: FindAuthority | None = None) -> Reading:
    """Everything a document says; never raises: where it cannot be read, `unreadable` says why."""
    try:
        pages = read_pages(body)
    except UnreadableError as error:
        return Reading(unreadable=str(error))
    text = sort_out(lay_out(pages))
    blocks = build_blocks(text.sheets)
    letter = _read_letter(text, blocks, find_authority)
    return Reading(letter=letter, text_sha256=_hash(blocks))


def _read_letter(text: Sorted, blocks: Sequence[Block], find_authority: FindAuthority | None) -> Letter:  # noqa: ARG001
    front = find_front(blocks)
    sections = build_sections(_body(blocks, front), front.kind, is_letter=front.is_letter)
    grades = read_grades(text.sheets, blocks, front)
    return Letter(
        kind=front.kind,
        title=front.title,
        authority=None,
        framework=front.framework,
        grades=grades.grades,
        sections=sections,
        not_read=grades.not_read,
        warnings=grades.warnings,
        reader_version=READER_VERSION,
    )


def _body(blocks: Sequence[Block], front: Front) -> Sequence[Block]:
    """The running text: what stands behind the address or the cover."""
    after = blocks[front.body_starts :]
    if front.is_letter:
        return after
    return [block for block in after if not (block.page <= 3 and is_table_row(block.text))]


def _hash(blocks: Sequence[Block]) -> str:
    """SHA-256 of the text without furniture, so that a reprinted footer changes nothing."""
    text = "\n".join(block.text for block in blocks)
    return hashlib.sha256(text.encode()).hexdigest()
