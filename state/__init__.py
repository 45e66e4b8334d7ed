"""What is known: records, schema, history, diff, events, outbox, archive. The only SQL.

This is the state's public face: other packages import from here and nowhere deeper.
"""

from state.authorities import Authority, Register, RegisterError
from state.delivering.backlog import Backlog
from state.delivering.outbox import Outbox
from state.errors import LockTakenError, StateError
from state.judging.figures import RUN_FIGURES
from state.judging.ofsted_rules import Expectations, Silence
from state.keeping.backing_up import Backup, make_backup
from state.keeping.backups import Manifest
from state.keeping.export_file import write_export_file
from state.keeping.export_rows import ExportRow
from state.keeping.exported import (
    ATTRIBUTION,
    OGL_NAME,
    OGL_URL,
    SOURCE_NAME,
    SOURCE_URL,
    ExportedTable,
    Sort,
)
from state.keeping.exported import TABLES as EXPORTED_TABLES
from state.keeping.pruning import DatabaseSize, Keep, Pruned
from state.keeping.rereading import StoredReading
from state.keeping.restoring import Restored, restore_backup
from state.lists.feeding import Gist
from state.nearest import find_nearest, offer, suggest
from state.news.covering import CoverageRow
from state.news.notices import NoticeRow
from state.records.articles import (
    ArticleFound,
    AwaitedVisit,
    CoverageLink,
    LetterOnFile,
    LinkArticle,
    QuotedWords,
)
from state.records.browsing_rows import Entry, EntryPage, Judgement, LetterRecord, VersionRow, Wanted
from state.records.comparisons import Carried, Comparison, Excerpt, Finding, LetterRef, Move, ThemeMove
from state.records.events import (
    AllClearFacts,
    ArticleFacts,
    CoverageFacts,
    Event,
    ExpectedFacts,
    GradeChange,
    HeldFacts,
    NoticeFacts,
    PreviousLetter,
    PublicationFacts,
    QuotedPassage,
    SentenceChange,
    SourceFacts,
    Standing,
)
from state.records.letters import (
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
from state.records.rows import (
    DeliveryRow,
    ExpectedRow,
    IncidentRow,
    LookRow,
    PublicationRow,
    RunRow,
    SourceRow,
    SpendingRow,
    TrailStep,
    WorkerRow,
)
from state.records.takes import (
    COUNCILS,
    AuthoritySighting,
    Delivery,
    DocumentTake,
    FeedLook,
    KnownAuthority,
    KnownFeed,
    NoticeFound,
    Opening,
    PageLook,
    PublicationFound,
    PublicationSighting,
    Routing,
    RunVerdict,
    Spent,
    Take,
    Validators,
    is_councils,
)
from state.records.vocabulary import (
    ArticleLabel,
    AttemptOutcome,
    DeliveryState,
    EventName,
    FindingRole,
    Framework,
    Grade,
    Kind,
    NoticeKind,
    Outcome,
    PaceLabel,
    PublicationStatus,
    Rhythm,
    SectionRole,
    SummaryRole,
    Verdict,
)
from state.settling.announcing import CompareVersions
from state.settling.ofsted import Settlement
from state.settling.posting import Route
from state.settling.standing import compare_grades
from state.storage.archive import Archive, ArchiveError
from state.storage.database import find_state_file
from state.storage.migrating import Upgrade, upgrade_schema
from state.storage.owners import process_owner
from state.storage.rooms import RoomAddress, find_room, furnish_room
from state.storage.turns import Turn
from state.storage.words import CLOSES, OPENS
from state.store import Store

__all__ = [
    "ATTRIBUTION",
    "CLOSES",
    "COUNCILS",
    "EXPORTED_TABLES",
    "OGL_NAME",
    "OGL_URL",
    "OPENS",
    "RUN_FIGURES",
    "SOURCE_NAME",
    "SOURCE_URL",
    "Addressee",
    "AllClearFacts",
    "Archive",
    "ArchiveError",
    "ArticleFacts",
    "ArticleFound",
    "ArticleLabel",
    "AttemptOutcome",
    "Authority",
    "AuthorityRef",
    "AuthoritySighting",
    "AwaitedVisit",
    "Backlog",
    "Backup",
    "Carried",
    "CompareVersions",
    "Comparison",
    "CoverageFacts",
    "CoverageLink",
    "CoverageRow",
    "DatabaseSize",
    "Delivery",
    "DeliveryRow",
    "DeliveryState",
    "DocumentTake",
    "Entry",
    "EntryPage",
    "Event",
    "EventName",
    "Excerpt",
    "Expectations",
    "ExpectedFacts",
    "ExpectedRow",
    "ExportRow",
    "ExportedTable",
    "FeedLook",
    "Finding",
    "FindingRole",
    "Framework",
    "Frozen",
    "Gist",
    "Grade",
    "GradeChange",
    "Grades",
    "HeldFacts",
    "IncidentRow",
    "Judgement",
    "Keep",
    "Kind",
    "KnownAuthority",
    "KnownFeed",
    "Letter",
    "LetterOnFile",
    "LetterRecord",
    "LetterRef",
    "LinkArticle",
    "LockTakenError",
    "LookRow",
    "Manifest",
    "Move",
    "NoticeFacts",
    "NoticeFound",
    "NoticeKind",
    "NoticeRow",
    "Opening",
    "Outbox",
    "Outcome",
    "Pace",
    "PaceLabel",
    "PageLook",
    "Paragraph",
    "PreviousLetter",
    "Pruned",
    "PublicationFacts",
    "PublicationFound",
    "PublicationRow",
    "PublicationSighting",
    "PublicationStatus",
    "Quotation",
    "QuotedPassage",
    "QuotedWords",
    "Reading",
    "Register",
    "RegisterError",
    "Restored",
    "Rhythm",
    "RoomAddress",
    "Route",
    "Routing",
    "RunRow",
    "RunVerdict",
    "Section",
    "SectionRole",
    "SentenceChange",
    "Settlement",
    "Silence",
    "Sort",
    "SourceFacts",
    "SourceRow",
    "SpendingRow",
    "Spent",
    "Standing",
    "StateError",
    "Store",
    "StoredReading",
    "SummaryRole",
    "Take",
    "ThemeMove",
    "TrailStep",
    "Turn",
    "Upgrade",
    "Validators",
    "Verdict",
    "VersionRow",
    "Wanted",
    "WorkerRow",
    "compare_grades",
    "find_nearest",
    "find_room",
    "find_state_file",
    "furnish_room",
    "is_councils",
    "make_backup",
    "offer",
    "process_owner",
    "restore_backup",
    "suggest",
    "upgrade_schema",
    "write_export_file",
]
