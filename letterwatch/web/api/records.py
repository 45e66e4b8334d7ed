"""What is answered: the records of the API, whose fields the OpenAPI document describes."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from state import (
    ArticleFacts,
    Grade,
    Grades,
    Kind,
    Letter,
    NoticeKind,
    Pace,
    PublicationStatus,
    QuotedPassage,
    Rhythm,
    Verdict,
)


class Answer(BaseModel):
    """Base of all records; made from the state's own by their fields' names."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class PageLinks(Answer):
    """The addresses of a list's pages, relative to this server."""

    self: str = Field(description="This page.")
    first: str = Field(description="The first page.")
    previous: str | None = Field(description="The page before; null on the first.")
    next: str | None = Field(description="The page after; null on the last.")


class Publication(Answer):
    """A letter or report on an authority's page at Ofsted, with the facts of its newest document."""

    id: str = Field(description="Stable: <URN>/<file id>.", examples=["80451/50121234"])
    urn: str = Field(description="The authority's number at Ofsted.")
    la_code: str | None = Field(description="The authority's three-digit code; null where it is not known.")
    authority: str = Field(description="The authority's name on Ofsted's site.")
    region: str | None = Field(description="Its region of England; null where it is not known.")
    file_id: str = Field(description="The document's number at Ofsted.")
    kind: Kind = Field(description="What sort of document it is.")
    title: str = Field(description="Its title on the site.")
    url: str = Field(description="The document at Ofsted.")
    page_url: str = Field(description="The authority's page at Ofsted.")
    visited_from_on: date | None = Field(description="First day of the visit.")
    visited_to_on: date | None = Field(description="Last day of the visit.")
    published_on: date | None = Field(description="The day Ofsted published it.")
    first_seen_at: datetime = Field(description="When Letterwatch first saw it.")
    status: PublicationStatus = Field(description="Where it stands on the authority's page.")
    versions: int = Field(description="How many versions of the document are kept.")
    sha256: str | None = Field(description="SHA-256 of the newest document's bytes; null before it came.")
    unreadable: str | None = Field(description="Why the document could not be read; null where it could.")
    visit_number: int | None = Field(description="The number of a monitoring visit, from the letter.")
    pace: Pace | None = Field(description="The sentence on the pace of progress, word for word.")
    grades: Grades | None = Field(description="The grades it gives; null where it was not read.")
    snippet: str | None = Field(description="The passage that answers a search; null without one.")
    link: str = Field(description="This publication in the API.")


class PublicationPage(Answer):
    """One page of a list of publications, the newest first."""

    total: int = Field(description="How many there are on all pages.")
    page: int = Field(description="Which page this is.")
    pages: int = Field(description="How many pages there are.")
    links: PageLinks = Field(description="Where the other pages are.")
    items: tuple[Publication, ...] = Field(description="The publications.")


class Version(Answer):
    """One version of a document, as it was fetched."""

    ordinal: int = Field(description="1 for the first.")
    sha256: str = Field(description="SHA-256 of its bytes.")
    size: int = Field(description="Its size in bytes.")
    url: str = Field(description="Where it was fetched.")
    fetched_at: datetime = Field(description="When these bytes were first fetched.")
    seen_at: datetime = Field(description="When it became the newest version.")
    revises: bool = Field(description="True where its text differs from the version before.")
    unreadable: str | None = Field(description="Why it could not be read; null where it could.")
    reader_version: int | None = Field(description="The version of the reader that read it.")


class Coverage(Answer):
    """A news story that reports a publication: links, titles and what it quotes in the letter's own words."""

    story: int = Field(description="Its number here; stays.")
    publication: str = Field(description="The id of what it reports.")
    label: str = Field(description="What sort of document it is about.")
    first_at: datetime = Field(description="When the first of its articles appeared.")
    score: float = Field(description="How sure the link is, from 0 to 1.")
    evidence: tuple[str, ...] = Field(description="What the link rests on.")
    passages: tuple[QuotedPassage, ...] = Field(description="What it quotes from the document.")
    articles: tuple[ArticleFacts, ...] = Field(description="Who prints it, the earliest first.")


class CoverageList(Answer):
    """The latest stories that report publications, the newest first."""

    items: tuple[Coverage, ...] = Field(description="The stories.")


class PublicationDetail(Answer):
    """A publication with its letter and all its versions."""

    publication: Publication = Field(description="The publication itself.")
    letter: Letter | None = Field(description="The letter, as `letterwatch read --json` prints it.")
    version: int | None = Field(description="The version that the letter was read from.")
    versions: tuple[Version, ...] = Field(description="All versions, the oldest first.")
    coverage: tuple[Coverage, ...] = Field(description="News stories that report it, the newest first.")


class StandingNow(Answer):
    """Where an authority stands by its last full inspection."""

    inadequate: bool = Field(description="True where any judgement is inadequate.")
    judged_on: date | None = Field(description="When that inspection's report was published.")
    overall_effectiveness: Grade | None = Field(description="Its overall grade; null where it has none.")
    publication: str = Field(description="The report's id.")


class JudgementMade(Answer):
    """What one full inspection judged."""

    publication: str = Field(description="The report's id.")
    published_on: date | None = Field(description="When it was published.")
    inspected_to_on: date | None = Field(description="The inspection's last day.")
    grades: Grades | None = Field(description="Its grades; null where the report could not be read.")
    inadequate: bool | None = Field(description="True where any is inadequate; null where none can be told.")


