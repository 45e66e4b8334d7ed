"""What a settled look changes: known publications + a take -> changes. Pure; absence is never news."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from state.records.filed import Filed, FiledVersion
from state.records.letters import NOT_READ
from state.records.takes import DocumentTake, PublicationFound, is_councils
from state.records.vocabulary import EventName, Kind, Outcome

Key = tuple[str, str]
Order = tuple[date, Key]

TRIES_BEFORE_TELLING = 3  # runs without a document before an entry is announced without it
GONE_AFTER_LOOKS = 3
GONE_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Pages:
    """The authority pages of a run that may be believed, by URN.

    `read` were parsed, `complete` are those of them whose every entry came home, `unchanged` are as at
    the last settled look, `first` have never been settled before. `cut_short`: the crawl was stopped.
    """

    read: frozenset[str]
    complete: frozenset[str]
    unchanged: frozenset[str]
    first: frozenset[str]
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One publication before and after; `event` if it is news, `document` if it becomes a version."""

    before: Filed | None
    after: Filed
    event: EventName | None = None
    document: DocumentTake | None = None
    replaces: Filed | None = None
    steps: tuple[str, ...] = ()

    @property
    def order(self) -> Order:
        """Where it stands among others: the oldest publication comes first."""
        return self.after.published_on or date.min, self.after.sighting.key


def find_changes(
    found: Iterable[PublicationFound],
    known: Mapping[Key, Filed],
    pages: Pages,
    *,
    announce_from: date | None,
    now: datetime,
) -> list[Change]:
    """All changes, in the order of publication; a first look is quiet before `announce_from`."""
    entries = _merge(found)
    cases = []
    for key, entry in entries.items():
        if key not in known and entry.listed and key[0] in pages.read:
            cases.append(_appear(entry, pages, announce_from, now))
    for key, filed in known.items():
        case = _Case(before=filed, after=filed)
        _follow_listing(case, entries.get(key), pages, known, now)
        if key in entries:
            _follow_document(case, entries[key], pages, now)
        _follow_absence(case, entries.get(key), known, now)
        cases.append(case)
    for case in cases:
        _announce(case, known, now)
    changes = [case.finish() for case in cases if case.is_changed()]
    return sorted(changes, key=lambda change: change.order)


@dataclass(slots=True)
class _Case:
    """A publication while it is being followed through one run."""

    before: Filed | None
    after: Filed
    event: EventName | None = None
    document: DocumentTake | None = None
    replaces: Filed | None = None
    steps: tuple[str, ...] = ()

    def note(self, step: str) -> None:
        self.steps = (*self.steps, step)

    def is_changed(self) -> bool:
        return self.before != self.after

    def finish(self) -> Change:
        return Change(self.before, self.after, self.event, self.document, self.replaces, self.steps)


def _merge(found: Iterable[PublicationFound]) -> dict[Key, PublicationFound]:
    """One entry a publication; listed if any says so, with the document any of them brought."""
    merged: dict[Key, PublicationFound] = {}
    for entry in found:
        other = merged.get(entry.sighting.key)
        if other is None:
            merged[entry.sighting.key] = entry
            continue
        sighting = entry.sighting if entry.listed and not other.listed else other.sighting
        document = other.document or entry.document
        merged[entry.sighting.key] = PublicationFound(sighting, document, listed=other.listed or entry.listed)
    return merged


def _appear(entry: PublicationFound, pages: Pages, announce_from: date | None, now: datetime) -> _Case:
    filed = Filed(sighting=entry.sighting, first_seen_at=now, quiet=False)
    case = _Case(before=None, after=filed)
    case.note("first seen on the authority's page")
    _follow_document(case, entry, pages, now)
    published_on = case.after.published_on
    if entry.sighting.urn in pages.first and not (
        announce_from and published_on and published_on >= announce_from
    ):
        case.after = replace(case.after, quiet=True)
        case.note("recorded quietly: this was the first look at the page")
    return case


def _follow_listing(
    case: _Case, entry: PublicationFound | None, pages: Pages, known: Mapping[Key, Filed], now: datetime
) -> None:
    """Listed again, newly missing or missing still, as far as this run's page may be believed."""
    filed = case.after
    urn = filed.sighting.urn
    if is_councils(filed.sighting.file_id):
        return  # it never stood on Ofsted's page
    if entry and entry.listed and urn in pages.read:
        if filed.missing_since:
            case.note("listed again")
        if filed.withdrawn_at and filed.is_told and not _is_replaced(filed, known):
            case.event = EventName.PUBLICATION_RESTORED
            case.note(case.event.value)
        sighting = replace(entry.sighting, authority=filed.sighting.authority)
        case.after = replace(filed, sighting=sighting, missing_since=None, missing_looks=0, withdrawn_at=None)
    elif filed.withdrawn_at is None and (
        urn in pages.complete or (urn in pages.unchanged and filed.missing_since)
    ):
        if filed.missing_since is None:
            case.note("no longer listed on the authority's page")
        case.after = replace(
            filed, missing_since=filed.missing_since or now, missing_looks=filed.missing_looks + 1
        )


