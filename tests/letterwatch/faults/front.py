"""A misbehaving door in front of a well-behaved site: answers pass through it, and a fault may spoil them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from http import HTTPStatus

from letterwatch.demo.loopback import Request, Response
from letterwatch.demo.paper import PATH, TITLE, PaperServer
from tests.letterwatch.conftest import Site
from tests.letterwatch.faults.government import Government
from tests.servers.web import Answer, Ask, WebServer

EARLIER = "2019-10-30T18:00:00Z"
Spoil = Callable[[Ask, Answer], Answer]
"""What becomes of the good answer to a request."""


class Front(WebServer):
    """Serves what `behind` answers; requests whose path begins so get what `spoil` makes of it."""

    def __init__(self, behind: Callable[[Request], Response]) -> None:
        super().__init__()
        self._behind = behind
        self.calm()

    def calm(self) -> None:
        """Everything passes."""
        self.paths, self.spoil = ("",), _pass
        self.watch: Callable[[Ask], None] = lambda _ask: None

    def disturb(self, paths: tuple[str, ...], spoil: Spoil) -> None:
        """From now on answers below some paths are spoilt, and nothing there is "not modified"."""
        self.paths, self.spoil = paths, spoil

    def answer(self, ask: Ask) -> Answer:
        """The good answer, or what the fault makes of it."""
        with suppress(RuntimeError):
            self.watch(ask)
        is_spoilt = self.spoil is not _pass and ask.path.startswith(self.paths)
        kept = {
            name: text for name, text in ask.headers.items() if not (is_spoilt and name.startswith("if-"))
        }
        path, _, query = ask.path.partition("?")
        good = _as_answer(self._behind(Request(ask.method, path, query, kept, ask.body)))
        return self.spoil(ask, good) if is_spoilt else good


class SiteBehind(Site):
    """Ofsted's site as it stands behind a front: its links lead to the front."""

    front: Front

    def __init__(self) -> None:
        super().__init__()
        self._eve = self.replica

    def begin_anew(self) -> None:
        """The site as it stood on the eve of the letter."""
        self.replica = self._eve

    @property
    def url(self) -> str:
        return self.front.url()


class PaperBehind(PaperServer):
    """The paper behind a front; beside its feed it has a page that lists its stories."""

    front: Front

    @property
    def url(self) -> str:
        return self.front.url()

    @property
    def page(self) -> str:
        """The address of the page that lists stories."""
        return f"{self.url}/latest"

    def _respond_to(self, request: Request) -> Response:
        if request.path != "/latest":
            return super()._respond_to(request)
        listed = [(TITLE, PATH, "2019-11-01T08:55:00Z")] if self._is_out else []
        stories = "".join(
            f'<article class="card"><h3><a href="{self.url}{path}">{escape(title)}</a></h3>'
            f'<time datetime="{at}">{at}</time></article>'
            for title, path, at in (
                *listed,
                ("Trinity run out winners in the derby", "/sport/trinity", EARLIER),
            )
        )
        page = f"<!DOCTYPE html><html><body><main><h1>Latest</h1>{stories}</main></body></html>"
        return Response(body=page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Fronts:
    """What stands on the web, each behind its front."""

    site: SiteBehind
    front: Front
    paper: PaperBehind
    press: Front
    government: Government
    office: Front


def open_fronts() -> Fronts:
    """The site, the paper and the government with their fronts, which are still to be entered."""
    site, paper = SiteBehind(), PaperBehind()
    site.front, paper.front = Front(site._respond_to), Front(paper._respond_to)
    government = Government()
    government.front = Front(government.respond)
    return Fronts(site, site.front, paper, paper.front, government, government.front)


def _pass(_ask: Ask, answer: Answer) -> Answer:
    return answer


def _as_answer(response: Response) -> Answer:
    headers = {name: text for name, text in response.headers.items() if name.lower() != "content-type"}
    kind = next(
        (text for name, text in response.headers.items() if name.lower() == "content-type"), "text/html"
    )
    if response.status is HTTPStatus.NOT_MODIFIED:
        return Answer(b"", int(response.status), headers, content_type=kind)
    return Answer(response.body, int(response.status), headers, content_type=kind)
