"""Takes as a spider would bring them home, for one authority or several."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from state import (
    AuthorityRef,
    AuthoritySighting,
    DocumentTake,
    Event,
    Framework,
    Grades,
    Kind,
    Letter,
    Outcome,
    PageLook,
    Paragraph,
    PublicationFound,
    PublicationSighting,
    Reading,
    Rhythm,
    Routing,
    Section,
    SectionRole,
    SentenceChange,
    Take,
    Validators,
)

SITE = "https://reports.test"
START = datetime(2019, 11, 1, 9, 0, tzinfo=UTC)
WAKEFIELD = "80451"
LEEDS = "80452"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def page_url(urn: str) -> str:
    return f"{SITE}/provider/44/{urn}"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def letter(text: str, kind: Kind = Kind.MONITORING_VISIT, **facts: object) -> Letter:
    paragraph = Paragraph(page=1, text=text)
    section = Section(role=SectionRole.FINDINGS, heading=None, page=1, paragraphs=(paragraph,))
    values: dict[str, object] = {
        "kind": kind,
        "title": "A letter",
        "authority": AuthorityRef(urn=WAKEFIELD, name="Wakefield"),
        "framework": Framework.ILACS,
        "sections": (section,),
    }
    return Letter.model_validate(values | facts)


def inspection(text: str, visited_to_on: date, **grades: str) -> Letter:
    return letter(
        text,
        Kind.INSPECTION,
        visited_from_on=visited_to_on - 4 * DAY,
        visited_to_on=visited_to_on,
        grades=Grades.model_validate(grades),
    )


def document(
    file_id: str, *, text: str | Letter | None = None, stamp: str = "", at: datetime = START
) -> DocumentTake:
    """A document that was obtained; `stamp` changes its bytes and not its text."""
    read = text if isinstance(text, Letter) else letter(text or f"text of {file_id}")
    words = read.sections[0].paragraphs[0].text
    return DocumentTake(
        url=f"{SITE}/file/{file_id}",
        outcome=Outcome.OK,
        at=at,
        sha256=digest(words + stamp),
        size=len(words),
        headers={"content-type": "application/pdf"},
        reading=Reading(letter=read, text_sha256=digest(words)),
    )


def no_document(file_id: str, outcome: Outcome, cause: str, at: datetime = START) -> DocumentTake:
    return DocumentTake(url=f"{SITE}/file/{file_id}", outcome=outcome, at=at, cause=cause)


def sighting(
    file_id: str,
    *,
    urn: str = WAKEFIELD,
    kind: Kind = Kind.MONITORING_VISIT,
    published_on: date | None = date(2019, 11, 1),
    visited_on: date | None = None,
) -> PublicationSighting:
    return PublicationSighting(
        urn=urn,
        authority={WAKEFIELD: "Wakefield", LEEDS: "Leeds"}.get(urn, f"Authority {urn}"),
        file_id=file_id,
        kind=kind,
        title=f"{kind.value} {file_id}",
        url=f"{SITE}/file/{file_id}",
        page_url=page_url(urn),
        visited_on=visited_on,
        published_on=published_on,
    )


@dataclass
class Crawl:
    """Builds one take; a page lists what was put on it with `entry`."""

    at: datetime = START
    rhythm: Rhythm = Rhythm.SWEEP
    claimed_on: date | None = date(2019, 11, 1)
    pages: dict[str, list[PublicationFound]] = field(default_factory=dict)
    looks: list[PageLook] = field(default_factory=list)
    asked: list[PublicationFound] = field(default_factory=list)

    def page(self, urn: str = WAKEFIELD, *found: PublicationFound) -> "Crawl":
        self.pages.setdefault(urn, []).extend(found)
        return self

    def look(self, urn: str, outcome: Outcome, cause: str | None = None, page: str = "provider") -> "Crawl":
        url = page_url(urn) if page == "provider" else f"{SITE}/{page}"
        self.looks.append(PageLook(url, page, outcome, self.at, urn=urn, cause=cause))
        return self

    def ask(self, found: PublicationSighting, taken: DocumentTake) -> "Crawl":
        self.asked.append(PublicationFound(found, taken, listed=False))
        return self

    def take(self) -> Take:
        take = Take(source="ofsted", rhythm=self.rhythm, started_at=self.at, finished_at=self.at)
        urns = [*self.pages, *(look.urn for look in self.looks if look.urn and look.page == "provider")]
        if self.rhythm is not Rhythm.CHOSEN and not any(look.page == "search" for look in self.looks):
            take.looks.append(self._search(len(urns)))
        take.looks += self.looks
        for urn in urns:
            name = sighting("0", urn=urn).authority
            take.authorities.append(AuthoritySighting(urn, name, page_url(urn), self.claimed_on))
        for urn, found in self.pages.items():
            take.looks.append(self._read(urn, len(found)))
            take.found += found
        take.found += self.asked
        for entry in take.found:
            if entry.document:
                taken = entry.document
                take.looks.append(PageLook(taken.url, "document", taken.outcome, taken.at, cause=taken.cause))
        return take

    def _search(self, rows: int) -> PageLook:
        valid = Validators('"search"', None, digest(f"search {rows} {self.claimed_on}"), 1)
        return PageLook(
            f"{SITE}/search", "search", Outcome.OK, self.at, rows=rows, expected_rows=rows, validators=valid
        )

    def _read(self, urn: str, rows: int) -> PageLook:
        valid = Validators(f'"{urn}"', None, digest(f"{urn} {rows}"), 1)
        return PageLook(page_url(urn), "provider", Outcome.OK, self.at, urn=urn, rows=rows, validators=valid)


def entry(
    file_id: str,
    taken: DocumentTake | None = None,
    *,
    urn: str = WAKEFIELD,
    kind: Kind = Kind.MONITORING_VISIT,
    published_on: date | None = date(2019, 11, 1),
    visited_on: date | None = None,
) -> PublicationFound:
    """An entry on a page, with a document unless told otherwise."""
    seen = sighting(file_id, urn=urn, kind=kind, published_on=published_on, visited_on=visited_on)
    return PublicationFound(seen, taken or document(file_id))


def route_to_newsdesk(event: Event) -> list[Routing]:
    return [Routing("all", "newsdesk", due_at=event.at)]


def compare(old: Letter, new: Letter) -> tuple[SentenceChange, ...]:
    before, after = (read.sections[0].paragraphs[0].text for read in (old, new))
    return (SentenceChange(before=before, after=after, page=1),) if before != after else ()
