"""The town that faults are tried in: real servers, the real command line.

A letter appears, a paper's story of it, and two notices of the government's.
"""

import os
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from unittest.mock import patch

from letterwatch.demo.paper import PATH
from letterwatch.demo.replica import Publication
from scraper import settings as house_rules
from scraper.letters import LetterReader
from scraper.spiders.news import NewsSpider
from state import IncidentRow, Store
from tests.letterwatch.faults.front import Fronts, open_fronts
from tests.letterwatch.faults.government import NOTICES
from tests.letterwatch.faults.spoiling import MOST
from tests.letterwatch.here import run_here
from tests.servers.mail import MailServer
from tests.servers.slack import TOKEN, SlackServer
from tests.servers.web import Answer, Ask, WebServer

CONFIGURATION = (Path(__file__).parent / "letterwatch.toml").read_text("utf-8")
EVE, MORNING, NEXT_DAY, DAY_AFTER = (
    f"2019-{day}Z" for day in ("10-31T09:00", "11-01T10:00", "11-02T12:00", "11-03T15:00")
)
HOOKS = ("/hook", "/press", "/notices")
RECIPIENT, DIGEST_RECIPIENT = "improvement@example.org", "digest@example.org"
FAR_AHEAD = 3_000_000_000  # so that Slack's time stamps are later than any event's
OF_LETTERS = ("Slack webhook", "Slack bot", "email", "webhook")
SLOWEST = 5.0  # seconds for an answer, so that nobody waits here as long as an operator would


