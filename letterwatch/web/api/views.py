"""What each operation answers, from the state: blocking, run in the page's own threads."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from letterwatch import __version__
from letterwatch.web.api.asking import (
    CoverageQuery,
    LatestQuery,
    Paged,
    PublicationsQuery,
    Query,
    RunsQuery,
    VersionQuery,
)
from letterwatch.web.api.problems import PREFIX, ApiError
from letterwatch.web.api.records import (
    About,
    AuthorityDetail,
    AuthorityList,
    AuthoritySummary,
    Coverage,
    CoverageList,
    Expected,
    ExpectedList,
    Incident,
    IncidentList,
    JudgementMade,
    Notice,
    NoticeList,
    PageLinks,
    Publication,
    PublicationDetail,
    PublicationPage,
    Run,
    RunList,
    Source,
    SourceList,
    StandingNow,
    Version,
)
from letterwatch.web.desk import Desk
from state import CLOSES, OPENS, Authority, Entry, Judgement, RegisterError, Wanted

LICENCE = "Open Government Licence v3.0, for the words of Ofsted's letters and reports"


_LISTS = "publications authorities expected coverage notices sources incidents runs".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Call:
    """A request to one operation: its path's parts and its parameters."""

    path: Mapping[str, str]
    query: Query

    def value(self, name: str) -> str:
        """A part of the path."""
        return self.path[name]


def tell_about(desk: Desk, _call: Call) -> About:
    """What this server is and where to begin."""
    newest = desk.store.find_entries(Wanted(), size=1)
    return About(
        name="Letterwatch",
        version=__version__,
        publications=newest.total,
        newest_on=newest.entries[0].row.published_on if newest.entries else None,
        licence=LICENCE,
        openapi=f"{PREFIX}/openapi.json",
        links={name: f"{PREFIX}/{name}" for name in _LISTS},
    )


def list_publications(desk: Desk, call: Call) -> PublicationPage:
    """Letters and reports, the newest first; every parameter narrows the list."""
    query = call.query
    assert isinstance(query, PublicationsQuery)  # noqa: S101  the operation's own
    wanted = Wanted(
        text=query.q,
        urn=find_urn(desk, query.authority) if query.authority else None,
        region=_check_region(desk, query.region),
        kind=query.kind,
        pace=query.pace,
        since=query.since,
        until=query.until,
    )
    found = desk.store.find_entries(wanted, number=query.page, size=query.size)
    if query.page > found.pages:
        last = f"the last page is {found.pages}"
        raise ApiError(HTTPStatus.NOT_FOUND, f"there is no page {query.page}; {last}", "page")
    return PublicationPage(
        total=found.total,
        page=found.number,
        pages=found.pages,
        links=_link_pages(f"{PREFIX}/publications", query, found.pages),
        items=tuple(map(show_publication, found.entries)),
    )


def get_publication(desk: Desk, call: Call) -> PublicationDetail:
    """A publication with its letter and all versions of its document."""
    query = call.query
    assert isinstance(query, VersionQuery)  # noqa: S101  the operation's own
    urn, file_id = call.value("urn"), call.value("file_id")
    record = desk.store.find_letter(urn, file_id, query.version)
    if record is None:
        known = query.version is not None and desk.store.find_letter(urn, file_id) is not None
        what = f"version {query.version} of {urn}/{file_id}" if known else f"publication {urn}/{file_id}"
        raise ApiError(HTTPStatus.NOT_FOUND, f"there is no {what}; {PREFIX}/publications lists what there is")
    return PublicationDetail(
        publication=show_publication(record.entry),
        letter=record.letter,
        version=record.version.ordinal if record.version else None,
        versions=tuple(map(Version.model_validate, record.versions)),
        coverage=tuple(map(Coverage.model_validate, desk.store.coverage(f"{urn}/{file_id}"))),
    )


def list_authorities(desk: Desk, _call: Call) -> AuthorityList:
    """Every authority, by name, with where it stands by its last full inspection."""
    latest = {judgement.urn: judgement for judgement in desk.store.judgements()}
    return AuthorityList(
        items=tuple(
            _show_authority(authority, latest.get(authority.urn or "")) for authority in desk.register
        )
    )


def get_authority(desk: Desk, call: Call) -> AuthorityDetail:
    """An authority with its judgements over time and everything on its page."""
    try:
        authority = desk.register.get(call.value("urn"))
    except RegisterError as error:
        listed = f"{error}; {PREFIX}/authorities lists them"
        raise ApiError(HTTPStatus.NOT_FOUND, listed, "urn") from None
    urn = call.value("urn")
    judgements = [judgement for judgement in desk.store.judgements() if judgement.urn == urn]
    return AuthorityDetail(
        authority=_show_authority(authority, judgements[-1] if judgements else None),
        aliases=authority.aliases,
        trusts=authority.trusts,
        neighbours=authority.neighbours,
        successors=authority.successors,
        judgements=tuple(map(_show_judgement, judgements)),
        publications=tuple(map(show_publication, desk.store.shelf(urn))),
        expected=tuple(Expected.model_validate(each) for each in desk.store.expected() if each.urn == urn),
    )


