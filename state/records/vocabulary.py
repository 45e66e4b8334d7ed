"""The field's own words as enums: kinds, frameworks, grades, outcomes, verdicts, events."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of document a publication is."""

    MONITORING_VISIT = "monitoring_visit"  #: the letter of a monitoring visit
    FOCUSED_VISIT = "focused_visit"  #: the letter of a focused visit, or of an assurance visit of 2020-21
    INSPECTION = "inspection"  #: the report of a full inspection
    JTAI = "jtai"  #: a joint inspection of several inspectorates
    SEND = "send"  #: special educational needs and disabilities in an area
    OTHER = "other"  #: anything else that stands on the page


class ArticleLabel(StrEnum):
    """What a news story is about; the first three are about a publication on children's services."""

    MONITORING_VISIT = "monitoring_visit"  #: a monitoring visit or its letter
    INSPECTION = "inspection"  #: a full inspection or its report
    FOCUSED_VISIT = "focused_visit"  #: a focused visit or its letter
    SEND_OR_JTAI = "send_or_jtai"  #: a SEND or joint inspection
    #: Ofsted, but not a council's services for children: schools, nurseries, homes
    OTHER_OFSTED = "other_ofsted"
    NOT_OFSTED = "not_ofsted"  #: something else


class Framework(StrEnum):
    """The inspection framework a document was written under."""

    SIF = "sif"  #: the single inspection framework, 2013 to 2017
    ILACS = "ilacs"  #: inspecting local authority children's services, since 2018
    JTAI = "jtai"  #: joint area inspections
    SEND = "send"  #: area SEND inspections
    OTHER = "other"  #: another, or not to be told


class Grade(StrEnum):
    """A judgement's grade; ADEQUATE occurs before SIF (2013); NOT_READ: printed, but unreadable."""

    OUTSTANDING = "outstanding"  #: as the report says
    GOOD = "good"  #: as the report says
    REQUIRES_IMPROVEMENT = "requires improvement"  #: "requires improvement to be good"
    ADEQUATE = "adequate"  #: given before 2013 only
    INADEQUATE = "inadequate"  #: as the report says
    NOT_READ = "not read"  #: the document has a grade there that could not be read


class PaceLabel(StrEnum):
    """How inspectors describe the pace of progress; the sentence is always quoted beside it."""

    STRONG = "strong"  #: rapid, significant, substantial, sustained
    STEADY = "steady"  #: steady, tangible, good, some progress
    EARLY = "early"  #: first signs, not embedded, from a low base
    POOR = "poor"  #: too slow, limited, drift and delay, deteriorated


class SectionRole(StrEnum):
    """What part a section plays in its letter, whatever its heading says."""

    HEADLINE = "headline"  #: the overview or headline findings
    AREAS = "areas"  #: which areas the visit covered
    IMPROVE = "improve"  #: what needs to improve
    PRIORITY = "priority"  #: areas for priority action
    FINDINGS = "findings"  #: the findings, not parted by judgement
    HELP_AND_PROTECTION = "help_and_protection"  #: children who need help and protection
    IN_CARE = "in_care"  #: children in care
    CARE_LEAVERS = "care_leavers"  #: care leavers
    LEADERS = "leaders"  #: leaders and managers
    NEXT_STEPS = "next_steps"  #: what happens next
    CLOSING = "closing"  #: the closing words
    OTHER = "other"  #: none of these


class FindingRole(StrEnum):
    """What a sentence of a letter says about practice."""

    STRENGTH = "strength"  #: praise
    CONCERN = "concern"  #: blame, or what falls short
    MIXED = "mixed"  #: both in one sentence
    NEUTRAL = "neutral"  #: neither


class SummaryRole(StrEnum):
    """Why a sentence stands in a summary."""

    PACE = "pace"  #: the pace of progress
    STRENGTH = "strength"  #: what works
    CONCERN = "concern"  #: what falls short
    GRADE = "grade"  #: a judgement in words
    NEXT = "next"  #: what happens next


