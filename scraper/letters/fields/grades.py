"""Judgements from the cover's table, section headings and headline sentence, checked by each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.letters.fields.kinds import Front
from scraper.letters.text.layout import Sheet
from scraper.letters.text.paragraphs import Block, join_lines
from state import Framework, Grade, Grades, Kind

_GRADE = re.compile(
    r"(?P<outstanding>outstanding)|(?P<requires>requires? improvement)(?: to be good)?|(?P<good>good)"
    r"|(?P<inadequate>inadequate)|(?P<adequate>adequate)|(?P<none>not judged)",
    re.IGNORECASE,
)
_BY_GROUP = {
    "outstanding": Grade.OUTSTANDING,
    "requires": Grade.REQUIRES_IMPROVEMENT,
    "good": Grade.GOOD,
    "inadequate": Grade.INADEQUATE,
    "adequate": Grade.ADEQUATE,
    "none": None,
}
# The order matters: the longer label first.
_LABELS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(label, re.IGNORECASE), name)
    for label, name in (
        (r"overall effectiveness", "overall_effectiveness"),
        (r"(?:the )?impact of leaders on (?:social work )?practice with children and families",
         "impact_of_leaders"),
        (r"leadership(?: and|,) management(?: and governance)?", "impact_of_leaders"),
        (r"(?:the )?(?:experiences and progress of )?children who need help and protection",
         "help_and_protection"),
        (r"(?:the )?(?:graded judge?ment about the )?experiences? and progress of (?:children )?care leavers",
         "care_leavers"),
        (r"(?:the )?experiences and progress of children in care(?: and care leavers)?", "in_care"),
        (r"(?:the )?(?:experiences and progress of )?children looked after and achieving permanence",
         "in_care"),
        (r"(?:the )?graded judge?ment for adoption performance|adoption performance", "adoption"),
    )
)  # fmt: skip
# A label begins a word: where it cannot begin, none of its shapes is tried.
_ANY_LABEL = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(label.pattern for label, _ in _LABELS)})", re.IGNORECASE)
_FEWEST_ROWS = 3
_ROW_NUMBER = re.compile(r"\s*(?:\d(?:\.\d)?[.:)]?\s*)?")
_CELL_BORDER = re.compile(r"[\s.]*")
_BLANK = re.compile(r"[\s.:]*")
_HEADLINE = re.compile(
    r"(?:the overall judgement is|children.s services?\b.{0,80}?\b(?:is|are|requires?))(?!.*\bbecause of\b)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:is that it )?(?:[:–-]|is:?|are:?)?\s*", re.IGNORECASE)
_GRADE_LINE = re.compile(
    r"grade \d \((?P<grade>[a-z ]+)\)|(?:is |are )?(?P<alone>[a-z ]{4,40})", re.IGNORECASE
)
_CORE = ("impact_of_leaders", "help_and_protection", "in_care")


@dataclass(frozen=True, slots=True)
class GradesRead:
    """Grades with the names of those that stand in the document but could not be read."""

    grades: Grades
    not_read: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_grades(sheets: Sequence[Sheet], blocks: Sequence[Block], front: Front) -> GradesRead:
    """The judgements of an inspection report; documents of other kinds have none."""
    if front.kind is not Kind.INSPECTION:
        return GradesRead(Grades())
    table = _read_table(sheets)
    sentences = _read_headings(blocks)
    if front.framework is Framework.SIF:
        table |= _read_headline(blocks)
    found: dict[str, Grade | None] = {}
    warnings: list[str] = []
    for name in Grades.model_fields:
        claims = table.get(name, set()) | sentences.get(name, set())
        if len(claims) > 1:
            claims.discard(Grade.NOT_READ)
        if len(claims) > 1:
            shown = " and ".join(sorted(str(claim) for claim in claims))
            warnings.append(f"The document gives two grades for {name.replace('_', ' ')}: {shown}.")
            found[name] = Grade.NOT_READ
        elif claims:
            found[name] = claims.pop()
    for name in _expected(front.framework, found):
        found.setdefault(name, Grade.NOT_READ)
    missed = tuple(name for name, grade in found.items() if grade is Grade.NOT_READ)
    return GradesRead(Grades(**found), missed, tuple(warnings))


def is_table_row(text: str) -> bool:
    """True for a line that holds nothing but a judgement's label, its grade, or both."""
    position = _skip(_ROW_NUMBER, text, 0)
    label = _match_label(text, position)
    position = _skip(_CELL_BORDER, text, label[1] if label else position)
    grade = _GRADE.match(text, position)
    end = grade.end() if grade else position
    rest = text[end:].strip(" .1234567890").casefold()
    return rest in ("requires", "improvement") or (bool(label or grade) and not rest)


