"""What a made document is to say: plain descriptions, as they stand in `content/*.toml`."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

BULLETS_CHANGED_ON = date(2019, 5, 1)  # U+F06E (Wingdings) before, U+25FC after
KING_SINCE = date(2022, 10, 1)


class Template(StrEnum):
    """The templates that differ in their opening and headings."""

    MONITORING_2016 = "monitoring 2016"
    MONITORING_2021 = "monitoring 2021"
    FOCUSED = "focused"
    ILACS_2018 = "ilacs 2018"
    ILACS_2023 = "ilacs 2023"
    ILACS_2026 = "ilacs 2026"

    @property
    def is_report(self) -> bool:
        """True for inspection reports, which have a cover and a table instead of a letterhead."""
        return self.value.startswith("ilacs")


class Plan(BaseModel):
    """Common to all documents."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionPlan(Plan):
    """A heading and its text: paragraphs apart by blank lines, `* ` opens a bullet."""

    heading: str
    text: str
    footnote: str | None = None

    @property
    def paragraphs(self) -> list[tuple[bool, str]]:
        """(is a bullet, text) of each paragraph."""
        blocks = [" ".join(block.split()) for block in self.text.split("\n\n") if block.strip()]
        return [(block.startswith("* "), block.removeprefix("* ")) for block in blocks]


class DocumentPlan(Plan):
    """One letter or report."""

    template: Template
    place: str  # "Wakefield", as the prose names it
    published_on: date
    visited: str  # as printed: "9 and 10 October 2019"
    inspectors: tuple[str, ...]
    sections: tuple[SectionPlan, ...]
    # letters
    addressee: tuple[str, ...] = ()  # name, post, council, street …
    salutation: str = ""
    subject: str = ""
    first: str = ""  # the first paragraph as printed, where it is none of the templates'
    visit: str = ""  # "third"
    judged: str = ""  # "June 2018"
    opening: str = ""  # paragraphs between the inspectors and the first heading
    closing: str = ""
    letterhead_last: bool = False  # in the content stream, as in two thirds of the real ones
    page_numbers: bool = False
    # reports
    grades: dict[str, str] = {}  # label as printed -> grade as printed, in the table's order

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.template.is_report != bool(self.grades) or self.template.is_report == bool(self.addressee):
            raise ValueError("reports have grades, letters an addressee")
        return self

    @property
    def bullet(self) -> str:
        """The bullet of the time."""
        return "\uf06e" if self.published_on < BULLETS_CHANGED_ON else "◼"

    @property
    def majesty(self) -> str:
        """Whose inspectors they are."""
        return "His" if self.published_on >= KING_SINCE else "Her"
