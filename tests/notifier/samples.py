"""Events as the state makes them, one of every sort."""

from datetime import UTC, date, datetime

from state import (
    AllClearFacts,
    ArticleFacts,
    CoverageFacts,
    Event,
    EventName,
    ExpectedFacts,
    Framework,
    HeldFacts,
    Kind,
    Letter,
    NoticeFacts,
    NoticeKind,
    QuotedPassage,
    SentenceChange,
    SourceFacts,
    Standing,
    Verdict,
)
from tests.notifier.letters import (
    ARTICLE,
    AT,
    FOCUSED,
    LETTER,
    OTHER,
    READ,
    REPORT,
    REPORT_CHANGES,
    REPORT_READ,
    STANDING,
    WAKEFIELD,
    event,
    source,
)

MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
PROOF = AllClearFacts(
    looked_at=datetime(2026, 11, 24, 6, 52, tzinfo=UTC),
    swept_at=datetime(2026, 11, 23, 21, 10, tzinfo=UTC),
    pages_read=153,
    pages=153,
    newest_on=date(2026, 11, 18),
    sources=(SourceFacts(name="ofsted", verdict=Verdict.OK, since_at=datetime(2026, 10, 1, 8, tzinfo=UTC)),),
)
_SHRUNK = "https://reports.ofsted.gov.uk/search lists 12 authorities, 153 in the last good run"

