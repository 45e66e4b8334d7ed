"""A letter and a comparison as a person reads them; colours on a terminal, plain text in a pipe."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from letterwatch.plain_words import as_words, clean
from scraper.letters import find_findings
from state import (
    Comparison,
    Excerpt,
    Finding,
    FindingRole,
    Letter,
    LetterRef,
    Move,
    Quotation,
    SectionRole,
    SummaryRole,
)

_HEADINGS = {
    SummaryRole.GRADE: "The judgement",
    SummaryRole.STRENGTH: "What improved or works",
    SummaryRole.CONCERN: "What falls short",
    SummaryRole.NEXT: "What must happen",
}
_STYLES: dict[str, str] = {
    SummaryRole.STRENGTH: "green",
    SummaryRole.CONCERN: "yellow",
    FindingRole.MIXED: "magenta",
    FindingRole.NEUTRAL: "dim",
}
_DUTIES = (SectionRole.PRIORITY, SectionRole.IMPROVE)


def print_letter(console: Console, letter: Letter, *, explain: bool) -> None:
    """Prints what a letter says; `explain` adds every finding with the words its role rests on."""
    lines = [*_render_facts(letter), *_render_summary(letter), *_render_duties(letter)]
    if explain:
        lines += [Text("\nEvery finding", "bold"), *map(_render_finding, find_findings(letter.sections))]
    _print(console, lines)


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Prints what moved, the gravest first."""
    _print(console, _render_comparison(comparison))


def _print(console: Console, lines: Iterable[Text]) -> None:
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal, highlight=False)


def _render_facts(letter: Letter) -> Iterator[Text]:
    yield Text(clean(letter.title), "bold")
    visited = [as_words(day) for day in (letter.visited_from_on, letter.visited_to_on) if day]
    grades = (f"{name}: {grade}" for name, grade in letter.grades.given().items())
    facts = {
        "Authority": letter.authority.name if letter.authority else "",
        "Kind": as_words(letter.kind),
        "Visit": f"number {letter.visit_number}" if letter.visit_number else "",
        "Visited": " to ".join(dict.fromkeys(visited)),
        "Dated": as_words(letter.dated_on),
        "Inspectors": ", ".join(letter.inspectors),
        "To": ", ".join(filter(None, (letter.addressee.name, letter.addressee.post)))
        if letter.addressee
        else "",
        "Judged inadequate": letter.judged_inadequate or "",
        "Grades": "; ".join(grades).replace("_", " ") or "none given",
        "Looked at": "; ".join(letter.areas),
        "Not read": ", ".join(letter.not_read),
        "Warnings": "; ".join(letter.warnings),
    }
    for name, value in facts.items():
        if value:
            yield Text.assemble((f"{name}: ", "dim"), clean(value))


def _render_summary(letter: Letter) -> Iterator[Text]:
    told: SummaryRole | None = None
    for place, quotation in enumerate(letter.summary):
        if quotation.role is not told:
            told = quotation.role
            pace = letter.pace and f"Pace of progress: {letter.pace.label}"
            heading = (
                pace
                if told is SummaryRole.PACE
                else _HEADINGS[told]
                if place or told is SummaryRole.GRADE
                else ""
            )
            yield Text(f"\n{heading or 'What the report says first'}", "bold")
        yield _render_quotation(quotation)


def _render_quotation(quotation: Quotation) -> Text:
    themes = f"  [{', '.join(quotation.themes)}]" if quotation.themes else ""
    return _render_quote(quotation.quote, quotation.page, _STYLES.get(quotation.role, ""), themes)


def _render_quote(quote: str, page: int, style: str = "", remark: str = "") -> Text:
    goes_on = "… " if quote[:1].islower() else ""  # a list's item, which ends the sentence above the list
    return Text.assemble("  ", goes_on, (f"“{clean(quote)}”", style), (f"  page {page}{remark}", "dim"))


def _render_duties(letter: Letter) -> Iterator[Text]:
    """The letter's own list of what needs to improve, whole."""
    for section in letter.sections:
        if section.role in _DUTIES:
            yield Text(f"\n{clean(section.heading or 'What needs to improve')}", "bold")
            for paragraph in section.paragraphs:
                yield Text.assemble(f"  - {clean(paragraph.text)}", (f"  page {paragraph.page}", "dim"))


def _render_finding(finding: Finding) -> Text:
    place = f"page {finding.page}" + (f", paragraph {finding.paragraph}" if finding.paragraph else "")
    why = "; ".join(filter(None, (finding.because, ", ".join(finding.themes))))
    style = _STYLES.get(finding.role, "")
    return Text.assemble((f"{finding.role:9}", style), clean(finding.text), (f"  {place}  ({why})", "dim"))


def _render_comparison(comparison: Comparison) -> Iterator[Text]:
    yield from (_render_reference("Older", comparison.old), _render_reference("Newer", comparison.new))
    for note in comparison.notes:
        yield Text(f"Note: {clean(note)}", "yellow")
    for change in comparison.grade_changes:
        yield Text(
            f"Judgement {change.judgement.replace('_', ' ')}: {change.before} -> {change.after}", "bold"
        )
    told: Move | None = None
    for move in comparison.moves:
        if move.move is not told:
            told = move.move
            yield Text(f"\n{told.capitalize()}", "bold")
        yield Text(f" {move.theme}", "bold dim")
        yield from _render_sides(move.before, move.after)
    if comparison.carried_over:
        yield Text("\nRecommended again", "bold")
    for carried in comparison.carried_over:
        yield from _render_sides(carried.before, carried.after)


def _render_reference(name: str, letter: LetterRef) -> Text:
    authority = letter.authority.name if letter.authority else "authority not read"
    pace = f", pace {letter.pace.label}" if letter.pace else ""
    parts = (clean(letter.title), clean(authority), as_words(letter.dated_on))
    return Text.assemble((f"{name}: ", "dim"), ", ".join(filter(None, parts)) + pace)


def _render_sides(before: Excerpt | None, after: Excerpt | None) -> Iterator[Text]:
    for name, excerpt in (("then", before), ("now ", after)):
        if excerpt:
            yield Text.assemble(
                (f"  {name}", "dim"),
                _render_quote(excerpt.quote, excerpt.page, _STYLES.get(excerpt.role, "")),
            )
