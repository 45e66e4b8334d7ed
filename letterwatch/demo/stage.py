"""The demo's stage: replica, inbox and app set up together in one folder, and one pass over the sources."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from letterwatch.app import App, open_app
from letterwatch.clock import Clock
from letterwatch.config import load_config
from letterwatch.demo.inbox import Inbox
from letterwatch.demo.loopback import Traffic
from letterwatch.demo.page import make_page, serve_aside
from letterwatch.demo.paper import NAME, PaperServer
from letterwatch.demo.replica import Replica
from letterwatch.demo.server import ReplicaServer
from letterwatch.sources.watched import NEWS as NEWS_SOURCE
from letterwatch.sources.watched import OFSTED, choose_sources
from letterwatch.watching.looks import CheckReport, check, ignore_look
from state import PageLook

CONFIG = """\
# Written by `letterwatch demo`: every address is on this machine.
[state]
url = {database}
archive = {archive}

[http]
contact = "https://example.org/letterwatch-demo"
requests_per_second = 1000  # the replica does not mind

[ofsted]
reports_url = {reports_url}
files_hosts = [{files_host}]

[channels.newsdesk]
type = "slack"
webhook_url = {webhook_url}

[channels.office]
type = "email"
smtp = {smtp_url}
from = "Letterwatch <letterwatch@example.org>"
to = ["improvement@example.org"]

[[subscriptions]]
name = "yorkshire"
channel = "newsdesk"
authorities = ["region:Yorkshire and the Humber"]

[[subscriptions]]
name = "wakefield"
channel = "office"
authorities = ["Wakefield"]

[web]
listen = "127.0.0.1:0"  # any free port
"""

NEWS = """
[[news]]
name = {paper}
feed = {feed}
authorities = ["Wakefield"]
"""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: what came of it, what it took, and when it began (`time.monotonic()`)."""

    report: CheckReport
    traffic: Traffic
    began_at: float
    seconds: float

    @property
    def problems(self) -> list[str]:
        """A line for every source that is not well."""
        verdicts = [(look.source, look.verdict) for look in self.report.looks]
        return [f"{source} is {v.verdict}: {v.cause}" for source, v in verdicts if v.verdict.is_failure]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a story is told."""

    console: Console
    folder: Path
    app: App
    site: ReplicaServer
    inbox: Inbox
    page_url: str
    paper: PaperServer | None = None

    async def look(self, notice: Callable[[PageLook], None] = ignore_look) -> Pass:
        """One full pass over the replica and the paper, deliveries included."""
        sources = [OFSTED, NEWS_SOURCE] if self.paper else [OFSTED]
        before, began_at = self.site.traffic, time.monotonic()
        report = await check(self.app, choose_sources(self.app.config, sources), notice=notice)
        return Pass(report, self.site.traffic.since(before), began_at, time.monotonic() - began_at)


@contextmanager
def set_up(
    console: Console,
    folder: Path,
    replica: Replica,
    now: datetime,
    inbox: Inbox,
    *,
    paper: PaperServer | None = None,
) -> Iterator[Stage]:
    """Starts the replica, writes the configuration, opens the app at the story's time and shows its page."""
    with ReplicaServer(replica) as site:
        path = write_config(folder, site, inbox, paper)
        with (
            open_app(load_config(path, {}), Clock.starting_at(now)) as app,
            serve_aside(make_page(app)) as page_url,
        ):
            yield Stage(console, folder, app, site, inbox, page_url, paper)


def write_config(folder: Path, site: ReplicaServer, inbox: Inbox, paper: PaperServer | None = None) -> Path:
    """Writes letterwatch.toml into the folder."""
    values = {
        "database": f"sqlite:///{folder / 'letterwatch.db'}",
        "archive": str(folder / "archive"),
        "reports_url": site.url,
        "files_host": site.host,
        "webhook_url": inbox.webhook_url,
        "smtp_url": inbox.smtp_url,
    }
    text = CONFIG
    if paper is not None:
        values |= {"paper": NAME, "feed": paper.feed}
        text += NEWS
    path = folder / "letterwatch.toml"
    path.touch(mode=0o600)
    # JSON's strings are TOML's, too
    path.write_text(text.format(**{name: json.dumps(value) for name, value in values.items()}), "utf-8")
    return path
