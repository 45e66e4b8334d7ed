"""The configuration's sections and keys. `#:` says what each means; docs/reference is made from it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

from letterwatch.config.problems import ConfigError
from letterwatch.config.values import (
    Contact,
    DaySpan,
    Duration,
    HeaderName,
    Host,
    IpAddress,
    Listen,
    Text,
    WebAddress,
    is_loopback,
    split_address,
)
from notifier.settings import ChannelSettings, SecretUrl, SubscriptionSettings
from state import Expectations

_UNFILLED = re.compile(r"\$\{?[A-Za-z_]|(?:^|sqlite:///)~")
_DATABASE = re.compile(r"sqlite:///.+|postgresql\+psycopg://.+")


def _check_database(url: str) -> str:
    if not _DATABASE.fullmatch(url):
        raise ValueError(
            'not a database; write one like "sqlite:///data/letterwatch.db" or '
            '"postgresql+psycopg://user:password@host/name"'
        )
    return _check_path(url) if url.startswith("sqlite:") else url


def _check_path(place: str) -> str:
    """A folder called "$HOME" is not what anybody means."""
    if _UNFILLED.search(place):
        raise ValueError("variables and ~ are not filled in here; write the path in full")
    return place


class Section(BaseModel):
    """Base of all sections: immutable, unknown keys refused, values never shown in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class StateConfig(Section):
    """Where the state lives. The URL may hold a password and is never printed."""

    #: the database: a SQLite file, or `postgresql+psycopg://user:password@host/name`
    url: Annotated[str, AfterValidator(_check_database), Field(repr=False)] = "sqlite:///data/letterwatch.db"
    #: where documents are kept as fetched: a folder, or any fsspec location such as `s3://bucket/path`
    archive: Annotated[Text, AfterValidator(_check_path)] = "data/archive"


class HttpConfig(Section):
    """How Letterwatch introduces itself, and its pace."""

    #: a web or e-mail address, sent in the User-Agent so that a site's keepers can reach you; `run` asks
    #: for it
    contact: Contact | None = None
    #: pace to one host, at most 1000
    requests_per_second: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1.0
    #: budget of one host and day (UTC): what is over it is not asked, see docs/watching.md#budgets
    requests_per_day: Annotated[int, Field(ge=1)] = 5000


class OfstedConfig(Section):
    """Ofsted's report site: its addresses and how often they are looked at."""

    #: the report site
    reports_url: Annotated[WebAddress, AfterValidator(lambda url: url.rstrip("/"))] = (
        "https://reports.ofsted.gov.uk"
    )
    #: hosts that documents may be fetched from; a port may follow: `127.0.0.1:8080`
    files_hosts: Annotated[tuple[Host, ...], Field(min_length=1)] = (
        "files.ofsted.gov.uk",
        "files.api.ofsted.gov.uk",
        "reports.ofsted.gov.uk",
    )
    #: how often the search page is looked at, newest first
    poll: Duration = timedelta(minutes=10)
    #: how often every authority's page is looked at
    sweep: Duration = timedelta(hours=24)
    #: more new publications than this in one run are held back, and told once, for `letterwatch release`
    flood: Annotated[int, Field(ge=1)] = 20
    #: a search that counts fewer is broken; `init` writes 140
    fewest_authorities: Annotated[int, Field(ge=1)] = 1
    #: nothing new for longer, while it was watched, is *stale*
    stale: Duration = timedelta(days=45)
    #: spans of days in which nothing is published anyway, such as before an election:
    #: `["2026-03-26/2026-05-07"]`. They do not count as quiet days; looking goes on
    silences: tuple[DaySpan, ...] = ()

    @property
    def expectations(self) -> Expectations:
        """What a run over the site is held to."""
        return Expectations(self.fewest_authorities, self.stale, self.silences)

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The hosts that may be fetched for this source: the site's own, then those of its files."""
        return tuple(dict.fromkeys((urlsplit(self.reports_url).netloc, *self.files_hosts)))


WATCHED, SUBSCRIBED = "watched", "subscribed"
"""In `authorities` of [[news]]: every authority under watch; those that subscriptions name."""


class NewsConfig(Section):
    """One news source, or the register's feeds of some authorities where it names no address."""

    #: what you call it; each name once
    name: Text
    #: address of its RSS, Atom or JSON feed, or of a news sitemap
    feed: WebAddress | None = None
    #: address of a page that lists its stories, where there is no feed
    page: WebAddress | None = None
    #: authorities it writes about: a hint, not a filter. Without `feed` and `page`: whose registered feeds
    #: are wanted; `"watched"` for those under watch, `"subscribed"` for those that subscriptions name
    authorities: tuple[Text, ...] = ()
    #: a council's own newsroom: its stories are marked as the council's words
    council: bool = False
    #: its stories may lie on any public host, as an aggregator's do; else on its own host only
    elsewhere: bool = False

    @property
    def address(self) -> str | None:
        """The feed's or the page's; None for an entry of the register's."""
        return self.feed or self.page

    @model_validator(mode="after")
    def _check_address(self) -> Self:
        if (self.feed is None) == (self.page is None) and (self.feed or not self.authorities):
            raise ValueError("give either feed or page, or authorities whose registered feeds are wanted")
        return self


