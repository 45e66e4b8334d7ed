"""The accuracy gate: every field of the corpus right, wrong or not read; fails below the pinned floors.

`python -m benchmarks.reading [--misses] [--raise-floors]`
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import TruthRow, find_corpus, list_documents
from benchmarks.floors import find_shortfalls, load_floors, raise_floors
from scraper.letters import read_document
from state import Grade, Grades, Kind, Letter, Section, SectionRole

LETTERS = (Kind.MONITORING_VISIT, Kind.FOCUSED_VISIT)
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ")


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    NOT_READ = "not read"


@dataclass
class Score:
    """Verdicts by field and by (kind, era), and the misses in words."""

    by_field: dict[str, Counter[Verdict]] = field(default_factory=dict)
    by_era: dict[str, Counter[Verdict]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def note(self, row: TruthRow, name: str, verdict: Verdict, got: str) -> None:
        era = f"{row['kind']}, {row['era']}" if row["era"] else row["kind"]
        self.by_field.setdefault(name, Counter())[verdict] += 1
        self.by_era.setdefault(era, Counter())[verdict] += 1
        if verdict is not Verdict.RIGHT:
            self.misses.append(f"{row['file']}: {name} is {verdict}: {got!r}, printed {row.get(name, '')!r}")


def measure() -> Score:
    """Reads the whole corpus in this process and compares field by field."""
    score = Score()
    for row, body in list_documents(find_corpus()):
        reading = read_document(body)
        if reading.letter is None:
            is_document = row["kind"] in tuple(Kind)
            verdict = Verdict.NOT_READ if is_document else Verdict.RIGHT
            score.note(row, "kind", verdict, reading.unreadable or "")
            continue
        for name, got, want in _compare(reading.letter, row):
            score.note(row, name, _judge(name, got, want), got)
    return score


def _judge(name: str, got: str, want: str) -> Verdict:
    if got == want:
        return Verdict.RIGHT
    is_blank = not got and not name.endswith("_count")
    return Verdict.NOT_READ if is_blank or got == Grade.NOT_READ else Verdict.WRONG


def _compare(letter: Letter, row: TruthRow) -> Iterator[tuple[str, str, str]]:
    """Field, what was read, what is printed; only fields that the kind of document has."""
    yield "kind", letter.kind, row["kind"]
    yield "framework", letter.framework, row["framework"]
    yield "authority", (letter.authority.urn if letter.authority else None) or "", row["urn"]
    for name in ("visited_from_on", "visited_to_on", "dated_on"):
        yield name, str(getattr(letter, name) or ""), row[name]
    if row["kind"] == Kind.INSPECTION:
        for name in Grades.model_fields:
            yield name, str(getattr(letter.grades, name) or ""), row[name]
    yield "inspectors", ";".join(letter.inspectors), row["inspectors"]
    if row["kind"] in LETTERS:
        yield from _compare_letter(letter, row)


def _compare_letter(letter: Letter, row: TruthRow) -> Iterator[tuple[str, str, str]]:
    name = letter.addressee.name if letter.addressee else ""
    yield "addressee", _HONORIFIC.sub("", name), _HONORIFIC.sub("", row["addressee"])
    headline = next((s for s in letter.sections if s.role is SectionRole.HEADLINE and s.heading), None)
    yield "headline_heading", (headline.heading or "") if headline else "none", row["headline_heading"]
    words = " ".join(p.text for p in headline.paragraphs).split() if headline else []
    yield "headline_first_words", " ".join(words[:8]), row["headline_first_words"]
    yield "headline_last_words", " ".join(words[-8:]), row["headline_last_words"]
    yield "improve_count", _count(letter.sections, SectionRole.IMPROVE), row["improve_count"]
    yield "priority_count", _count(letter.sections, SectionRole.PRIORITY), row["priority_count"]


def _count(sections: tuple[Section, ...], role: SectionRole) -> str:
    """How many bullets stand under a heading; empty where there is no such heading."""
    found = [section for section in sections if section.role is role]
    return str(sum(p.bullet for section in found for p in section.paragraphs)) if found else ""


def tabulate(title: str, rows: dict[str, Counter[Verdict]], floors: dict[str, float]) -> Table:
    table = Table("", *Verdict, "% right", "floor", title=title)
    for name, counts in rows.items():
        shown = [str(counts[verdict]) for verdict in Verdict]
        table.add_row(name, *shown, f"{_share(counts):.2f}", f"{floors[name]:.2f}" if name in floors else "")
    return table


def _share(counts: Counter[Verdict]) -> float:
    return 100 * counts[Verdict.RIGHT] / max(counts.total(), 1)


def _figures(score: Score) -> dict[str, float]:
    """Per cent right by field, and of the grades those that are not wrong."""
    figures = {name: _share(counts) for name, counts in score.by_field.items()}
    grades = sum((score.by_field.get(name, Counter()) for name in Grades.model_fields), Counter[Verdict]())
    figures["grades"] = _share(grades)
    figures["grades_not_wrong"] = 100 - 100 * grades[Verdict.WRONG] / max(grades.total(), 1)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every field that was not right")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to what was reached")
    options = parser.parse_args()
    console = Console()
    score = measure()
    figures, floors = _figures(score), load_floors("reading")
    console.print(tabulate("Reading, by field", score.by_field, floors))
    console.print(tabulate("Reading, by kind and era", score.by_era, {}))
    console.print(f"grades right {figures['grades']:.2f}%, not wrong {figures['grades_not_wrong']:.2f}%")
    if options.misses:
        console.print(*score.misses, sep="\n", markup=False, highlight=False)
    if options.raise_floors:
        console.print("floors raised:", ", ".join(raise_floors("reading", figures)) or "none")
    shortfalls = find_shortfalls(figures, floors)
    console.print(*(f"[red]below the floor[/] {line}" for line in shortfalls), sep="\n")
    sys.exit(1 if shortfalls else 0)


if __name__ == "__main__":
    main()
