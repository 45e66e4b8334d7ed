"""The field's own words as enums: kinds, frameworks, grades, outcomes, verdicts, events."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of document a publication is."""

    MONITORING_VISIT = "monitoring_visit"
    FOCUSED_VISIT = "focused_visit"
    INSPECTION = "inspection"
    JTAI = "jtai"
    SEND = "send"
    OTHER = "other"


class ArticleLabel(StrEnum):
    """What a news story is about; the first three are about a publication on children's services."""

    MONITORING_VISIT = "monitoring_visit"
    INSPECTION = "inspection"
    FOCUSED_VISIT = "focused_visit"
    SEND_OR_JTAI = "send_or_jtai"
    OTHER_OFSTED = "other_ofsted"
    NOT_OFSTED = "not_ofsted"


class Framework(StrEnum):
    """The inspection framework a document was written under."""

    SIF = "sif"
    ILACS = "ilacs"
    JTAI = "jtai"
    SEND = "send"
    OTHER = "other"


class Grade(StrEnum):
    """A judgement's grade; ADEQUATE occurs before SIF (2013); NOT_READ: printed, but unreadable."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"
    NOT_READ = "not read"


class PaceLabel(StrEnum):
    """How inspectors describe the pace of progress; the sentence is always quoted beside it."""

    STRONG = "strong"
    STEADY = "steady"
    EARLY = "early"
    POOR = "poor"


class SectionRole(StrEnum):
    """What part a section plays in its letter, whatever its heading says."""

    HEADLINE = "headline"
    AREAS = "areas"
    IMPROVE = "improve"
    PRIORITY = "priority"
    FINDINGS = "findings"
    HELP_AND_PROTECTION = "help_and_protection"
    IN_CARE = "in_care"
    CARE_LEAVERS = "care_leavers"
    LEADERS = "leaders"
    NEXT_STEPS = "next_steps"
    CLOSING = "closing"
    OTHER = "other"


class FindingRole(StrEnum):
    """What a sentence of a letter says about practice."""

    STRENGTH = "strength"
    CONCERN = "concern"
    MIXED = "mixed"
    NEUTRAL = "neutral"


class SummaryRole(StrEnum):
    """Why a sentence stands in a summary."""

    PACE = "pace"
    STRENGTH = "strength"
    CONCERN = "concern"
    GRADE = "grade"
    NEXT = "next"


class Outcome(StrEnum):
    """What a fetch brought back; content exists on OK only."""

    OK = "ok"
    NOT_MODIFIED = "not modified"
    BLOCKED = "blocked"
    SOFT_ERROR = "soft error"
    GONE = "gone"
    TRANSIENT = "transient"
    BROKEN = "broken"


class Verdict(StrEnum):
    """How a whole run of a source ended."""

    OK = "ok"
    DEGRADED = "degraded"
    STALE = "stale"
    BLOCKED = "blocked"
    BROKEN = "broken"

    @property
    def is_failure(self) -> bool:
        """True where the operator must act: `check` then exits with 3."""
        return self in (Verdict.BLOCKED, Verdict.BROKEN)


class Rhythm(StrEnum):
    """How much of a source a run looks at."""

    POLL = "poll"
    SWEEP = "sweep"
    CHOSEN = "chosen"


class EventName(StrEnum):
    """Everything Letterwatch can tell somebody."""

    PUBLICATION_NEW = "publication.new"
    PUBLICATION_REVISED = "publication.revised"
    PUBLICATION_REISSUED = "publication.reissued"
    PUBLICATION_WITHDRAWN = "publication.withdrawn"
    PUBLICATION_RESTORED = "publication.restored"
    GRADE_CHANGED = "grade.changed"
    COVERAGE_NEW = "coverage.new"
    VISIT_EXPECTED = "visit.expected"
    NOTICE_NEW = "notice.new"
    SOURCE_BROKEN = "source.broken"
    SOURCE_RECOVERED = "source.recovered"
    SOURCE_BLOCKED = "source.blocked"
    SOURCE_STALE = "source.stale"
    SOURCE_DEGRADED = "source.degraded"
    FLOOD_HELD = "flood.held"
    ALL_CLEAR = "all.clear"


class NoticeKind(StrEnum):
    """What the government announces about councils' services for children."""

    DIRECTION = "direction"
    IMPROVEMENT_NOTICE = "improvement_notice"
    COMMISSIONER = "commissioner"
    FRAMEWORK = "framework"
    STATISTICS = "statistics"


class DeliveryState(StrEnum):
    """Where a row of the outbox stands; HELD waits for `letterwatch release`."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    PARKED = "parked"
    HELD = "held"


class AttemptOutcome(StrEnum):
    """How an attempt to deliver ended; STARTED, INTERRUPTED and UNCLEAR may have arrived."""

    STARTED = "started"
    SENT = "sent"
    RETRY = "retry"
    UNCLEAR = "unclear"
    PARKED = "parked"
    INTERRUPTED = "interrupted"


class PublicationStatus(StrEnum):
    """Where a publication stands on its authority's page."""

    LISTED = "listed"
    AWAITING = "awaiting document"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"
