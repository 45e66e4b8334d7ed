"""What is known: records, schema, history, diff, events, outbox, archive. The only SQL.

This is the state's public face: other packages import from here and nowhere deeper.
"""

from state.announcing import CompareVersions
from state.archive import Archive, ArchiveError
from state.authorities import Authority, Register, RegisterError
from state.comparison import Carried, Comparison, Excerpt, Finding, LetterRef, Move, ThemeMove
from state.errors import StateError
from state.events import (
    ArticleFacts,
    Event,
    GradeChange,
    HeldFacts,
    PreviousLetter,
    PublicationFacts,
    SentenceChange,
    SourceFacts,
    Standing,
)
from state.letter import (
    Addressee,
    AuthorityRef,
    Frozen,
    Grades,
    Letter,
    Pace,
    Paragraph,
    Quotation,
    Reading,
    Section,
)
from state.migrating import Upgrade, upgrade_schema
from state.outbox import Outbox
from state.owners import process_owner
from state.posting import Route
from state.records import (
    AuthoritySighting,
    Delivery,
    DocumentTake,
    KnownAuthority,
    PageLook,
    PublicationFound,
    PublicationSighting,
    Routing,
    RunVerdict,
    Take,
    Validators,
)
from state.rows import DeliveryRow, LookRow, PublicationRow, RunRow, SourceRow, TrailStep
from state.settling import Settlement
from state.store import Store
from state.vocabulary import (
    AttemptOutcome,
    DeliveryState,
    EventName,
    FindingRole,
    Framework,
    Grade,
    Kind,
    Outcome,
    PaceLabel,
    PublicationStatus,
    Rhythm,
    SectionRole,
    SummaryRole,
    Verdict,
)

__all__ = [
    "Addressee",
    "Archive",
    "ArchiveError",
    "ArticleFacts",
    "AttemptOutcome",
    "Authority",
    "AuthorityRef",
    "AuthoritySighting",
    "Carried",
    "CompareVersions",
    "Comparison",
    "Delivery",
    "DeliveryRow",
    "DeliveryState",
    "DocumentTake",
    "Event",
    "EventName",
    "Excerpt",
    "Finding",
    "FindingRole",
    "Framework",
    "Frozen",
    "Grade",
    "GradeChange",
    "Grades",
    "HeldFacts",
    "Kind",
    "KnownAuthority",
    "Letter",
    "LetterRef",
    "LookRow",
    "Move",
    "Outbox",
    "Outcome",
    "Pace",
    "PaceLabel",
    "PageLook",
    "Paragraph",
    "PreviousLetter",
    "PublicationFacts",
    "PublicationFound",
    "PublicationRow",
    "PublicationSighting",
    "PublicationStatus",
    "Quotation",
    "Reading",
    "Register",
    "RegisterError",
    "Rhythm",
    "Route",
    "Routing",
    "RunRow",
    "RunVerdict",
    "Section",
    "SectionRole",
    "SentenceChange",
    "Settlement",
    "SourceFacts",
    "SourceRow",
    "Standing",
    "StateError",
    "Store",
    "SummaryRole",
    "Take",
    "ThemeMove",
    "TrailStep",
    "Upgrade",
    "Validators",
    "Verdict",
    "process_owner",
    "upgrade_schema",
]