class AuthoritySummary(Answer):
    """A council that answers for children's services."""

    urn: str | None = Field(description="Its number at Ofsted; null for an abolished one without.")
    la_code: str = Field(description="Its three-digit code.")
    gss_code: str = Field(description="Its code at the Office for National Statistics.")
    name: str = Field(description="Its name.")
    region: str = Field(description="Its region of England.")
    type: str = Field(description="What sort of council it is.")
    current: bool = Field(description="False where it was abolished.")
    standing: StandingNow | None = Field(description="Null where nothing is known of its last inspection.")
    link: str | None = Field(description="This authority in the API; null without a URN.")


class AuthorityList(Answer):
    """Every authority, by name."""

    items: tuple[AuthoritySummary, ...] = Field(description="The authorities.")


class Expected(Answer):
    """A visit whose letter is not out yet."""

    id: int = Field(description="Its number here; stays when the day moves.")
    urn: str = Field(description="The authority's number at Ofsted.")
    kind: Kind = Field(description="What sort of letter is expected.")
    basis: str = Field(description="Why: a visit was reported, or is due by the authority's cadence.")
    visited_from_on: date | None = Field(description="First day of the visit; null where it is not known.")
    visited_to_on: date | None = Field(description="Last day of the visit.")
    expected_on: date | None = Field(description="An estimate: Ofsted names no day in advance.")
    delays: int = Field(description="How many earlier letters' delays the estimate rests on.")
    noted_at: datetime = Field(description="When it became known.")


class ExpectedList(Answer):
    """Every letter that is expected, the soonest first."""

    items: tuple[Expected, ...] = Field(description="The letters expected.")


class AuthorityDetail(Answer):
    """An authority with its judgements over time and all its publications."""

    authority: AuthoritySummary = Field(description="The authority itself.")
    aliases: tuple[str, ...] = Field(description="Other names it goes by.")
    trusts: tuple[str, ...] = Field(description="Trusts that run its services.")
    neighbours: tuple[str, ...] = Field(description="URNs of its statistical neighbours, nearest first.")
    successors: tuple[str, ...] = Field(description="URNs of those who took over from it.")
    judgements: tuple[JudgementMade, ...] = Field(description="Its full inspections, the oldest first.")
    publications: tuple[Publication, ...] = Field(description="Everything on its page, the newest first.")
    expected: tuple[Expected, ...] = Field(description="Letters expected, the soonest first.")


class Source(Answer):
    """A source of news, and how the watch on it fares."""

    name: str = Field(description="What it is called.")
    verdict: Verdict = Field(description="How its last look ended.")
    cause: str | None = Field(description="Why, in one line.")
    since_at: datetime = Field(description="Since when it has this verdict.")
    last_look_at: datetime = Field(description="When it was last looked at.")
    last_good_at: datetime | None = Field(description="When it was last looked at with success.")
    swept_at: datetime | None = Field(description="When all of it was last looked at.")
    failures: int = Field(description="Failed looks in a row.")
    newest_on: date | None = Field(description="The date of its newest item.")


class SourceList(Answer):
    """Every source that was ever looked at, by name."""

    items: tuple[Source, ...] = Field(description="The sources.")


class Run(Answer):
    """One look at a source, judged as a whole."""

    id: int = Field(description="Its number.")
    source: str = Field(description="Which source.")
    rhythm: Rhythm = Field(description="How much of the source it looked at.")
    started_at: datetime = Field(description="When it began.")
    finished_at: datetime | None = Field(description="When the crawl ended.")
    stopped: str | None = Field(description="Why it ended early; null where it did not.")
    verdict: Verdict = Field(description="How it was judged.")
    cause: str | None = Field(description="Why, in one line.")
    figures: dict[str, int] = Field(description="What it counted.")
    events: int = Field(description="How many events it brought.")


class RunList(Answer):
    """The latest runs, the newest first."""

    items: tuple[Run, ...] = Field(description="The runs.")


class Incident(Answer):
    """A source that was not well, from its first bad look to its first good one."""

    id: int = Field(description="Its number.")
    source: str = Field(description="Which source.")
    verdict: Verdict = Field(description="How bad it is.")
    cause: str | None = Field(description="Why, in one line.")
    opened_at: datetime = Field(description="When it began: the first bad look.")
    changed_at: datetime = Field(description="When it last took another turn.")
    closed_at: datetime | None = Field(description="When it was over; null while it lasts.")


class IncidentList(Answer):
    """The latest incidents, the newest first."""

    items: tuple[Incident, ...] = Field(description="The incidents.")


class Notice(Answer):
    """What the government published on GOV.UK about inspections or councils."""

    url: str = Field(description="Its address, by which it is known.")
    title: str = Field(description="Its title.")
    summary: str | None = Field(description="Its summary; null where it has none.")
    publisher: str = Field(description="Who published it.")
    kind: NoticeKind = Field(description="What it announces.")
    urns: tuple[str, ...] = Field(description="The authorities it is about, by URN.")
    published_at: datetime = Field(description="When it was published.")


class NoticeList(Answer):
    """The latest notices, the newest first."""

    items: tuple[Notice, ...] = Field(description="The notices.")


class About(Answer):
    """What this server is and holds."""

    name: str = Field(description="What runs here: Letterwatch.")
    version: str = Field(description="Its version.")
    publications: int = Field(description="How many letters and reports are stored.")
    newest_on: date | None = Field(description="When the newest was published.")
    licence: str = Field(description="Under which terms the documents' words may be used.")
    openapi: str = Field(description="The description of this API.")
    links: dict[str, str] = Field(description="Where to begin.")