def _follow_document(case: _Case, entry: PublicationFound, pages: Pages, now: datetime) -> None:
    """A first document, another one, the same one, or none and why."""
    filed, document = case.after, entry.document
    if document and document.outcome is Outcome.OK and document.sha256:
        version = read_version(document, ordinal=filed.version.ordinal + 1 if filed.version else 1)
        case.after = replace(filed, checked_at=document.at)
        if filed.version and filed.version.sha256 == version.sha256:
            return
        case.document = document
        case.after = replace(case.after, version=version, unreadable=version.unreadable, tried_at=document.at)
        case.note(_describe_version(filed.version, version))
    elif filed.version:
        if document and document.outcome in (Outcome.NOT_MODIFIED, Outcome.GONE):
            case.after = replace(filed, checked_at=document.at)
    elif document:
        cause = document.cause or document.outcome.value
        case.after = replace(filed, tries=filed.tries + 1, tried_at=now, unreadable=cause)
        evidence = f" (what came is kept as {document.sha256})" if document.sha256 else ""
        if filed.tries < TRIES_BEFORE_TELLING or cause != filed.unreadable:
            case.note(f"no document at try {filed.tries + 1}: {cause}{evidence}")
    elif entry.listed and not (filed.is_told or pages.cut_short):
        # nobody asked: it is a run nearer to being told without, but its last try stays when and what it was
        cause = filed.unreadable or "not fetched"
        case.after = replace(filed, tries=filed.tries + 1, tried_at=filed.tried_at or now, unreadable=cause)
        case.note(f"no document at try {filed.tries + 1}: {cause}")


def _follow_absence(
    case: _Case, entry: PublicationFound | None, known: Mapping[Key, Filed], now: datetime
) -> None:
    """Withdrawn: missing from several good looks over a day, and the document itself is gone."""
    filed = case.after
    is_gone = entry and entry.document and entry.document.outcome is Outcome.GONE
    if filed.withdrawn_at or not filed.missing_since or not is_gone:
        return
    if filed.missing_looks < GONE_AFTER_LOOKS or now - filed.missing_since < GONE_AFTER:
        return
    case.after = replace(filed, withdrawn_at=now)
    case.note(f"withdrawn: missing from {filed.missing_looks} good looks and its document is gone")
    if _is_replaced(filed, known):
        case.note("not announced: another publication has replaced it")
    elif filed.is_told:
        case.event = EventName.PUBLICATION_WITHDRAWN
        case.note(case.event.value)


def _is_replaced(filed: Filed, known: Mapping[Key, Filed]) -> bool:
    return any(other.replaces_id == filed.id and not other.withdrawn_at for other in known.values())


def _announce(case: _Case, known: Mapping[Key, Filed], now: datetime) -> None:
    """Decides whether a publication's appearance or its text is news."""
    before, after = case.before, case.after
    if case.event or after.withdrawn_at:
        return
    if not after.is_told:
        if after.version is None and after.tries < TRIES_BEFORE_TELLING:
            return
        earlier = (other for other in known.values() if other.first_seen_at < after.first_seen_at)
        case.replaces = find_replaced(after, earlier)
        replaces_id = case.replaces.id if case.replaces else None
        if case.replaces and is_councils(case.replaces.sighting.file_id):
            case.after = replace(after, announced_at=now, replaces_id=replaces_id)
            case.note(f"not announced: the council published it as {case.replaces.sighting.file_id}")
            return
        case.event = EventName.PUBLICATION_REISSUED if case.replaces else EventName.PUBLICATION_NEW
        case.after = replace(after, announced_at=now, replaces_id=replaces_id)
        case.note(f"{case.event.value}{'' if after.version else ' without its document'}")
    elif before and is_revised(before, after):
        case.event = EventName.PUBLICATION_REVISED
        case.note(case.event.value)


def is_revised(before: Filed, after: Filed) -> bool:
    """True where the text told of differs; a first document counts where none could be told of."""
    if after.version is None or after.version is before.version:
        return False
    if before.version is None:
        return before.announced_at is not None
    return before.version.text_sha256 != after.version.text_sha256


def find_replaced(filed: Filed, known: Iterable[Filed]) -> Filed | None:
    """The publication about the very same visit that this one was put in place of."""
    same = [
        other
        for other in known
        if other.sighting.urn == filed.sighting.urn
        and other.sighting.file_id != filed.sighting.file_id
        and other.kind is filed.kind is not Kind.OTHER
        and other.withdrawn_at is None
        and _is_same_visit(filed, other)
    ]
    return max(same, key=lambda other: (other.first_seen_at, other.sighting.file_id), default=None)


def _is_same_visit(one: Filed, other: Filed) -> bool:
    if one.visit[1] and other.visit[1]:
        return one.visit == other.visit
    on = one.sighting.visited_on
    return on is not None and on == other.sighting.visited_on


def read_version(document: DocumentTake, *, ordinal: int) -> FiledVersion:
    """A version as it is filed, from what was fetched and read."""
    reading = document.reading or NOT_READ
    letter = reading.letter
    version = FiledVersion(
        ordinal=ordinal,
        sha256=document.sha256 or "",
        seen_at=document.at,
        text_sha256=reading.text_sha256,
        unreadable=reading.unreadable,
    )
    if letter is None:
        return version
    return replace(
        version,
        reader_version=letter.reader_version,
        kind=letter.kind,
        visited_from_on=letter.visited_from_on,
        visited_to_on=letter.visited_to_on,
        dated_on=letter.dated_on,
        visit_number=letter.visit_number,
        pace=letter.pace,
        grades=letter.grades,
    )


def _describe_version(before: FiledVersion | None, version: FiledVersion) -> str:
    what = "document obtained" if before is None else "another document under the same id"
    if version.unreadable:
        return f"{what}, unreadable: {version.unreadable}"
    if before and before.text_sha256 == version.text_sha256:
        return f"{what}, with the same text: no news"
    return f"{what}, read"