def list_expected(desk: Desk, _call: Call) -> ExpectedList:
    """Every letter that is expected, the soonest first."""
    return ExpectedList(items=tuple(map(Expected.model_validate, desk.store.expected())))


def list_coverage(desk: Desk, call: Call) -> CoverageList:
    """The latest news stories that report publications, the newest first."""
    query = call.query
    assert isinstance(query, CoverageQuery)  # noqa: S101  the operation's own
    rows = desk.store.coverage(query.publication, query.limit)
    return CoverageList(items=tuple(map(Coverage.model_validate, rows)))


def list_incidents(desk: Desk, call: Call) -> IncidentList:
    """The latest times a source was not well, the newest first."""
    return IncidentList(items=tuple(map(Incident.model_validate, desk.store.incidents(_limit(call)))))


def list_notices(desk: Desk, call: Call) -> NoticeList:
    """The government's latest notices, the newest first."""
    return NoticeList(items=tuple(map(Notice.model_validate, desk.store.notices(limit=_limit(call)))))


def _limit(call: Call) -> int:
    assert isinstance(call.query, LatestQuery)  # noqa: S101  the operation's own
    return call.query.limit


def list_sources(desk: Desk, _call: Call) -> SourceList:
    """Every source that was ever looked at, and how the watch on it fares."""
    return SourceList(items=tuple(map(Source.model_validate, desk.store.sources())))


def list_runs(desk: Desk, call: Call) -> RunList:
    """The latest looks at the sources, the newest first."""
    query = call.query
    assert isinstance(query, RunsQuery)  # noqa: S101  the operation's own
    rows = desk.store.runs(query.limit if query.source is None else 10_000)
    chosen = [row for row in rows if query.source in (None, row.source)][: query.limit]
    return RunList(items=tuple(map(Run.model_validate, chosen)))


def find_urn(desk: Desk, name: str) -> str:
    """Whom a URN, LA code or name means; ApiError with the nearest name."""
    by_code = next((a for a in desk.register if a.la_code == name.strip() and a.current), None)
    try:
        urn = (by_code or desk.register.select(name)[0]).urn if ":" not in name else None
    except RegisterError as error:
        raise ApiError(HTTPStatus.NOT_FOUND, str(error), "authority") from None
    if urn is None or name.strip().casefold() == "all":
        raise ApiError(HTTPStatus.NOT_FOUND, f"{name} is not one authority with a URN", "authority")
    return urn


def show_publication(entry: Entry) -> Publication:
    """A publication as the API has it."""
    row = entry.row
    names = Publication.model_fields.keys() - {"pace", "snippet", "link"}
    snippet = entry.snippet.replace(OPENS, "").replace(CLOSES, "") if entry.snippet else None
    facts = {name: getattr(row, name) for name in names}
    link = f"{PREFIX}/publications/{row.id}"
    return Publication(**facts, pace=entry.pace, snippet=snippet, link=link)


def _check_region(desk: Desk, region: str | None) -> str | None:
    if region is None or region in desk.register.regions():
        return region
    known = ", ".join(desk.register.regions())
    raise ApiError(HTTPStatus.BAD_REQUEST, f"region must be one of {known}", "region")


def _link_pages(path: str, query: Paged, pages: int) -> PageLinks:
    given = query.model_dump(mode="json", exclude_defaults=True)

    def link(number: int) -> str:
        return f"{path}?{urlencode(given | {'page': number})}"

    return PageLinks(
        self=link(query.page),
        first=link(1),
        previous=link(query.page - 1) if query.page > 1 else None,
        next=link(query.page + 1) if query.page < pages else None,
    )


def _show_authority(authority: Authority, latest: Judgement | None) -> AuthoritySummary:
    standing = None
    if latest and latest.inadequate is not None:
        standing = StandingNow(
            inadequate=latest.inadequate,
            judged_on=latest.published_on,
            overall_effectiveness=latest.given.get("overall_effectiveness"),
            publication=f"{latest.urn}/{latest.file_id}",
        )
    return AuthoritySummary(
        urn=authority.urn,
        la_code=authority.la_code,
        gss_code=authority.gss_code,
        name=authority.name,
        region=authority.region,
        type=authority.type,
        current=authority.current,
        standing=standing,
        link=f"{PREFIX}/authorities/{authority.urn}" if authority.urn else None,
    )


def _show_judgement(judgement: Judgement) -> JudgementMade:
    return JudgementMade(
        publication=f"{judgement.urn}/{judgement.file_id}",
        published_on=judgement.published_on,
        inspected_to_on=judgement.inspected_to_on,
        grades=judgement.grades,
        inadequate=judgement.inadequate,
    )
