"""What is known: records, schema, history, diff, events, outbox, archive. The only SQL.

This is the state's public face: other packages import from here and nowhere deeper.
"""

from state.announcing import CompareVersions
from state.archive import Archive, ArchiveError
from state.articles import (
    ArticleFound,
    AwaitedVisit,
    CoverageLink,
    LetterOnFile,
    LinkArticle,
    QuotedWords,
)
from state.authorities import Authority, Register, RegisterError
from state.backing_up import Backup, make_backup
from state.backlog import Backlog
from state.backups import Manifest
from state.browsing_rows import Entry, EntryPage, Judgement, LetterRecord, VersionRow, Wanted
from state.comparison import Carried, Comparison, Excerpt, Finding, LetterRef, Move, ThemeMove
from state.covering import CoverageRow
from state.errors import StateError
from state.events import (
    AllClearFacts,
    ArticleFacts,
    CoverageFacts,
    Event,
    ExpectedFacts,
    GradeChange,
    HeldFacts,
    PreviousLetter,
    PublicationFacts,
    QuotedPassage,
    SentenceChange,
    SourceFacts,
    Standing,
)
from state.export_file import write_export_file
from state.export_rows import ExportRow
from state.exported import ATTRIBUTION, OGL_NAME, OGL_URL, SOURCE_NAME, SOURCE_URL, ExportedTable, Sort
from state.exported import TABLES as EXPORTED_TABLES
from state.feeding import ExpectedLetter, Gist
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
from state.news_rows import VisitHint
from state.ofsted_rules import Expectations, Silence
from state.outbox import Outbox
from state.owners import process_owner
from state.posting import Route
from state.pruning import DatabaseSize, Keep, Pruned
from state.records import (
    AuthoritySighting,
    Delivery,
    DocumentTake,
    FeedLook,
    KnownAuthority,
    KnownFeed,
    Opening,
    PageLook,
    PublicationFound,
    PublicationSighting,
    Routing,
    RunVerdict,
    Spent,
    Take,
    Validators,
)
from state.rereading import StoredReading
from state.restoring import Restored, restore_backup
from state.rows import (
    DeliveryRow,
    ExpectedRow,
    IncidentRow,
    LookRow,
    PublicationRow,
    RunRow,
    SourceRow,
    SpendingRow,
    TrailStep,
)
from state.settling import Settlement
from state.store import Store
from state.vocabulary import (
    ArticleLabel,
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
from state.words import CLOSES, OPENS

__all__ = [
    "ATTRIBUTION",
    "CLOSES",
    "EXPORTED_TABLES",
    "OGL_NAME",
    "OGL_URL",
    "OPENS",
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
    "ExpectedLetter",
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
    "LookRow",
    "Manifest",
    "Move",
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
    "Upgrade",
    "Validators",
    "Verdict",
    "VersionRow",
    "VisitHint",
    "Wanted",
    "make_backup",
    "process_owner",
    "restore_backup",
    "upgrade_schema",
    "write_export_file",
]
