"""The addresses of feeds, calendars and badges; each answers conditionally."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from letterwatch import __version__
from letterwatch.web.answers import answer
from letterwatch.web.desk import Desk, get_desk
from letterwatch.web.feeds import atom, badge, calendar
from letterwatch.web.feeds.badges import compose_badge
from letterwatch.web.feeds.expecting import tell_expected
from letterwatch.web.feeds.telling import tell_publication
from letterwatch.web.filters import slugify
from notifier.composing.wording import DOCUMENT_NAMES, capitalised
from state import Authority, Entry, Gist, Kind, RegisterError, Wanted

MOST_ENTRIES = 50
EMBEDDED = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=600"}
"""A badge stands on other sites' pages, and is asked for by every reader of them."""

_EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)


async def show_feed(request: Request) -> Response:
    """Every letter and report, the newest first."""
    return await _answer_feed(request, "all", "Letters and reports", "/", Wanted())


async def show_authority_feed(request: Request) -> Response:
    """One authority's letters and reports."""
    authority = _get_authority(request)
    page = f"/authority/{authority.urn}"
    title = f"{authority.name}: letters and reports"
    return await _answer_feed(request, f"authority/{authority.urn}", title, page, Wanted(urn=authority.urn))


async def show_region_feed(request: Request) -> Response:
    """One region's letters and reports."""
    slug = request.path_params["region"]
    regions = get_desk(request).register.regions()
    region = next((each for each in regions if slugify(each) == slug), None)
    if region is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    page = str(request.url_for("latest").include_query_params(region=region))
    title = f"{region}: letters and reports"
    return await _answer_feed(request, f"region/{slug}", title, page, Wanted(region=region))


async def show_kind_feed(request: Request) -> Response:
    """One sort of document."""
    try:
        kind = Kind(request.path_params["kind"])
    except ValueError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    page = str(request.url_for("latest").include_query_params(kind=kind.value))
    title = f"{capitalised(DOCUMENT_NAMES[kind])}s"
    return await _answer_feed(request, f"kind/{kind.value}", title, page, Wanted(kind=kind))


async def show_calendar(request: Request) -> Response:
    """Every letter expected."""
    return await _answer_calendar(request, "Letters expected from Ofsted", lambda _urn: True)


async def show_authority_calendar(request: Request) -> Response:
    """One authority's letters expected."""
    authority = _get_authority(request)
    name = f"{authority.name}: letters expected from Ofsted"
    return await _answer_calendar(request, name, lambda urn: urn == authority.urn)


async def show_badge(request: Request) -> Response:
    """One authority's badge."""
    authority, desk = _get_authority(request), get_desk(request)

    def make() -> bytes:
        return badge.render_badge(compose_badge(authority.name, desk.store.shelf(authority.urn or "")))

    return answer(request, await desk.run(make), badge.TYPE, EMBEDDED)


def _get_authority(request: Request) -> Authority:
    try:
        return get_desk(request).register.get(request.path_params["urn"])
    except RegisterError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None


async def _answer_feed(request: Request, name: str, title: str, page: str, wanted: Wanted) -> Response:
    desk = get_desk(request)
    base = str(request.base_url).rstrip("/")

    def make() -> bytes:
        entries, gists = find_news(desk, wanted)
        told = [
            tell_publication(entry, gists[entry.row.id], url=f"{base}/letter/{entry.row.id}")
            for entry in entries
            if entry.row.id in gists
        ]
        feed = atom.Feed(
            id=f"feed/{name}",
            title=f"Ofsted: {title}" if name == "all" else title,
            subtitle="Ofsted on councils’ children’s services, in its own words, watched by Letterwatch",
            url=f"{base}{request.url.path}",
            page_url=page if page.startswith("http") else f"{base}{page}",
            updated_at=max((entry.updated_at for entry in told), default=_EMPTY_SINCE),
            entries=told,
        )
        return atom.render_atom(feed, version=__version__)

    return answer(request, await desk.run(make), atom.TYPE)


def find_news(desk: Desk, wanted: Wanted) -> tuple[Sequence[Entry], dict[str, Gist]]:
    """The newest of what is wanted, and the gist of each."""
    entries = desk.store.find_entries(wanted, size=MOST_ENTRIES).entries
    return entries, dict(desk.store.gists(*(entry.row.id for entry in entries)))


async def _answer_calendar(request: Request, name: str, wants: Callable[[str], bool]) -> Response:
    desk = get_desk(request)
    base = str(request.base_url).rstrip("/")

    def make() -> bytes:
        days = [
            tell_expected(letter, url=f"{base}/authority/{letter.urn}")
            for letter in desk.store.expected()
            if wants(letter.urn)
        ]
        return calendar.render_calendar(name, [day for day in days if day], version=__version__)

    return answer(request, await desk.run(make), calendar.TYPE)
