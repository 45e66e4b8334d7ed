"""What is told of: the Wakefield letters above all, a report, a paper's story."""

from datetime import UTC, date, datetime

from state import (
    Addressee,
    ArticleFacts,
    AuthorityRef,
    Event,
    EventName,
    Framework,
    Grade,
    GradeChange,
    Grades,
    Kind,
    Letter,
    Pace,
    PaceLabel,
    Paragraph,
    PreviousLetter,
    PublicationFacts,
    Quotation,
    Section,
    SectionRole,
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