def _expand_auto(value: object) -> object:
    """`news = "auto"`: the register's feeds of every authority under watch, or named by a subscription."""
    if value != "auto":
        return value
    return ({"name": "auto", "authorities": (WATCHED, SUBSCRIBED)},)


class FeedsConfig(Section):
    """How often news feeds are looked at."""

    #: how often news feeds are looked at; one that refuses or breaks is asked less and less, down to once
    #: a day
    poll: Duration = timedelta(hours=1)


class GovUkConfig(Section):
    """GOV.UK: announcements of Ofsted and the Department for Education."""

    #: the government's site
    url: Annotated[WebAddress, AfterValidator(lambda url: url.rstrip("/"))] = "https://www.gov.uk"
    #: how often its announcements are looked at
    poll: Duration = timedelta(hours=2)


class WebConfig(Section):
    """Where the web page listens, and who may see it."""

    #: host and port of the web page; port 0: any free one, which the log names. An address that other
    #: machines reach is refused without `token`, or `proxy_header` and `proxies`
    listen: Listen = "127.0.0.1:8600"
    #: at least 16 characters: what visitors give as the password (with any name), programs as
    #: `Authorization: Bearer …`
    token: Annotated[SecretStr, Field(min_length=16)] | None = None
    #: names the page answers to, such as `"letters.example.org"`; this machine's own are always among them
    hosts: tuple[Host, ...] = ()
    #: header in which a proxy names whom it has let in, such as `"X-Forwarded-User"`
    proxy_header: HeaderName | None = None
    #: addresses of the proxies whose header is believed
    proxies: tuple[IpAddress, ...] = ()

    @model_validator(mode="after")
    def _check_door(self) -> Self:
        if bool(self.proxy_header) != bool(self.proxies):
            raise ValueError("proxy_header and proxies belong together: give both or neither")
        host = split_address(self.listen)[0]
        if not is_loopback(host) and self.token is None and self.proxy_header is None:
            raise ValueError(
                f"{self.listen} can be reached from other machines: set token, or proxy_header and proxies, "
                "or listen on 127.0.0.1"
            )
        return self


class HealthConfig(Section):
    """Who is told, from outside, that the watch goes on."""

    #: an address that is fetched after each good look at Ofsted's site, with `/fail` behind its
    #: path after a bad one: a dead man's switch such as Healthchecks.io, which tells you when the pings
    #: stop
    ping: SecretUrl | None = None


class RetentionConfig(Section):
    """For how long what may be forgotten is kept; letters and what was told of them are kept for ever."""

    #: runs, looks that failed, requests by day; the newest 100 of each source stay
    runs: Duration = timedelta(days=90)
    #: pages kept because they broke
    pages: Duration = timedelta(days=30)
    #: failed attempts of deliveries that were sent in the end
    attempts: Duration = timedelta(days=90)
    #: what was told to operators alone: all-clears, sources broken and recovered, floods
    notices: Duration = timedelta(days=90)
    #: which stories were opened, and those that were about something else
    news: Duration = timedelta(days=366)


class LogConfig(Section):
    """Where the daemon's log goes besides standard error, and how it is written."""

    #: the log's file
    file: Text | None = None
    #: the file is put aside at this size; `0`: never, logrotate does it (moved away, it is opened anew)
    max_mb: Annotated[int, Field(ge=0, le=10_000)] = 10
    #: how many files put aside are kept
    keep: Annotated[int, Field(ge=1, le=1_000)] = 5
    #: `"text"`, or `"json"`: an object a line, also on standard error
    format: Literal["text", "json"] = "text"


class Config(Section):
    """Everything that can be configured."""

    state: StateConfig = StateConfig()
    http: HttpConfig = HttpConfig()
    ofsted: OfstedConfig = OfstedConfig()
    news: Annotated[tuple[NewsConfig, ...], BeforeValidator(_expand_auto)] = ()
    feeds: FeedsConfig = FeedsConfig()
    govuk: GovUkConfig = GovUkConfig()
    channels: dict[str, ChannelSettings] = Field(default_factory=dict)
    subscriptions: tuple[SubscriptionSettings, ...] = ()
    web: WebConfig = WebConfig()
    health: HealthConfig = HealthConfig()
    retention: RetentionConfig = RetentionConfig()
    log: LogConfig = LogConfig()

    def require_contact(self, file: Path | None = None) -> str:
        """The contact for the User-Agent; ConfigError where none is configured, in `file` if there is one."""
        if self.http.contact is None:
            where = f"{file}: " if file else 'no letterwatch.toml was found, "letterwatch init" writes one: '
            raise ConfigError(
                f"{where}[http] contact: missing; Ofsted must be able to reach you: set it, or "
                "LETTERWATCH_HTTP__CONTACT, to a web or e-mail address"
            )
        return self.http.contact
