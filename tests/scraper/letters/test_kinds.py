"""Documents of every other kind, whole: what `tests/letters/kinds` says of each is what the reader finds."""

import tomllib
from pathlib import Path

import pytest

from scraper.letters import read_document
from state import Letter
from tests.letters import pages

KINDS = Path(pages.__file__).parent / "kinds"
NAMES = sorted(path.stem for path in KINDS.glob("*.toml"))


def load(name: str) -> pages.PagesPlan:
    return pages.PagesPlan.model_validate(tomllib.loads((KINDS / f"{name}.toml").read_text(encoding="utf-8")))


def read(plan: pages.PagesPlan) -> Letter:
    reading = read_document(pages.print_pages(plan))
    assert reading.letter is not None, reading.unreadable
    return reading.letter


def facts_of(letter: Letter) -> dict[str, object]:
    """What a plan may say of its document."""
    return {
        "kind": letter.kind,
        "framework": letter.framework,
        "authority": letter.authority.name if letter.authority else None,
        "visited_from_on": letter.visited_from_on and letter.visited_from_on.isoformat(),
        "visited_to_on": letter.visited_to_on and letter.visited_to_on.isoformat(),
        "dated_on": letter.dated_on and letter.dated_on.isoformat(),
        "inspectors": list(letter.inspectors),
        "addressee": letter.addressee.name if letter.addressee else None,
        "areas": list(letter.areas),
        "visit_number": letter.visit_number,
        "judged_inadequate": letter.judged_inadequate,
        "pace": letter.pace.label if letter.pace else None,
        "grades": letter.grades.given(),
        "sections": [[section.role, section.heading or ""] for section in letter.sections],
        "warned": " ".join(letter.warnings),
    }


@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed_is_read(name: str) -> None:
    plan = load(name)
    letter = read(plan)
    facts = facts_of(letter)
    assert {fact: facts[fact] for fact in plan.says} == plan.says
    assert letter.authority is not None
    assert letter.authority.urn is not None
    assert letter.not_read == ()
    assert "warned" in plan.says or letter.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_quotation_stands_in_the_document_and_no_furniture_does(name: str) -> None:
    plan = load(name)
    letter = read(plan)
    printed = " ".join(plan.text.split())
    assert letter.summary
    assert [quotation.quote for quotation in letter.summary if quotation.quote not in printed] == []
    texts = " ".join(paragraph.text for section in letter.sections for paragraph in section.paragraphs)
    assert "Piccadilly" not in texts
    assert "Crown copyright" not in texts
    assert plan.running.partition(" {page}")[0] not in texts or len(plan.running) < 10
