"""The tables that pages show, as CSV with the same filters and more columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from letterwatch.web.answers import answer
from letterwatch.web.desk import Desk, get_desk
from letterwatch.web.england import see_england
from letterwatch.web.feeds import table
from letterwatch.web.filters import read_wanted
from letterwatch.web.views.operation import SPENT_SINCE
from state import DeliveryState, Entry, Grades, Judgement, RegisterError

_BATCH = 1_000  # entries read at once, so that a large table needs little memory
_GRADES = tuple(Grades.model_fields)
_ENTRY = (
    *("id", "urn", "la_code", "authority", "region", "kind", "title", "visited_from_on", "visited_to_on"),
    *("published_on", "visit_number", "pace", "status", "versions", "sha256", "url"),
)
_SOURCE = (
    *("name", "verdict", "cause", "since_at", "last_look_at", "last_good_at", "swept_at", "failures"),
    "newest_on",
)
_RUN = ("id", "source", "rhythm", "started_at", "finished_at", "stopped", "verdict", "cause", "events")
_INCIDENT = ("source", "verdict", "cause", "opened_at", "closed_at", "page_url")
_REQUEST = ("on_day", "host", "requests", "bytes")
_STANDS = ("standing", "under_watch", "under_watch_since")
_NEIGHBOUR = ("place", "urn", "authority", "standing", "published_on", "under_watch", "under_watch_since")
_DELIVERY = (
    *("id", "event", "at", "publication", "subscription", "channel", "recipient", "state", "due_at"),
    *("digest", "hold", "attempts", "last_error", "sent_at", "receipt"),
)

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its headings, and its rows for a request's path and filters."""

    headings: Sequence[str]
    rows: Callable[[Desk, Mapping[str, str], QueryParams], Rows]


def _list_latest(desk: Desk, _path: Mapping[str, str], query: QueryParams) -> Rows:
    wanted = read_wanted(query)
    number, pages = 1, 1
    while number <= pages:
        found = desk.store.find_entries(wanted, number=number, size=_BATCH)
        yield from map(_show_entry, found.entries)
        number, pages = number + 1, found.pages


def _list_shelf(desk: Desk, path: Mapping[str, str], _query: QueryParams) -> Rows:
    desk.register.get(path["urn"])
    yield from map(_show_entry, desk.store.shelf(path["urn"]))


def _list_judgements(desk: Desk, path: Mapping[str, str], _query: QueryParams) -> Rows:
    desk.register.get(path["urn"])
    for judgement in desk.store.judgements():
        if judgement.urn == path["urn"]:
            yield _show_judgement(judgement)


def _list_england(desk: Desk, _path: Mapping[str, str], query: QueryParams) -> Rows:
    for each in see_england(desk, query.get("year", "")).known:
        authority, watch = each.authority, each.watch
        facts = (authority.urn, authority.la_code, authority.gss_code, authority.name, authority.region)
        judged = _show_judgement(each.judgement)[1:] if each.judgement else ()
        yield (*facts, each.standing, watch.on, watch.since, *judged)


def _list_neighbours(desk: Desk, path: Mapping[str, str], _query: QueryParams) -> Rows:
    authority = desk.register.get(path["urn"])
    known = {each.authority.urn: each for each in see_england(desk, "").known}
    for place, urn in enumerate(authority.neighbours, start=1):
        each = known.get(urn)
        if each:
            yield (
                place,
                urn,
                each.authority.name,
                each.standing,
                each.judged_on,
                each.watch.on,
                each.watch.since,
            )


def _list_incidents(desk: Desk, _path: Mapping[str, str], _query: QueryParams) -> Rows:
    return ([getattr(row, name) for name in _INCIDENT] for row in desk.store.incidents(500))


def _list_requests(desk: Desk, _path: Mapping[str, str], _query: QueryParams) -> Rows:
    since = (desk.clock.now() - SPENT_SINCE).date()
    return ([getattr(row, name) for name in _REQUEST] for row in desk.store.spending(since))


def _list_sources(desk: Desk, _path: Mapping[str, str], _query: QueryParams) -> Rows:
    return ([getattr(row, name) for name in _SOURCE] for row in desk.store.sources())


def _list_runs(desk: Desk, _path: Mapping[str, str], _query: QueryParams) -> Rows:
    return ([getattr(row, name) for name in _RUN] for row in desk.store.runs(500))


def _list_deliveries(desk: Desk, _path: Mapping[str, str], query: QueryParams) -> Rows:
    state = query.get("state")
    chosen = DeliveryState(state) if state in set(DeliveryState) else None
    return ([getattr(row, name) for name in _DELIVERY] for row in desk.store.deliveries(chosen))


def _show_entry(entry: Entry) -> Sequence[Any]:
    facts = [getattr(entry.row, name) for name in _ENTRY]
    return [*facts, entry.pace.quote if entry.pace else None, *_show_grades(entry.row.grades)]


def _show_judgement(judgement: Judgement) -> Sequence[Any]:
    facts = (judgement.urn, f"{judgement.urn}/{judgement.file_id}", judgement.published_on)
    return [*facts, judgement.inspected_to_on, judgement.inadequate, *_show_grades(judgement.grades)]


def _show_grades(grades: Grades | None) -> Sequence[Any]:
    return [getattr(grades, name) if grades else None for name in _GRADES]


_ENTRIES = (*_ENTRY, "pace_quote", *_GRADES)
_JUDGED = ("publication", "published_on", "inspected_to_on", "inadequate", *_GRADES)
TABLES: Mapping[str, Table] = {
    "/latest.csv": Table(_ENTRIES, _list_latest),
    "/authority/{urn}/publications.csv": Table(_ENTRIES, _list_shelf),
    "/authority/{urn}/judgements.csv": Table(("urn", *_JUDGED), _list_judgements),
    "/authority/{urn}/neighbours.csv": Table(_NEIGHBOUR, _list_neighbours),
    "/england.csv": Table(
        ("urn", "la_code", "gss_code", "authority", "region", *_STANDS, *_JUDGED), _list_england
    ),
    "/sources.csv": Table(_SOURCE, _list_sources),
    "/incidents.csv": Table(_INCIDENT, _list_incidents),
    "/requests.csv": Table(_REQUEST, _list_requests),
    "/runs.csv": Table(_RUN, _list_runs),
    "/deliveries.csv": Table(_DELIVERY, _list_deliveries),
}
"""Each address and its table."""


def serve_table(shown: Table) -> Callable[[Request], Any]:
    """The view of a table."""

    async def view(request: Request) -> Response:
        desk = get_desk(request)

        def make() -> bytes:
            rows = shown.rows(desk, request.path_params, request.query_params)
            width = len(shown.headings)
            return table.render_csv(shown.headings, ([*row, *[None] * (width - len(row))] for row in rows))

        try:
            body = await desk.run(make)
        except RegisterError:
            raise HTTPException(404) from None
        name = request.url.path.rpartition("/")[2]
        return answer(request, body, table.TYPE, {"Content-Disposition": f'attachment; filename="{name}"'})

    return view
