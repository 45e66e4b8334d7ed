"""The stage alone: replica, paper and inbox at fixed addresses, for a configuration of one's own."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus

from rich.console import Console

from letterwatch.demo.display import draw_mail, draw_slack
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.loopback import Request, Response
from letterwatch.demo.paper import PaperServer
from letterwatch.demo.replica import Replica, load_replica
from letterwatch.demo.server import ReplicaServer
from letterwatch.demo.story import LETTER, NOW

FIRST_PORT = 8610
NEXT = "/next"
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


class StageSite(ReplicaServer):
    """The replica on the morning of the letter; a POST to /next lets happen what comes next."""

    def __init__(self, replica: Replica, port: int, coming: list[tuple[str, Callable[[], None]]]) -> None:
        super().__init__(replica, port)
        self._coming = coming

    def _respond_to(self, request: Request) -> Response:
        if request.path != NEXT:
            return super()._respond_to(request)
        if request.method != "POST":
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, b"POST to it\n", _PLAIN)
        if not self._coming:
            return Response(body=b"Nothing more happens here.\n", headers=_PLAIN)
        words, happen = self._coming.pop(0)
        happen()
        return Response(body=f"{words}\n".encode(), headers=_PLAIN)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on the stage."""

    site: StageSite
    paper: PaperServer
    inbox: Inbox


@contextmanager
def put_up(first_port: int = FIRST_PORT) -> Iterator[Standing]:
    """Puts it up at four ports in a row; raises OSError where one is taken."""
    whole = load_replica()
    letter = whole.get(LETTER)
    with ExitStack() as stack:
        paper = stack.enter_context(PaperServer(first_port + 1))
        inbox = stack.enter_context(Inbox(first_port + 2))
        site = StageSite(
            whole.until(NOW.date()).without_publication(LETTER),
            first_port,
            [
                ("Ofsted publishes a letter: Wakefield, Monitoring visit.", lambda: site.publish(letter)),
                ("The Wakefield Express reports it.", paper.publish),
            ],
        )
        stack.enter_context(site)
        yield Standing(site, paper, inbox)


def introduce(console: Console, standing: Standing) -> None:
    """Says what stands where, and how to look at it."""
    say = console.print
    say("[bold]Letterwatch's stage.[/] Everything is on this machine; the network is not used.")
    say(f"   Ofsted     {standing.site.url}/search")
    say(f"   paper      {standing.paper.feed}")
    say(f"   Slack      {standing.inbox.webhook_url}")
    say(f"   mail       {standing.inbox.smtp_url}")
    say("\n[bold]In another terminal, to have them watched by a configuration of your own:[/]")
    for line in tell_variables(standing):
        say(f"   {line}", markup=False, soft_wrap=True)
    say("\n[bold]To let happen what comes next, a letter and then a paper's report of it:[/]")
    say(f"   curl -X POST {standing.site.url}{NEXT}")
    say("\nWhat Slack and the mail server receive is shown here, until Ctrl-C.")


def tell_variables(standing: Standing) -> Iterator[str]:
    """The lines that turn any configuration to the stage."""
    yield f"export LETTERWATCH_AT={NOW:%Y-%m-%dT%H:%MZ}"
    yield f"export LETTERWATCH_OFSTED__REPORTS_URL={standing.site.url}"
    yield f"export LETTERWATCH_OFSTED__FILES_HOSTS='[\"{standing.site.host}\"]'"
    yield "export LETTERWATCH_OFSTED__FEWEST_AUTHORITIES=1"
    yield "export LETTERWATCH_HTTP__REQUESTS_PER_SECOND=1000"


def show_arrivals(console: Console, inbox: Inbox, seen: tuple[int, int] = (0, 0)) -> None:
    """Shows what arrives, until Ctrl-C; `seen` messages and mails were shown already."""
    slack, mails = seen
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(0.2)
            for message in inbox.slack[slack:]:
                console.print(draw_slack(message))
            for mail in inbox.mails[mails:]:
                console.print(draw_mail(mail))
            slack, mails = len(inbox.slack), len(inbox.mails)
