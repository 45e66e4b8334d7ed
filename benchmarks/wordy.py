"""A state of many publications, each with words of its own and a letter of a usual length."""

import random
from pathlib import Path

import sqlalchemy as sa

from benchmarks.many import make_publications
from state import (
    AuthorityRef,
    Framework,
    Kind,
    Letter,
    Paragraph,
    Quotation,
    Section,
    SectionRole,
    SummaryRole,
)
from state.storage.database import Database, parse_url
from state.storage.words import words

VOCABULARY = """
children social workers assessments plans supervision leaders oversight risk care permanence placement
caseloads thresholds strategy audit practice neglect exploitation missing pathway accommodation stable
timely improved progress recording families early help domestic abuse partners decisions quality
""".split()  # noqa: SIM905


def make_many(folder: Path, count: int) -> Path:
    """A state of generated publications, each with words of its own to be found."""
    database = folder / "many.db"
    url = f"sqlite:///{database}"
    dice = random.Random(7)
    make_publications(url, count, letter=make_letter(dice).model_dump_json())
    state = Database(parse_url(url))
    with state.writing() as connection:
        for first in range(1, count + 1, 5_000):
            rows = [
                {"publication_id": number, "text": " ".join(dice.choices(VOCABULARY, k=150))}
                for number in range(first, min(first + 5_000, count + 1))
            ]
            connection.execute(sa.insert(words), rows)
    state.close()
    return database


def make_letter(dice: random.Random) -> Letter:
    """A letter of a usual length."""

    def sentence() -> str:
        return f"{' '.join(dice.choices(VOCABULARY, k=18)).capitalize()}."

    sections = [
        Section(
            role=role,
            heading=role.value.capitalize(),
            page=page,
            paragraphs=tuple(
                Paragraph(page=page, text=" ".join(sentence() for _ in range(4))) for _ in range(6)
            ),
        )
        for page, role in enumerate((SectionRole.HEADLINE, SectionRole.FINDINGS, SectionRole.LEADERS), 1)
    ]
    return Letter(
        kind=Kind.MONITORING_VISIT,
        title="Monitoring visit",
        authority=AuthorityRef(urn="80451", name="Wakefield"),
        framework=Framework.ILACS,
        sections=tuple(sections),
        summary=tuple(Quotation(quote=sentence(), page=1, role=SummaryRole.STRENGTH) for _ in range(6)),
    )
