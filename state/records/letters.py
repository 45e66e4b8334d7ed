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

    urn: str | None  #: its number at Ofsted
    name: str  #: its name


class Addressee(Frozen):
    """To whom a letter is addressed, usually the director of children's services."""

    name: str  #: the person
    post: str | None = None  #: the post, as printed


class Grades(Frozen):
    """Judgements; None: the document has none, NOT_READ: it has one that could not be read."""

    overall_effectiveness: Grade | None = None  #: overall; none in reports since April 2026
    impact_of_leaders: Grade | None = None  #: leaders and managers
    help_and_protection: Grade | None = None  #: children who need help and protection
    in_care: Grade | None = None  #: children in care; before 2023 together with care leavers
    care_leavers: Grade | None = None  #: care leavers, where they are judged apart
    adoption: Grade | None = None  #: adoption, in the framework of 2013 only

    def given(self) -> dict[str, Grade]:
        """The judgements the document makes, in the order of the report."""
        return {name: grade for name, grade in self if grade is not None}


class Pace(Frozen):
    """The sentence on the pace of progress, word for word, with its label and page."""

    label: PaceLabel  #: the class of it
    quote: str  #: the sentence, word for word
    page: int  #: where it stands


class Paragraph(Frozen):
    """One paragraph or bullet; `number` is the printed paragraph number.

    `page` is where it begins; from character `next_page_at` of its text on, it stands on the next page.
    """

    number: int | None = None  #: as printed
    page: int  #: where it begins
    bullet: bool = False  #: one of a list
    text: str  #: its words
    next_page_at: int | None = None  #: the first character that stands on the next page

    def page_of(self, offset: int) -> int:
        """The page on which the character at `offset` is printed."""
        return self.page + (self.next_page_at is not None and offset >= self.next_page_at)


class Section(Frozen):
    """A heading (None where the document has none) and the paragraphs below it."""

    role: SectionRole  #: what part it plays
    heading: str | None  #: as printed
    page: int  #: where it begins
    paragraphs: tuple[Paragraph, ...]  #: what stands below it


class Quotation(Frozen):
    """An exact sentence of the document, chosen for the summary."""

    quote: str  #: a sentence of the document, exact but for white space
    page: int  #: where it stands
    role: SummaryRole  #: why it was chosen
    themes: tuple[str, ...] = ()  #: what it is about


class Letter(Frozen):
    """Everything the reader got out of one document; what it could not read stands in `not_read`."""

    kind: Kind  #: what sort of document it is
    title: str  #: its title, or its bold subject line
    authority: AuthorityRef | None  #: whose services it is about; null where it could not be told
    framework: Framework  #: under which framework it was written
    visited_from_on: date | None = None  #: first day of the visit
    visited_to_on: date | None = None  #: last day of the visit
    dated_on: date | None = None  #: the date printed on it
    inspectors: tuple[str, ...] = ()  #: their names
    addressee: Addressee | None = None  #: to whom a letter is addressed
    visit_number: int | None = None  #: which monitoring visit since the inadequate judgement
    #: when the authority was judged inadequate, as the letter says: a month like 2018-06, or a day
    judged_inadequate: str | None = None
    grades: Grades = Grades()  #: its judgements
    areas: tuple[str, ...] = ()  #: the areas covered by the visit
    pace: Pace | None = None  #: the sentence on the pace of progress
    sections: tuple[Section, ...] = ()  #: the whole text
    summary: tuple[Quotation, ...] = ()  #: at most six quotations
    not_read: tuple[str, ...] = ()  #: fields that the document has and that could not be read
    warnings: tuple[str, ...] = ()  #: what is odd about it, in words
    reader_version: int = 1  #: which version of the reader read it


class Reading(Frozen):
    """The result of reading one document's bytes: a letter, or the reason there is none.

    `text_sha256` is the hash of the normalised text; it, not the raw hash, decides "revised".
    """

    letter: Letter | None = None
    text_sha256: str | None = None
    unreadable: str | None = None


NOT_READ = Reading(unreadable="not read")
"""What is filed of a document that no reader was asked about."""
