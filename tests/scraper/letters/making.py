"""Sections and letters for tests, made of sentences."""

from state import Framework, Grades, Kind, Letter, Paragraph, Section, SectionRole


def make_section(role: SectionRole, *texts: str, heading: str | None = None, bullet: bool = False) -> Section:
    """A section whose paragraphs are the texts, all on page 1."""
    paragraphs = tuple(Paragraph(page=1, bullet=bullet, text=text) for text in texts)
    return Section(role=role, heading=heading, page=1, paragraphs=paragraphs)


def make_letter(
    *sections: Section,
    kind: Kind = Kind.MONITORING_VISIT,
    grades: Grades = Grades(),  # noqa: B008  frozen
    areas: tuple[str, ...] = (),
) -> Letter:
    """A letter that says what its sections say."""
    return Letter(
        kind=kind,
        title="Monitoring visit of Exampleton children’s services",
        authority=None,
        framework=Framework.ILACS,
        grades=grades,
        areas=areas,
        sections=sections,
    )
