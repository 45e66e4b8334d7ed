"""What may become of a source's pages, and the verdict that each must get in the very next look."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from letterwatch.demo.loopback import Request, Response
from state import Verdict
from tests.letterwatch.world import Answer, on_pages

SEARCH, PROVIDER = "/search", "/provider/"
_BLOCK = b"<html><body><h1>Access denied</h1>Your request was blocked.</body></html>"
_LOGIN = b"<html><body><form>Sign in <input name=p type='password'></form></body></html>"
_CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
_MAINTENANCE = b"<html><body><h1>Down for maintenance</h1>We will be back soon.</body></html>"
_HOME = b"<html><body><h1 class='heading--title'>Find an inspection report</h1></body></html>"
_MONTHS = re.compile(
    rb"January|February|March|April|May|June|July|August|September|October|November|December"
)
ROW = re.compile(rb' <li class="search-result">.*?\n </li>\n', re.DOTALL)
DAY = re.compile(rb' <li class="timeline__day">.*?\n </li>\n', re.DOTALL)
_TIME = re.compile(rb"<time[^>]*>[^<]*</time>")
_DATE = re.compile(rb"\d{2} [A-Z][a-z]+ \d{4}")


Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Mutation:
    """One change of all pages of a sort, and the verdict of a look at them."""

    page: str
    name: str
    answer: Answer
    verdict: Verdict = Verdict.BROKEN


def page_of(body: bytes) -> Change:
    return lambda _body: body


def swap(old: bytes, new: bytes) -> Change:
    return lambda body: body.replace(old, new)


def drop(pattern: re.Pattern[bytes], keep: Callable[[int], int] = lambda _count: 0) -> Change:
    """Takes all matches out but the first few."""

    def change(body: bytes) -> bytes:
        found = pattern.findall(body)
        for each in found[keep(len(found)) :]:
            body = body.replace(each, b"", 1)
        return body

    return change


def recount(body: bytes) -> bytes:
    """A third of the rows gone, and a count that says so."""
    short = drop(ROW, lambda count: count * 2 // 3)(body)
    rows = len(ROW.findall(short))
    return re.sub(rb"(results-count[^>]*>)\d+", rb"\g<1>%d" % rows, short)


def count_nothing(body: bytes) -> bytes:
    return re.sub(rb"(results-count[^>]*>)\d+", rb"\g<1>0", drop(ROW)(body))


def double(pattern: re.Pattern[bytes]) -> Change:
    return lambda body: pattern.sub(lambda found: found[0] * 2, body)


def age(body: bytes) -> bytes:
    """A copy as it might have been ten years before."""
    return re.sub(rb"\b20(1|2)(\d)\b", lambda found: b"20%d%s" % (int(found[1]) - 1, found[2]), body)


def answer_status(path: str, status: HTTPStatus, headers: dict[str, str] | None = None) -> Answer:
    def answer(request: Request, response: Response) -> Response:
        if request.path == "/":
            return Response(HTTPStatus.OK, _HOME, {"Content-Type": "text/html"})
        return Response(status, b"", headers or {}) if request.path.startswith(path) else response

    return answer


def swap_neighbours(request: Request, response: Response) -> Response:
    """Every authority's page shows another authority."""
    if not request.path.startswith(PROVIDER):
        return response
    body = response.body
    names = {b"Wakefield": b"Barnsley", b"Barnsley": b"Wakefield"}
    title = re.search(rb'heading--title">([^<]*)<', body)
    other = names.get(title[1] if title else b"", b"Wakefield")
    return Response(response.status, body.replace(title[1] if title else b"", other), response.headers)


def everywhere(page: str) -> list[Mutation]:
    """What may befall any page."""
    changes = [
        ("a block page with status 200", page_of(_BLOCK), Verdict.BLOCKED),
        ("a login page", page_of(_LOGIN), Verdict.BLOCKED),
        ("a JavaScript challenge", page_of(_CHALLENGE), Verdict.BLOCKED),
        ("a maintenance page", page_of(_MAINTENANCE), Verdict.BROKEN),
        ("an empty body", page_of(b""), Verdict.BROKEN),
        (
            "another language: months cannot be read",
            lambda body: _MONTHS.sub(b"Gorffennaf", body),
            Verdict.BROKEN,
        ),
        ("other bytes for the same text (UTF-16)", lambda body: body.decode().encode("utf-16"), Verdict.OK),
        ("an old copy, dates of ten years before", age, Verdict.BROKEN),
        ("cut off in the middle", lambda body: body[: len(body) // 3], Verdict.BROKEN),
    ]
    return [
        *(Mutation(page, name, on_pages(page, change), verdict) for name, change, verdict in changes),
        Mutation(page, "status 404", answer_status(page, HTTPStatus.NOT_FOUND)),
        Mutation(page, "status 403", answer_status(page, HTTPStatus.FORBIDDEN), Verdict.BLOCKED),
        Mutation(
            page, "a redirect to the home page", answer_status(page, HTTPStatus.FOUND, {"Location": "/"})
        ),
    ]


MUTATIONS = [
    *everywhere(SEARCH),
    Mutation(
        SEARCH, "the class of the rows renamed", on_pages(SEARCH, swap(b"search-result", b"result-card"))
    ),
    Mutation(SEARCH, "the list emptied", on_pages(SEARCH, drop(ROW))),
    Mutation(SEARCH, "the list emptied, and counted so", on_pages(SEARCH, count_nothing)),
    Mutation(SEARCH, "100 of 153 rows", on_pages(SEARCH, drop(ROW, lambda count: count * 100 // 153))),
    Mutation(SEARCH, "100 of 153 rows, and counted so", on_pages(SEARCH, recount)),
    Mutation(SEARCH, "every row twice", on_pages(SEARCH, double(ROW))),
    Mutation(
        SEARCH, "the dates moved to another label", on_pages(SEARCH, swap(b"Latest report:", b"Inspected:"))
    ),
    *everywhere(PROVIDER),
    Mutation(
        PROVIDER, "the class of the timeline renamed", on_pages(PROVIDER, swap(b'"timeline"', b'"history"'))
    ),
    Mutation(PROVIDER, "the list emptied", on_pages(PROVIDER, drop(DAY))),
    Mutation(PROVIDER, "a third of the list", on_pages(PROVIDER, drop(DAY, lambda count: count // 3))),
    Mutation(PROVIDER, "every report twice", on_pages(PROVIDER, double(DAY))),
    Mutation(PROVIDER, "the dates gone", on_pages(PROVIDER, lambda body: _DATE.sub(b"", body))),
    Mutation(
        PROVIDER, "another number for every file", on_pages(PROVIDER, swap(b"/v1/file/5", b"/v1/file/9"))
    ),
    Mutation(PROVIDER, "the page of another authority", swap_neighbours),
]


def render_table() -> str:
    """The table of docs/watching.md."""
    pages = {SEARCH: "search", PROVIDER: "authority's page"}
    rows = [f"| {pages[each.page]} | {each.name} | {each.verdict.value} |" for each in MUTATIONS]
    return "\n".join(["| page | what became of it | verdict |", "|---|---|---|", *rows]) + "\n"
