"""What moved between two letters: the record behind `letterwatch compare --json`, and its findings."""

from datetime import date
from enum import StrEnum

from state.records.events import GradeChange
from state.records.letters import AuthorityRef, Frozen, Pace
from state.records.vocabulary import FindingRole, Kind, SectionRole


class Finding(Frozen):
    """One sentence of a letter, with its place, what it is about, and why its role was given."""

    text: str
    page: int
    section: SectionRole
    paragraph: int | None = None  # as printed
    themes: tuple[str, ...] = ()
    role: FindingRole
    because: str = ""


class Excerpt(Frozen):
    """An exact sentence of one of the two letters."""

    quote: str
    page: int
    role: FindingRole


class Move(StrEnum):
    """What became of a theme from the older letter to the newer."""

    TO_CONCERN = "turned to concern"
    TO_STRENGTH = "turned to strength"
    CONCERN_REPEATED = "concern repeated"
    CONCERN_NEW = "new concern"
    STRENGTH_NEW = "new strength"
    NO_LONGER_MENTIONED = "no longer mentioned"
    STRENGTH_REPEATED = "strength repeated"


class ThemeMove(Frozen):
    """One theme in both letters, each side with its quotation; None where a letter is silent on it."""

    theme: str
    move: Move
    before: Excerpt | None = None
    after: Excerpt | None = None


class Carried(Frozen):
    """A recommendation of the older letter that the newer one makes again."""

    before: Excerpt
    after: Excerpt


class LetterRef(Frozen):
    """Which letter one side of a comparison is."""

    kind: Kind
    title: str
    authority: AuthorityRef | None
    dated_on: date | None = None
    visit_number: int | None = None
    pace: Pace | None = None
    areas: tuple[str, ...] = ()


class Comparison(Frozen):
    """Two letters of one authority, the older first; `notes` say what limits the comparison."""

    old: LetterRef
    new: LetterRef
    grade_changes: tuple[GradeChange, ...] = ()
    moves: tuple[ThemeMove, ...] = ()
    carried_over: tuple[Carried, ...] = ()
    notes: tuple[str, ...] = ()
