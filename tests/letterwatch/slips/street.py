"""The street that the operator's machine stands in: Ofsted's site, Slack, a mail server, a webhook."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from scraper import settings as house_rules
from tests.letterwatch.conftest import Site
from tests.letterwatch.here import run_here
from tests.servers.mail import MailServer
from tests.servers.slack import TOKEN, SlackServer
from tests.servers.web import Answer, Ask, WebServer

PLAIN = (Path(__file__).parent / "plain.toml").read_text("utf-8")


@dataclass
class Street:
    """Servers on loopback, and a folder that holds the state of a first pass over them."""

    site: Site
    slack: SlackServer
    mail: MailServer
    web: WebServer
    model: Path
    hooked: list[Ask] = field(default_factory=list)

    def write(self, configuration: str) -> str:
        """A configuration with the addresses of this street."""
        names = {
            "{site}": self.site.url,
            "{site_host}": self.site.host,
            "{slack}": self.slack.webhook_url,
            "{slack_api}": self.slack.api_url,
            "{token}": TOKEN,
            "{smtp}": self.mail.url,
            "{smtps}": self.mail.url.replace("smtp:", "smtps:"),
            "{smtp_with_log_in}": self.mail.url.replace("//", "//me:hush@"),
            "{smtp_port}": str(self.mail.port),
            "{elsewhere}": self.web.url(),
            "{https_hook}": self.web.url("/hook").replace("http:", "https:"),
            "{hook}": self.web.url("/hook"),
        }
        for name, address in names.items():
            configuration = configuration.replace(name, address)
        return configuration

    def furnish(self, folder: Path) -> None:
        """Puts the state of the first pass into a folder."""
        shutil.copytree(self.model / "data", folder / "data")

    def calm(self) -> None:
        """Everything as it was on the eve of the letter, and nobody told."""
        self.site.withdraw(self.site.letter.file_id)
        self.slack.refusal = None
        self.slack.posts.clear()
        self.mail.inbox.clear()
        self.hooked.clear()
        self.web.serve("/hook", self._take)
        self.web.serve("/page", Answer("<!DOCTYPE html><html><body><h1>News</h1></body></html>"))
        self.web.serve(
            "/empty", Answer('<!DOCTYPE html><html><body><h1>News</h1><a href="/">Home</a></body></html>')
        )
        self.web.serve("/search", Answer("<!DOCTYPE html><html><body><h1>Search</h1></body></html>"))

    def arrived(self) -> tuple[int, int, int]:
        """How many Slack messages of the webhook, mails and calls of the webhook came."""
        posts = [post for post in self.slack.posts if "channel" not in post.payload]
        return len(posts), len(self.mail.inbox), len(self.hooked)

    def plainly(self, text: str) -> str:
        """What was printed, with the names that the servers stand for."""
        text = text.replace(self.site.url, "https://reports.ofsted.gov.uk")
        text = text.replace(self.site.host, "reports.ofsted.gov.uk").replace(
            self.web.url(), "https://example.org"
        )
        return text.replace(self.web.host, "example.org")

    def _take(self, ask: Ask) -> Answer:
        self.hooked.append(ask)
        return Answer("")


@contextmanager
def open_street(folder: Path) -> Iterator[Street]:
    """A street whose servers answer until the block ends; nobody on it waits before trying again."""
    with (
        Site() as site,
        SlackServer() as slack,
        MailServer() as mail,
        WebServer() as web,
        patch.object(house_rules, "LETTERWATCH_BACKOFF", 0),
    ):
        street = Street(site, slack, mail, web, folder)
        street.calm()
        (folder / "letterwatch.toml").write_text(street.write(PLAIN), "utf-8")
        done = run_here(("check",), folder)
        assert done.returncode == 0, done
        yield street
