"""Events as the state makes them, from the record's own shapes: the Wakefield letters above all."""

from datetime import UTC, date, datetime

from state import (
    Addressee,
    AllClearFacts,
    ArticleFacts,
    AuthorityRef,
    CoverageFacts,
    Event,
    EventName,
    ExpectedFacts,
    Framework,
    Grade,
    GradeChange,
    Grades,
    HeldFacts,
    Kind,
    Letter,
    NoticeFacts,
    NoticeKind,
    Pace,
    PaceLabel,
    Paragraph,
    PreviousLetter,
    PublicationFacts,
    Quotation,
    QuotedPassage,
    Section,
    SectionRole,
    SentenceChange,
    SourceFacts,
    Standing,
    SummaryRole,
    Verdict,
)

AT = datetime(2019, 11, 1, 9, 5, tzinfo=UTC)
PAGE_URL = "https://reports.ofsted.gov.uk/provider/44/80451"
STEADY = (
    "The local authority is making steady progress in improving services for its children and young people "
    "in need of help and protection."
)
LETTER = PublicationFacts(
    urn="80451",
    authority="Wakefield",
    region="Yorkshire and The Humber",
    file_id="50121234",
    kind=Kind.MONITORING_VISIT,
    title="Monitoring visit",
    url="https://files.ofsted.gov.uk/v1/file/50121234",
    page_url=PAGE_URL,
    visited_from_on=date(2019, 10, 9),
    visited_to_on=date(2019, 10, 10),
    published_on=date(2019, 11, 1),
)
READ = Letter(
    kind=Kind.MONITORING_VISIT,
    title="Monitoring visit of Wakefield children's services",
    authority=AuthorityRef(urn="80451", name="Wakefield"),
    framework=Framework.ILACS,
    visited_from_on=date(2019, 10, 9),
    visited_to_on=date(2019, 10, 10),
    dated_on=date(2019, 11, 1),
    inspectors=("Jan Edwards", "Matt Reed"),
    addressee=Addressee(name="Beate Wagner", post="Corporate Director, Children and Young People"),
    visit_number=3,
    judged_inadequate="2018-06",
    areas=(
        "children in need and children subject to a child protection plan",
        "the quality of case recording.",
    ),
    pace=Pace(label=PaceLabel.STEADY, quote=STEADY, page=1),
    sections=(
        Section(
            role=SectionRole.AREAS,
            heading="Areas covered by the visit",
            page=1,
            paragraphs=(
                Paragraph(
                    page=1,
                    bullet=True,
                    text="children in need and children subject to a child protection plan",
                ),
                Paragraph(page=1, bullet=True, text="the quality of case recording."),
            ),
        ),
    ),
    summary=(
        Quotation(quote=STEADY, page=1, role=SummaryRole.PACE),
        Quotation(
            quote="Work with children is now routinely recorded.",
            page=2,
            role=SummaryRole.STRENGTH,
            themes=("case recording",),
        ),
        Quotation(
            quote="Children are now regularly seen by their social workers, and more recent social work "
            "practice is leading to improved outcomes for some through better focused interventions.",
            page=2,
            role=SummaryRole.STRENGTH,
        ),
        Quotation(
            quote="The impact of repeat neglect on some children is not always explored and understood.",
            page=3,
            role=SummaryRole.CONCERN,
            themes=("neglect",),
        ),
        Quotation(
            quote="Poor practice is still not consistently challenged by senior managers.",
            page=3,
            role=SummaryRole.CONCERN,
            themes=("management oversight",),
        ),
    ),
)
PREVIOUS = PreviousLetter(
    kind=Kind.MONITORING_VISIT,
    title="Monitoring visit",
    url="https://files.ofsted.gov.uk/v1/file/50085555",
    published_on=date(2019, 6, 14),
    visited_from_on=date(2019, 5, 14),
    visited_to_on=date(2019, 5, 15),
    visit_number=2,
    pace=Pace(label=PaceLabel.POOR, quote="The pace of progress has been too slow in some areas.", page=1),
)
STANDING = Standing(
    inadequate=True,
    judged_on=date(2018, 7, 17),
    inspected_to_on=date(2018, 6, 15),
    overall_effectiveness=Grade.INADEQUATE,
    url="https://files.ofsted.gov.uk/v1/file/50004490",
)
WAKEFIELD = Event(
    key="publication.new/80451/50121234",
    name=EventName.PUBLICATION_NEW,
    at=AT,
    publication=LETTER,
    letter=READ,
    previous=PREVIOUS,
    standing=STANDING,
)
REPORT = LETTER.model_copy(
    update={
        "file_id": "50174905",
        "kind": Kind.INSPECTION,
        "title": "Children's services inspection",
        "url": "https://files.ofsted.gov.uk/v1/file/50174905",
        "visited_from_on": date(2021, 11, 8),
        "visited_to_on": date(2021, 11, 19),
        "published_on": date(2022, 1, 5),
    }
)
REPORT_CHANGES = (
    GradeChange(judgement="overall_effectiveness", before=Grade.INADEQUATE, after=Grade.GOOD),
    GradeChange(judgement="impact_of_leaders", before=Grade.INADEQUATE, after=Grade.OUTSTANDING),
    GradeChange(judgement="help_and_protection", before=Grade.INADEQUATE, after=Grade.GOOD),
    GradeChange(judgement="in_care", before=Grade.INADEQUATE, after=Grade.GOOD),
)
REPORT_READ = Letter(
    kind=Kind.INSPECTION,
    title="Inspection of Wakefield local authority children's services",
    authority=AuthorityRef(urn="80451", name="Wakefield"),
    framework=Framework.ILACS,
    visited_from_on=date(2021, 11, 8),
    visited_to_on=date(2021, 11, 19),
    inspectors=("Louise Hocking",),
    grades=Grades(
        overall_effectiveness=Grade.GOOD,
        impact_of_leaders=Grade.OUTSTANDING,
        help_and_protection=Grade.GOOD,
        in_care=Grade.GOOD,
    ),
    summary=(
        Quotation(
            quote="Children and young people in Wakefield benefit from good services.",
            page=1,
            role=SummaryRole.GRADE,
        ),
        Quotation(
            quote="The written records of children's plans are not always clear.",
            page=2,
            role=SummaryRole.CONCERN,
        ),
    ),
)
FOCUSED = LETTER.model_copy(
    update={
        "file_id": "50212121",
        "kind": Kind.FOCUSED_VISIT,
        "title": "Children's services focused visit",
        "url": "https://files.ofsted.gov.uk/v1/file/50212121",
        "visited_from_on": date(2023, 3, 28),
        "visited_to_on": date(2023, 3, 29),
        "published_on": date(2023, 5, 9),
    }
)
OTHER = LETTER.model_copy(
    update={
        "file_id": "50999999",
        "kind": Kind.OTHER,
        "title": "Serious incident notification *review* <!channel>",
        "url": "https://files.ofsted.gov.uk/v1/file/50999999",
        "visited_from_on": None,
        "visited_to_on": None,
    }
)
ARTICLE = ArticleFacts(
    url="https://www.wakefieldexpress.co.uk/news/steady-progress-1-10083452",
    title="Wakefield children's services making 'steady progress', Ofsted says",
    publisher="Wakefield Express",
    published_at=datetime(2019, 11, 2, 6, 0, tzinfo=UTC),
)


def event(name: EventName, **facts: object) -> Event:
    """An event of this name with these facts."""
    return Event.model_validate({"key": f"{name}/sample", "name": name, "at": AT} | facts)


def source(name: EventName, verdict: Verdict, cause: str | None) -> Event:
    """An event of a source."""
    facts = SourceFacts(name="ofsted", verdict=verdict, cause=cause, since_at=AT)
    return event(name, source=facts)


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
