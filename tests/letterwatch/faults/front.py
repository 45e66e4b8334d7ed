"""A misbehaving door in front of a well-behaved site: answers pass through it, and a fault may spoil them."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from letterwatch.demo.loopback import Request, Response
from letterwatch.demo.paper import PaperServer
from tests.letterwatch.conftest import Site
from tests.servers.web import Answer, Ask, WebServer

Spoil = Callable[[Ask, Answer], Answer]
"""What becomes of the good answer to a request."""


class Front(WebServer):
    """Serves what `behind` answers; requests whose path begins with `path` get what `spoil` makes of it."""

    def __init__(self, behind: Callable[[Request], Response]) -> None:
        super().__init__()
        self._behind = behind
        self.calm()

    def calm(self) -> None:
        """Everything passes."""
        self.path, self.spoil = "", _pass
        self.watch: Callable[[Ask], None] = lambda _ask: None

    def disturb(self, path: str, spoil: Spoil) -> None:
        """From now on answers below a path are spoilt, and nothing there is "not modified"."""
        self.path, self.spoil = path, spoil

    def answer(self, ask: Ask) -> Answer:
        """The good answer, or what the fault makes of it."""
        with suppress(RuntimeError):
            self.watch(ask)
        is_spoilt = self.spoil is not _pass and ask.path.startswith(self.path)
        kept = {
            name: text for name, text in ask.headers.items() if not (is_spoilt and name.startswith("if-"))
        }
        path, _, query = ask.path.partition("?")
        good = _as_answer(self._behind(Request(ask.method, path, query, kept, ask.body)))
        return self.spoil(ask, good) if is_spoilt else good


class SiteBehind(Site):
    """Ofsted's site as it stands behind a front: its links lead to the front."""

    front: Front

    @property
    def url(self) -> str:
        return self.front.url()


class PaperBehind(PaperServer):
    """The paper behind a front."""

    front: Front

    @property
    def url(self) -> str:
        return self.front.url()


def open_fronts() -> tuple[SiteBehind, Front, PaperBehind, Front]:
    """The site and the paper with their fronts, which are still to be entered."""
    site, paper = SiteBehind(), PaperBehind()
    site.front, paper.front = Front(site._respond_to), Front(paper._respond_to)
    return site, site.front, paper, paper.front


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