def _expected(framework: Framework, found: dict[str, Grade | None]) -> Sequence[str]:
    """What a report of this framework always judges."""
    if framework is Framework.ILACS:
        return _CORE
    if framework is Framework.SIF and found:
        return (*_CORE, "overall_effectiveness", "care_leavers", "adoption")
    return ()


def _match_label(text: str, position: int) -> tuple[str, int] | None:
    for label, name in _LABELS:
        if found := label.match(text, position):
            return name, found.end()
    return None


def _read_table(sheets: Sequence[Sheet]) -> dict[str, set[Grade | None]]:
    """The longest chain of rows on the first pages; prose has no three labels each with a grade behind it."""
    text = join_lines(line.text for sheet in sheets[:2] for line in sheet.lines)
    chains = [list(_rows(text, start.start())) for start in _ANY_LABEL.finditer(text)]
    longest = max(chains, key=len, default=[])
    rows: dict[str, set[Grade | None]] = {}
    if len(longest) >= _FEWEST_ROWS:
        for name, grade in longest:
            rows.setdefault(name, set()).add(grade)
    return rows


def _rows(text: str, position: int) -> Iterator[tuple[str, Grade | None]]:
    """Label and grade, as long as each row follows straight on the one before."""
    while True:
        position = _skip(_ROW_NUMBER, text, position)
        label = _match_label(text, position)
        if label is None:
            return
        name, position = label
        grade = _GRADE.match(text, _skip(_BLANK, text, position))
        if grade is None:
            yield name, Grade.NOT_READ
            return
        yield name, _BY_GROUP[str(grade.lastgroup)]
        position = _skip(_BLANK, text, grade.end())


def _skip(what: re.Pattern[str], text: str, position: int) -> int:
    """The position behind something that may be there."""
    found = what.match(text, position)
    return found.end() if found else position


def _read_headings(blocks: Sequence[Block]) -> dict[str, set[Grade | None]]:
    """Grades at the end of the section headings, or alone in the line below one."""
    rows: dict[str, set[Grade | None]] = {}
    for index, block in enumerate(blocks):
        if not block.heading:
            continue
        label = _match_label(block.text, 0)
        if label is None:
            continue
        name, position = label
        rest = block.text[_skip(_LINK, block.text, position) :]
        grade = _GRADE.fullmatch(rest.rstrip(" .0123456789"))
        if grade is None and index + 1 < len(blocks):
            below = _GRADE_LINE.fullmatch(blocks[index + 1].text.strip(" ."))
            grade = _GRADE.fullmatch(below["grade"] or below["alone"]) if below else None
        if grade is not None:
            rows.setdefault(name, set()).add(_BY_GROUP[str(grade.lastgroup)])
    return rows


def _read_headline(blocks: Sequence[Block]) -> dict[str, set[Grade | None]]:
    """The overall grade in SIF's sentence: "Children's services in X require improvement to be good"."""
    for block in blocks:
        if block.page > 2:
            break
        text = block.text.rstrip(" .0123456789")
        grades = list(_GRADE.finditer(text))
        if len(text) < 200 and _HEADLINE.match(text) and grades and grades[-1].end() == len(text):
            return {"overall_effectiveness": {_BY_GROUP[str(grades[-1].lastgroup)]}}
    return {}
