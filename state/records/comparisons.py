"""What moved between two letters: the record behind `letterwatch compare --json`, and its findings."""

from datetime import date
from enum import StrEnum

from state.records.events import GradeChange
from state.records.letters import AuthorityRef, Frozen, Pace
from state.records.vocabulary import FindingRole, Kind, SectionRole


class Finding(Frozen):
    """One sentence of a letter, with its place, what it is about, and why its role was given."""

    text: str  #: the sentence
    page: int  #: where it stands
    section: SectionRole  #: the part of the letter
    paragraph: int | None = None  #: the paragraph's number as printed
    themes: tuple[str, ...] = ()  #: what it is about
    role: FindingRole  #: what it says
    because: str = ""  #: the words that the role rests on


class Excerpt(Frozen):
    """An exact sentence of one of the two letters."""

    quote: str  #: the sentence, exact
    page: int  #: where it stands
    role: FindingRole  #: what it says


class Move(StrEnum):
    """What became of a theme from the older letter to the newer."""

    TO_CONCERN = "turned to concern"  #: it was praised, and is blamed now
    TO_STRENGTH = "turned to strength"  #: it was blamed, and is praised now
    CONCERN_REPEATED = "concern repeated"  #: blamed in both
    CONCERN_NEW = "new concern"  #: blamed now, not looked at before
    STRENGTH_NEW = "new strength"  #: praised now, not looked at before
    #: in the older letter only, though its area was looked at again
    NO_LONGER_MENTIONED = "no longer mentioned"
    STRENGTH_REPEATED = "strength repeated"  #: praised in both


class ThemeMove(Frozen):
    """One theme in both letters, each side with its quotation; None where a letter is silent on it."""

    theme: str  #: what it is about
    move: Move  #: what became of it
    before: Excerpt | None = None  #: in the older letter
    after: Excerpt | None = None  #: in the newer one


class Carried(Frozen):
    """A recommendation of the older letter that the newer one makes again."""

    before: Excerpt  #: in the older letter
    after: Excerpt  #: in the newer one


class LetterRef(Frozen):
    """Which letter one side of a comparison is."""

    kind: Kind  #: what sort of document it is
    title: str  #: its title
    authority: AuthorityRef | None  #: whose
    dated_on: date | None = None  #: the date printed on it
    visit_number: int | None = None  #: which monitoring visit
    pace: Pace | None = None  #: its sentence on the pace of progress
    areas: tuple[str, ...] = ()  #: the areas covered by the visit


class Comparison(Frozen):
    """Two letters of one authority, the older first; `notes` say what limits the comparison."""

    old: LetterRef  #: the older letter
    new: LetterRef  #: the newer one
    grade_changes: tuple[GradeChange, ...] = ()  #: judgements that differ
    moves: tuple[ThemeMove, ...] = ()  #: what became of each theme
    carried_over: tuple[Carried, ...] = ()  #: recommendations made again
    notes: tuple[str, ...] = ()  #: what limits the comparison, in words