class Outcome(StrEnum):
    """What a fetch brought back; content exists on OK only."""

    OK = "ok"  #: content came, and it is what was asked for
    NOT_MODIFIED = "not modified"  #: unchanged since the last look
    BLOCKED = "blocked"  #: refused: 401, 403, 429, or a page that says so
    SOFT_ERROR = "soft error"  #: an error page with the status of success
    GONE = "gone"  #: 404 or 410
    TRANSIENT = "transient"  #: out of reach or 5xx: may come right by itself
    BROKEN = "broken"  #: something came that is not what was asked for


class Verdict(StrEnum):
    """How a whole run of a source ended."""

    OK = "ok"  #: every page was read or is unchanged
    DEGRADED = "degraded"  #: some pages or documents were not obtained; the rest is believed
    STALE = "stale"  #: all can be read, but nothing new appeared for longer than is likely
    BLOCKED = "blocked"  #: the site refuses us; nothing is concluded from it
    BROKEN = "broken"  #: pages are out of reach or not what they should be; nothing is concluded

    @property
    def is_failure(self) -> bool:
        """True where the operator must act: `check` then exits with 3."""
        return self in (Verdict.BLOCKED, Verdict.BROKEN)


class Rhythm(StrEnum):
    """How much of a source a run looks at."""

    POLL = "poll"  #: the newest-first search, and the pages it points to
    SWEEP = "sweep"  #: every page
    CHOSEN = "chosen"  #: what somebody asked for by hand


class EventName(StrEnum):
    """Everything Letterwatch can tell somebody."""

    PUBLICATION_NEW = "publication.new"  #: a letter or report appeared on an authority's page
    #: the same document now has another text; the alert shows what changed
    PUBLICATION_REVISED = "publication.revised"
    PUBLICATION_REISSUED = "publication.reissued"  #: another document for the same visit, under a new number
    #: it is gone from its page, and the document itself answers 404 or 410
    PUBLICATION_WITHDRAWN = "publication.withdrawn"
    PUBLICATION_RESTORED = "publication.restored"  #: a withdrawn one is listed again
    GRADE_CHANGED = "grade.changed"  #: a full inspection judges otherwise than the one before
    COVERAGE_NEW = "coverage.new"  #: a paper reports a letter: linked by its quotations, told once a story
    VISIT_EXPECTED = "visit.expected"  #: a visit became known whose letter is not out yet
    NOTICE_NEW = "notice.new"  #: GOV.UK announced something about inspections or councils
    #: a source is not what it should be, or a channel refuses for good; daily while it lasts
    SOURCE_BROKEN = "source.broken"
    SOURCE_RECOVERED = "source.recovered"  #: a source is well again
    SOURCE_BLOCKED = "source.blocked"  #: a site refuses us; daily while it lasts
    SOURCE_STALE = "source.stale"  #: nothing new for longer than is likely
    SOURCE_DEGRADED = "source.degraded"  #: a source was read only in part for a day
    FLOOD_HELD = "flood.held"  #: more at once than `[ofsted] flood`: alerts wait for `letterwatch release`
    ALL_CLEAR = "all.clear"  #: once a day at 07:00 London time: what was looked at, or what is wrong


class NoticeKind(StrEnum):
    """What the government announces about councils' services for children."""

    DIRECTION = "direction"  #: a direction to a council
    IMPROVEMENT_NOTICE = "improvement_notice"  #: an improvement notice
    COMMISSIONER = "commissioner"  #: a commissioner, or a commissioner's report
    FRAMEWORK = "framework"  #: how inspections are made
    STATISTICS = "statistics"  #: statistics


class DeliveryState(StrEnum):
    """Where a row of the outbox stands; HELD waits for `letterwatch release`."""

    PENDING = "pending"  #: waits for its time or its next try
    CLAIMED = "claimed"  #: is being sent
    SENT = "sent"  #: the other side took it
    PARKED = "parked"  #: refused for good; `letterwatch deliveries retry ID` after mending
    HELD = "held"  #: waits for `letterwatch release`


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

    LISTED = "listed"  #: stands on its page
    AWAITING = "awaiting document"  #: is listed, its document could not be fetched yet
    MISSING = "missing"  #: was not listed at the last looks; not concluded yet
    WITHDRAWN = "withdrawn"  #: gone, and told
