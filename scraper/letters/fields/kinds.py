"""What sort of document this is: its title, kind, framework, and whom it is about.

The title decides, never the running text: reports mention focused visits, monitoring visits and JTAIs on
their first pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.letters.text.layout import BODY_SIZE
from scraper.letters.text.paragraphs import GREETING, Block
from scraper.letters.text.sections import judge_heading
from state import Framework, Kind, SectionRole

_SUMMARISES = re.compile(
    r"(?:this letter summarises|this letter sets out|between|following|i am|we are)\b", re.IGNORECASE
)
_TITLE_SHAPES: tuple[tuple[re.Pattern[str], Kind, Framework], ...] = tuple(
    (re.compile(shape, re.IGNORECASE), kind, framework)
    for shape, kind, framework in (
        (r"\bmonitoring visit\b", Kind.MONITORING_VISIT, Framework.ILACS),
        (r"\bfocused (?:assurance )?visit\b|\bassurance visit (?:to|of)\b",
         Kind.FOCUSED_VISIT, Framework.ILACS),
        (r"\barea send\b|\bspecial educational needs\b", Kind.SEND, Framework.SEND),
        (r"\bjoint (?:targeted )?area (?:child protection )?(?:inspection|review)\b",
         Kind.JTAI, Framework.JTAI),
        (r"\bservices for children in need of help and protection\b", Kind.INSPECTION, Framework.SIF),
        (r"\beffectiveness of the (?:.{0,60} )?(?:local )?safeguarding children board\b",
         Kind.OTHER, Framework.SIF),
        (r"\binspection of progress\b", Kind.OTHER, Framework.OTHER),
        (r"\binspection of (?:.{0,80} )?children.?s (?:social care )?services\b",
         Kind.INSPECTION, Framework.ILACS),
        (r"\binspection of (?:looked after children|safeguarding|.{0,40}\bprotection of children)\b",
         Kind.INSPECTION, Framework.OTHER),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Front:
    """The part of a document before its text: address or cover, and the title."""

    title: str
    kind: Kind
    framework: Framework
    is_letter: bool
    body_starts: int  # index of the first block after the title


def find_front(blocks: Sequence[Block]) -> Front:
    """Finds title, kind and framework; `other` where the title is of no known shape."""
    greeting = _find_greeting(blocks)
    if greeting is not None:
        return _letter_front(blocks, greeting)
    return _report_front(blocks)


def _find_greeting(blocks: Sequence[Block]) -> int | None:
    """The index of "Dear …" on the first two pages."""
    for index, block in enumerate(blocks):
        if block.page > 2:
            return None
        if GREETING.fullmatch(block.text):
            return index
    return None


def _letter_front(blocks: Sequence[Block], greeting: int) -> Front:
    """A letter's title is the bold line after the greeting, or what stands before its first sentence."""
    start = greeting + 1
    end = start
    while end < len(blocks) and end < start + 3 and _is_subject(blocks[end], goes_on=end > start):
        end += 1
    title = " ".join(block.text for block in blocks[start:end]) or blocks[greeting].text
    kind, framework = _judge_title(title)
    if kind is Kind.OTHER and end < len(blocks):
        kind, framework = _judge_title(blocks[end].text[:250])
    return Front(title.rstrip(" ."), kind, framework, is_letter=True, body_starts=end)


def _is_subject(block: Block, *, goes_on: bool) -> bool:
    """True for the title; its second line may be as little as "children's services"."""
    if _SUMMARISES.match(block.text):
        return False
    if goes_on and block.heading and block.text[:1].islower():
        return True
    is_line = block.heading or (len(block.text) < 140 and not block.text.endswith("."))
    return is_line and _judge_title(block.text)[0] is not Kind.OTHER


def _report_front(blocks: Sequence[Block]) -> Front:
    """A report's title stands on its cover in large or bold type, after the authority's name."""
    cover: list[Block] = []
    for block in blocks:
        if block.page > 1 or (cover and _is_sentence(block)):
            break
        cover.append(block)
    while cover and cover[-1].heading and judge_heading(cover[-1].text) is not SectionRole.OTHER:
        cover.pop()
    shown = [block for block in cover if block.heading or block.size > 1.1 * BODY_SIZE]
    title = _find_title(shown) or _find_title(cover) or " ".join(block.text for block in shown[:2])
    title = title or (blocks[0].text[:200] if blocks else "")
    kind, framework = _judge_title(title)
    body_starts = 0 if kind is Kind.OTHER else len(cover)  # of an unknown layout nothing is left out
    return Front(title, kind, framework, is_letter=False, body_starts=body_starts)


def _find_title(blocks: Sequence[Block]) -> str | None:
    """The first block, or two blocks in a row, that name a known kind of document."""
    for start in range(len(blocks)):
        for end in (start + 1, start + 2):
            title = " ".join(block.text for block in blocks[start:end])
            if _judge_title(title) != _judge_title(""):
                return title
    return None


def _is_sentence(block: Block) -> bool:
    return not block.heading and len(block.text) > 80 and block.text.endswith(".")


def _judge_title(title: str) -> tuple[Kind, Framework]:
    for shape, kind, framework in _TITLE_SHAPES:
        if shape.search(title):
            return kind, framework
    return Kind.OTHER, Framework.OTHER
