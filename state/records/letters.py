"""What was read from one document: the record behind `letterwatch read --json`.

Crosses process and database borders, hence pydantic; the JSON field order is the contract's.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from state.records.vocabulary import Framework, Grade, Kind, PaceLabel, SectionRole, SummaryRole


class Frozen(BaseModel):
    """Base of every record that is stored as JSON: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AuthorityRef(Frozen):
    """An authority as a letter names it; `urn` is None where the name is unknown or ambiguous."""

    urn: str | None
    name: str


class Addressee(Frozen):
    """To whom a letter is addressed, usually the director of children's services."""

    name: str
    post: str | None = None


class Grades(Frozen):
    """Judgements; None: the document has none, NOT_READ: it has one that could not be read."""

    overall_effectiveness: Grade | None = None
    impact_of_leaders: Grade | None = None
    help_and_protection: Grade | None = None
    in_care: Grade | None = None
    care_leavers: Grade | None = None
    adoption: Grade | None = None

    def given(self) -> dict[str, Grade]:
        """The judgements the document makes, in the order of the report."""
        return {name: grade for name, grade in self if grade is not None}


class Pace(Frozen):
    """The sentence on the pace of progress, word for word, with its label and page."""

    label: PaceLabel
    quote: str
    page: int


class Paragraph(Frozen):
    """One paragraph or bullet; `number` is the printed paragraph number.

    `page` is where it begins; from character `next_page_at` of its text on, it stands on the next page.
    """

    number: int | None = None
    page: int
    bullet: bool = False
    text: str
    next_page_at: int | None = None

    def page_of(self, offset: int) -> int:
        """The page on which the character at `offset` is printed."""
        return self.page + (self.next_page_at is not None and offset >= self.next_page_at)


class Section(Frozen):
    """A heading (None where the document has none) and the paragraphs below it."""

    role: SectionRole
    heading: str | None
    page: int
    paragraphs: tuple[Paragraph, ...]


class Quotation(Frozen):
    """An exact sentence of the document, chosen for the summary."""

    quote: str
    page: int
    role: SummaryRole
    themes: tuple[str, ...] = ()


class Letter(Frozen):
    """Everything the reader got out of one document; what it could not read stands in `not_read`."""

    kind: Kind
    title: str
    authority: AuthorityRef | None
    framework: Framework
    visited_from_on: date | None = None
    visited_to_on: date | None = None
    dated_on: date | None = None
    inspectors: tuple[str, ...] = ()
    addressee: Addressee | None = None
    visit_number: int | None = None
    judged_inadequate: str | None = None
    grades: Grades = Grades()
    areas: tuple[str, ...] = ()
    pace: Pace | None = None
    sections: tuple[Section, ...] = ()
    summary: tuple[Quotation, ...] = ()
    not_read: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    reader_version: int = 1


class Reading(Frozen):
    """The result of reading one document's bytes: a letter, or the reason there is none.

    `text_sha256` is the hash of the normalised text; it, not the raw hash, decides "revised".
    """

    letter: Letter | None = None
    text_sha256: str | None = None
    unreadable: str | None = None


NOT_READ = Reading(unreadable="not read")
"""What is filed of a document that no reader was asked about."""