_SAMPLES: dict[str, Event] = {
    "new-monitoring-letter": WAKEFIELD,
    "new-letter-unreadable": event(
        EventName.PUBLICATION_NEW, publication=LETTER, unreadable="the file is an HTML page, not a PDF"
    ),
    "new-letter-half-read": event(
        EventName.PUBLICATION_NEW,
        publication=LETTER.model_copy(
            update={"visited_from_on": None, "visited_to_on": None, "region": None}
        ),
        letter=Letter(
            kind=Kind.MONITORING_VISIT,
            title="Monitoring visit",
            authority=None,
            framework=Framework.OTHER,
            not_read=("visited_from_on", "visit_number", "inspectors", "pace"),
        ),
    ),
    "new-inspection": event(
        EventName.PUBLICATION_NEW,
        publication=REPORT,
        letter=REPORT_READ,
        grade_changes=REPORT_CHANGES,
        standing=Standing(inadequate=False, judged_on=date(2022, 1, 5)),
    ),
    "new-focused-visit": event(
        EventName.PUBLICATION_NEW,
        publication=FOCUSED,
        letter=READ.model_copy(
            update={
                "kind": Kind.FOCUSED_VISIT,
                "visit_number": None,
                "judged_inadequate": None,
                "pace": None,
                "visited_from_on": FOCUSED.visited_from_on,
                "visited_to_on": FOCUSED.visited_to_on,
                "areas": ("care leavers",),
            }
        ),
    ),
    "new-other": event(EventName.PUBLICATION_NEW, publication=OTHER, unreadable="no text in the document"),
    "grade-changed": event(
        EventName.GRADE_CHANGED, publication=REPORT, letter=REPORT_READ, grade_changes=REPORT_CHANGES
    ),
    "revised": event(
        EventName.PUBLICATION_REVISED,
        publication=LETTER,
        letter=READ,
        standing=STANDING,
        sentence_changes=(
            SentenceChange(before="Caseloads are high.", after="Caseloads are too high.", page=3),
            SentenceChange(before="Two children were placed in unregistered homes."),
            SentenceChange(after="Managers do not routinely record why.", page=4),
        ),
    ),
    "first-text": event(
        EventName.PUBLICATION_REVISED, publication=LETTER, letter=READ, standing=STANDING, first_text=True
    ),
    "reissued": event(
        EventName.PUBLICATION_REISSUED,
        publication=LETTER.model_copy(
            update={"file_id": "50123999", "url": "https://files.ofsted.gov.uk/v1/file/50123999"}
        ),
        letter=READ,
        replaces=LETTER,
        standing=STANDING,
    ),
    "withdrawn": event(EventName.PUBLICATION_WITHDRAWN, publication=LETTER, letter=READ),
    "restored": event(EventName.PUBLICATION_RESTORED, publication=LETTER, letter=READ),
    "coverage": event(EventName.COVERAGE_NEW, publication=LETTER, letter=READ, article=ARTICLE),
    "new-by-council": event(
        EventName.PUBLICATION_NEW,
        publication=LETTER.model_copy(
            update={
                "file_id": "council-0123456789abcdef",
                "url": "https://democracy.wakefield.gov.uk/documents/s12345/letter.pdf",
                "page_url": "https://democracy.wakefield.gov.uk/mgAi.aspx?ID=1",
            }
        ),
        letter=READ,
    ),
    "coverage-syndicated": event(
        EventName.COVERAGE_NEW,
        publication=LETTER,
        letter=READ,
        article=ARTICLE,
        coverage=CoverageFacts(
            articles=(
                ARTICLE,
                ArticleFacts(
                    url="https://www.yorkshirepost.co.uk/news/progress-3470393",
                    title="Wakefield’s children’s services on the mend",
                    publisher="Yorkshire Post",
                    published_at=AT,
                ),
                ArticleFacts(
                    url="https://www.wakefield.gov.uk/news/pr9216",
                    title="Ofsted reports “steady progress”",
                    publisher="Wakefield Council",
                ),
            ),
            passages=(
                QuotedPassage(text="Work with children is now routinely recorded", page=1),
                QuotedPassage(text="not always explored and understood", page=2),
            ),
            answered=True,
            council=("https://www.wakefield.gov.uk/news/pr9216",),
            score=1.0,
            evidence=("quotes 2 passages of it, 12 words (+0.56)",),
        ),
    ),
    "visit-expected": event(
        EventName.VISIT_EXPECTED,
        publication=LETTER,
        article=ARTICLE,
        expected=ExpectedFacts(expected_on=date(2019, 11, 4), delay_days=23, delay_letters=41),
    ),
    "notice": event(
        EventName.NOTICE_NEW,
        article=ArticleFacts(
            url="https://www.gov.uk/government/news/changes-to-children-s-services-inspections",
            title="Changes to how Ofsted inspects children’s services",
            publisher="GOV.UK",
            published_at=AT,
        ),
    ),
    "notice-direction": event(
        EventName.NOTICE_NEW,
        article=ArticleFacts(
            url="https://www.gov.uk/government/publications/statutory-direction-wakefield",
            title="Statutory direction: children's services in Wakefield",
            publisher="Department for Education",
            published_at=AT,
        ),
        notice=NoticeFacts(kind=NoticeKind.DIRECTION, urns=("80451",)),
    ),
    "source-broken": source(
        EventName.SOURCE_BROKEN, Verdict.BROKEN, "search page: 12 of 153 authorities found"
    ),
    "source-blocked": source(
        EventName.SOURCE_BLOCKED, Verdict.BLOCKED, "403 Forbidden, three pages in a row"
    ),
    "source-still-broken": event(
        EventName.SOURCE_BROKEN,
        source=SourceFacts(
            name="ofsted",
            verdict=Verdict.BROKEN,
            cause="the page has a heading but no timeline of reports",
            since_at=datetime(2019, 10, 30, 9, 5, tzinfo=UTC),
            day=3,
            page_url="https://reports.ofsted.gov.uk/provider/44/80451",
            page_sha256="3f8a" * 16,
        ),
    ),
    "source-stale": source(
        EventName.SOURCE_STALE, Verdict.STALE, "newest entry 61 days old, at most 45 likely"
    ),
    "source-degraded": source(EventName.SOURCE_DEGRADED, Verdict.DEGRADED, "2 of 153 pages not reached"),
    "source-recovered": source(EventName.SOURCE_RECOVERED, Verdict.OK, None),
    "flood-held": event(EventName.FLOOD_HELD, held=HeldFacts(hold="2019-11-01-1", count=131, limit=20)),
    "restored-held": event(
        EventName.FLOOD_HELD, held=HeldFacts(hold="restored-20191101T090000Z", count=2, limit=0)
    ),
    "all-clear": event(EventName.ALL_CLEAR, at=MORNING, all_clear=PROOF),
    "all-clear-everywhere": event(
        EventName.ALL_CLEAR,
        at=MORNING,
        all_clear=PROOF.model_copy(
            update={
                "feeds": 41,
                "feeds_read": 39,
                "feeds_failing": ("Wakefield Express", "Leeds Live"),
                "expected_of": "Leeds",
                "expected_on": date(2026, 12, 3),
            }
        ),
    ),
    "not-all-clear": event(
        EventName.ALL_CLEAR,
        at=MORNING,
        all_clear=PROOF.model_copy(
            update={
                "swept_at": datetime(2026, 11, 21, 21, 10, tzinfo=UTC),
                "sources": (
                    SourceFacts(
                        name="ofsted",
                        verdict=Verdict.BROKEN,
                        cause=_SHRUNK,
                        since_at=datetime(2026, 11, 22, 3, 10, tzinfo=UTC),
                    ),
                ),
                "faults": (f"source ofsted is broken: {_SHRUNK}", "no full look since 21 Nov 2026 21:10"),
            }
        ),
    ),
}
EVENTS = {name: sample.model_copy(update={"key": f"sample/{name}"}) for name, sample in _SAMPLES.items()}
"""One event of every sort, by a name that says which; each with a key of its own."""