@dataclass
class Town:
    """Servers on loopback; `model` holds the state of a first pass on the eve of the letter."""

    web: Fronts
    slack: SlackServer
    mail: MailServer
    hooks: WebServer
    model: Path
    posted: dict[str, list[Ask]] = field(default_factory=dict)
    awaited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What must be told over each channel: words that a message about it contains."""

    def mend(self) -> None:
        """Everything works again."""
        for front in (self.web.front, self.web.press, self.web.office):
            front.calm()
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
        self.web.site.begin_anew()
        self.web.paper._is_out = self.web.government.is_out = False
        self.awaited = {"press webhook": (PATH,), "notices' webhook": NOTICES}

    def serve_hook(self, path: str) -> None:
        """A receiver that takes what it is given."""

        def take(ask: Ask) -> Answer:
            self.posted[path].append(ask)
            return Answer("")

        self.hooks.serve(path, take)

    def publish(self) -> None:
        """The letter stands on the site, the story of it in the paper; the government has news, too."""
        self.publish_letter(self.web.site.letter)
        self.web.paper.publish()
        self.web.government.publish()

    def publish_letter(self, letter: Publication) -> None:
        """A letter stands on the site, and is awaited over every channel of letters."""
        self.web.site.publish(letter)
        for channel in (*OF_LETTERS, *({"digest"} & self.awaited.keys())):
            self.awaited[channel] = (*self.awaited.get(channel, ()), letter.file_id)

    def count_told(self) -> dict[str, tuple[int, ...]]:
        """How often each thing that is awaited was told over its channel."""
        heard = self._hear()
        for channel, texts in heard.items():
            words = self.awaited.get(channel, ())
            assert all(any(word in text for word in words) for text in texts), (
                f"{channel}: what is this? {texts}"
            )
        return {
            channel: tuple(sum(word in text for text in heard[channel]) for word in words)
            for channel, words in self.awaited.items()
        }

    def _hear(self) -> dict[str, Sequence[str]]:
        """The messages that arrived; a repeat that is known by its key is none."""
        posts = [post.payload for post in self.slack.posts]
        mails = {str(mail["Message-ID"]): mail for mail in self.mail.inbox}.values()
        return {
            "Slack webhook": [str(payload) for payload in posts if "channel" not in payload],
            "Slack bot": [str(payload) for payload in posts if "channel" in payload],
            "email": [_read(mail) for mail in mails if RECIPIENT in str(mail["To"])],
            "digest": [_read(mail) for mail in mails if DIGEST_RECIPIENT in str(mail["To"])],
            "webhook": _keep_one_each(self.posted["/hook"]),
            "press webhook": _keep_one_each(self.posted["/press"]),
            "notices' webhook": _keep_one_each(self.posted["/notices"]),
        }

    def configure(self) -> str:
        """The configuration of this town."""
        names = {
            "{site}": self.web.site.url,
            "{site_host}": self.web.front.host,
            "{feed}": self.web.paper.feed,
            "{office}": self.web.office.url(),
            "{slack}": self.slack.webhook_url,
            "{slack_api}": self.slack.api_url,
            "{token}": TOKEN,
            "{smtp}": self.mail.url,
            "{hook}": self.hooks.url("/hook"),
            "{press}": self.hooks.url("/press"),
            "{notices}": self.hooks.url("/notices"),
        }
        text = CONFIGURATION
        for name, address in names.items():
            text = text.replace(name, address)
        return text

    def plainly(self, text: str) -> str:
        """What was printed, with the names that the servers stand for."""
        for front, name in (
            (self.web.front, "reports.ofsted.gov.uk"),
            (self.web.press, "www.wakefieldexpress.co.uk"),
            (self.web.office, "www.gov.uk"),
        ):
            text = text.replace(front.url(), f"https://{name}").replace(front.host, name)
        return text


@dataclass
class House:
    """One machine of the operator's in the town: a copy of the first pass, and its command line."""

    town: Town
    folder: Path
    fault: ExitStack
    """What ends the fault."""
    moving_out: ExitStack
    """What is cleared away in the end."""
    server: Any = None
    """Its own PostgreSQL, where it has one."""

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

    @property
    def journal(self) -> str:
        """What the operators were told."""
        file = self.folder / "data" / "alerts.txt"
        return file.read_text("utf-8") if file.exists() else ""

    def rewrite(self, old: str, new: str, *, for_good: bool = False) -> None:
        """Edits the configuration, while the fault lasts unless it is for good."""
        text = self.config.read_text("utf-8")
        assert old in text
        self.config.write_text(text.replace(old, new, 1), "utf-8")
        if not for_good:
            self.fault.callback(self.config.write_text, text, "utf-8")

    @property
    def url(self) -> str:
        """Where its state lies."""
        named = tomllib.loads(self.config.read_text("utf-8")).get("state", {})
        return str(named.get("url", f"sqlite:///{self.database}"))

    def store(self) -> Any:
        """The state, to be looked at."""
        return closing(Store.open(self.url, rehearsal=True, create=False))

    def incidents(self) -> list[IncidentRow]:
        with self.store() as store:
            return list(store.incidents())


class _KeptReader(LetterReader):
    """The reader of all commands in this process: to start one for each costs more than all else they do."""

    def close(self) -> None:
        """It goes on for the next command."""

    def end(self) -> None:
        """Its process ends with the town."""
        super().close()


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    """A town whose servers answer until the block ends; nobody in it waits before trying again."""
    web = open_fronts()
    with (
        web.front,
        web.press,
        web.office,
        SlackServer() as slack,
        MailServer() as mail,
        WebServer() as hooks,
        ExitStack() as ending,
        patch.object(house_rules, "LETTERWATCH_BACKOFF", 0),
        patch.object(house_rules, "DOWNLOAD_MAXSIZE", MOST),
        patch.object(house_rules, "DOWNLOAD_TIMEOUT", SLOWEST),
        patch.dict(NewsSpider.custom_settings, DOWNLOAD_TIMEOUT=SLOWEST),
    ):
        reader = _KeptReader()
        ending.callback(reader.end)
        ending.enter_context(patch("letterwatch.app.LetterReader", lambda: reader))
        slack.clock = FAR_AHEAD
        town = Town(web, slack, mail, hooks, folder)
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
    with ExitStack() as moving_out, ExitStack() as fault:
        yield House(town, folder, fault, moving_out)


def _keep_one_each(asked: list[Ask]) -> list[str]:
    return list({ask.headers["idempotency-key"]: ask.body.decode() for ask in asked}.values())


def _read(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""
