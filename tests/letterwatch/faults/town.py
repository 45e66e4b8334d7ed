"""The town that faults are tried in: real servers, the real command line; a letter and its story appear."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from unittest.mock import patch

from scraper import settings as house_rules
from state import IncidentRow, Store
from tests.letterwatch.faults.front import Front, PaperBehind, SiteBehind, open_fronts
from tests.letterwatch.faults.spoiling import MOST
from tests.letterwatch.here import run_here
from tests.servers.mail import MailServer
from tests.servers.slack import TOKEN, SlackServer
from tests.servers.web import Answer, Ask, WebServer

CONFIGURATION = (Path(__file__).parent / "letterwatch.toml").read_text("utf-8")
EVE, MORNING, NEXT_DAY, DAY_AFTER = (
    f"2019-{day}Z" for day in ("10-31T09:00", "11-01T10:00", "11-02T12:00", "11-03T15:00")
)
HOOKS = ("/hook", "/press")
RECIPIENT = "improvement@example.org"
FAR_AHEAD = 3_000_000_000  # so that Slack's time stamps are later than any event's
CHANNELS = ("Slack webhook", "Slack bot", "email", "webhook", "press webhook")


@dataclass
class Town:
    """Servers on loopback; `model` holds the state of a first pass on the eve of the letter."""

    site: SiteBehind
    front: Front
    paper: PaperBehind
    press: Front
    slack: SlackServer
    mail: MailServer
    hooks: WebServer
    model: Path
    posted: dict[str, list[Ask]] = field(default_factory=dict)

    def mend(self) -> None:
        """Everything works again."""
        self.front.calm()
        self.press.calm()
        self.slack.refusal = None
        self.slack._faults.clear()
        self.mail._refusals.clear()
        for path in HOOKS:
            self.serve_hook(path)

    def calm(self) -> None:
        """Everything works, and nobody was told anything: the eve of the letter."""
        self.mend()
        self.slack.posts.clear()
        self.mail.inbox.clear()
        self.posted = {path: [] for path in HOOKS}
        self.site.withdraw(self.site.letter.file_id)
        self.paper._is_out = False

    def serve_hook(self, path: str) -> None:
        """A receiver that takes what it is given."""

        def take(ask: Ask) -> Answer:
            self.posted[path].append(ask)
            return Answer("")

        self.hooks.serve(path, take)

    def publish(self) -> None:
        """The letter stands on the site, the story of it in the paper."""
        self.site.publish_letter()
        self.paper.publish()

    def count_told(self) -> dict[str, int]:
        """How often the letter and its story arrived; a repeat that is known by its key is none."""
        posts = [post.payload for post in self.slack.posts]
        mails = [mail for mail in self.mail.inbox if RECIPIENT in str(mail["To"])]
        return {
            "Slack webhook": sum("channel" not in payload for payload in posts),
            "Slack bot": sum("channel" in payload for payload in posts),
            "email": len({str(mail["Message-ID"]) for mail in mails}),
            "webhook": _count_keys(self.posted["/hook"]),
            "press webhook": _count_keys(self.posted["/press"]),
        }

    def configure(self) -> str:
        """The configuration of this town."""
        names = {
            "{site}": self.site.url,
            "{site_host}": self.front.host,
            "{feed}": self.paper.feed,
            "{slack}": self.slack.webhook_url,
            "{slack_api}": self.slack.api_url,
            "{token}": TOKEN,
            "{smtp}": self.mail.url,
            "{hook}": self.hooks.url("/hook"),
            "{press}": self.hooks.url("/press"),
        }
        text = CONFIGURATION
        for name, address in names.items():
            text = text.replace(name, address)
        return text

    def plainly(self, text: str) -> str:
        """What was printed, with the names that the servers stand for."""
        for url, host, name in (
            (self.front.url(), self.front.host, "reports.ofsted.gov.uk"),
            (self.press.url(), self.press.host, "www.wakefieldexpress.co.uk"),
        ):
            text = text.replace(url, f"https://{name}").replace(host, name)
        return text


@dataclass
class House:
    """One machine of the operator's in the town: a copy of the first pass, and its command line."""

    town: Town
    folder: Path
    fault: ExitStack
    """What ends the fault."""

    @property
    def config(self) -> Path:
        return self.folder / "letterwatch.toml"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "letterwatch.db"

    @property
    def archive(self) -> Path:
        return self.folder / "data" / "archive"

    def check(self, at: str, *words: str) -> CompletedProcess[str]:
        """`letterwatch check`, or another command, at a moment."""
        return run_here(words or ("check",), self.folder, self.environment(at))

    def environment(self, at: str) -> dict[str, str]:
        """The variables of its processes, which need not read this machine's certificates each time."""
        return {"LETTERWATCH_AT": at, "SSL_CERT_FILE": os.devnull, "SSL_CERT_DIR": str(self.folder)}

    def store(self) -> Any:
        """The state, to be looked at."""
        return closing(Store.open(f"sqlite:///{self.database}", rehearsal=True, create=False))

    def incidents(self) -> list[IncidentRow]:
        with self.store() as store:
            return list(store.incidents())


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    """A town whose servers answer until the block ends; nobody in it waits before trying again."""
    site, front, paper, press = open_fronts()
    with (
        front,
        press,
        SlackServer() as slack,
        MailServer() as mail,
        WebServer() as hooks,
        patch.object(house_rules, "LETTERWATCH_BACKOFF", 0),
        patch.object(house_rules, "DOWNLOAD_MAXSIZE", MOST),
    ):
        slack.clock = FAR_AHEAD
        town = Town(site, front, paper, press, slack, mail, hooks, folder)
        town.calm()
        (folder / "letterwatch.toml").write_text(town.configure(), "utf-8")
        done = run_here(("check",), folder, {"LETTERWATCH_AT": EVE})
        assert done.returncode == 0, done
        yield town


@contextmanager
def move_in(town: Town, folder: Path) -> Iterator[House]:
    """A house with the state of the first pass; what a fault did to it is undone when it is left."""
    town.calm()
    shutil.copytree(town.model / "data", folder / "data")
    (folder / "letterwatch.toml").write_text(town.configure(), "utf-8")
    with ExitStack() as fault:
        yield House(town, folder, fault)


def _count_keys(asked: list[Ask]) -> int:
    return len({ask.headers["idempotency-key"] for ask in asked})
