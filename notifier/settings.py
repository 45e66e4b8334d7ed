"""The configuration's [channels.*] and [[subscriptions]] tables; secrets never show in errors or logs."""

import re
from collections.abc import Callable
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from notifier.addresses import SmtpServer, parse_address
from notifier.sending.schedule import QuietHours, Schedule
from state import EventName, Grade, Kind, PaceLabel, offer, suggest

SHORTEST_SECRET = 16
SLACK_API = "https://slack.com/api/"
_SLACK_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,}", re.ASCII)


class Table(BaseModel):
    """Base of all tables: immutable, unknown keys refused, values never shown in errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True, validate_default=True
    )


def _checked(parse: Callable[[str], Any]) -> AfterValidator:
    """Keeps the text once it could be parsed."""

    def check(text: str) -> str:
        parse(text)
        return text

    return AfterValidator(check)


def _check_secret_url(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if not text:
        raise ValueError("must not be empty")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError('not an address; it must begin with "https://" or "http://" and name a host')
    return secret


def _check_signing_secret(secret: SecretStr) -> SecretStr:
    """Whoever sees a signed message can try out short ones, and sign as we do with the one that fits."""
    length = len(secret.get_secret_value())
    if not length:
        raise ValueError("must not be empty")
    if length < SHORTEST_SECRET:
        mend = "`openssl rand -hex 32` makes one"
        raise ValueError(f"too short to sign with; it needs at least {SHORTEST_SECRET} letters: {mend}")
    return secret


def _check_slack_channel(channel: str) -> str:
    if not _SLACK_CHANNEL.fullmatch(channel):
        raise ValueError(
            f'"{channel}" is not a channel\'s ID; it looks like "C0123ABCD" and stands at the end of the '
            "channel's details in Slack"
        )
    return channel


def _check_api(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError('not an address; it must begin with "https://" or "http://"')
    return url


def _check_smtp(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value():
        raise ValueError("must not be empty")
    SmtpServer.parse(secret.get_secret_value())
    return secret


def _check_pattern(pattern: str) -> str:
    if not any(fnmatchcase(name, pattern) for name in EventName):
        families = dict.fromkeys(f"{name.partition('.')[0]}.*" for name in EventName)
        near = suggest(pattern, families if "*" in pattern else EventName)
        raise ValueError(f'no event is called "{pattern}"{offer(near, EventName)}, and * for many')
    return pattern


def _one_of(enum: type[StrEnum]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in set(enum):
            raise ValueError(f'"{value}" is unknown{offer(suggest(value, enum), enum)}')
        return value

    return AfterValidator(check)


Text = Annotated[str, Field(min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]
SecretUrl = Annotated[SecretStr, AfterValidator(_check_secret_url)]
MailAddress = Annotated[str, _checked(parse_address)]


class SlackSettings(Table):
    """Slack: `webhook_url` of an incoming webhook, or `bot_token` and `channel` (its ID: C0123ABCD)."""

    #: an incoming webhook, or a bot; see docs/channels.md
    type: Literal["slack"]
    #: an incoming webhook. Give this, or the next two
    webhook_url: SecretUrl | None = None
    #: a bot's token (`xoxb-…`) with the right to write in the channel
    bot_token: Secret | None = None
    #: the channel's ID, `C0123ABCD`: with a bot, one thread for each letter
    channel: Annotated[str, AfterValidator(_check_slack_channel)] | None = None
    #: Slack's Web API
    api_url: Annotated[str, AfterValidator(_check_api)] = SLACK_API

    @model_validator(mode="after")
    def _check_way(self) -> Self:
        is_bot = self.bot_token is not None and self.channel is not None
        if (self.webhook_url is None) != is_bot or (self.webhook_url and (self.bot_token or self.channel)):
            raise ValueError("give either webhook_url, or both bot_token and channel")
        return self


class EmailSettings(Table):
    """Mail; every address in `to` gets a mail of its own."""

    #: mail by your own mail server
    type: Literal["email"]
    #: `smtps://user:password@host`, or `smtp://user:password@host:587?starttls=required`
    smtp: Annotated[SecretStr, AfterValidator(_check_smtp)]
    #: the sender's address
    sender: MailAddress = Field(alias="from")
    #: list of addresses; each gets a mail of its own
    to: Annotated[tuple[MailAddress, ...], Field(min_length=1)]
    #: folder of your own templates
    templates: Path | None = None


class WebhookSettings(Table):
    """Signed JSON to a program of one's own."""

    #: signed JSON, see docs/reference/webhook.md
    type: Literal["webhook"]
    #: receives signed JSON by POST
    url: SecretUrl
    #: the key the `Letterwatch-Signature` header is made with: at least 16 letters, as `openssl rand -hex 32`
    #: makes them
    secret: Annotated[SecretStr, AfterValidator(_check_signing_secret)]


class AppriseSettings(Table):
    """Any service Apprise knows (Teams, Discord, Telegram, ntfy …) by its Apprise URL."""

    #: any service that Apprise knows; needs `pip install letterwatch[apprise]`
    type: Literal["apprise"]
    #: an Apprise address: Teams, Discord, Telegram, ntfy and more
    url: Secret


class ConsoleSettings(Table):
    """Plain text on standard output."""

    #: plain text on standard output
    type: Literal["console"]
    #: folder of your own templates
    templates: Path | None = None


class FileSettings(Table):
    """Plain text at the end of a file."""

    #: plain text at the end of a file
    type: Literal["file"]
    #: the file
    path: Path
    #: folder of your own templates
    templates: Path | None = None


ChannelSettings = Annotated[
    SlackSettings | EmailSettings | WebhookSettings | AppriseSettings | ConsoleSettings | FileSettings,
    Field(discriminator="type"),
]


class SubscriptionSettings(Table):
    """Who wants to hear of what, where and when. An empty filter lets everything through."""

    #: what you call it; each name once
    name: Text
    #: the NAME of a `[channels.NAME]`
    channel: Text
    #: names (any in use: "Hull", "Durham County Council", a trust's), `"region:North West"`,
    #: `"neighbours:Wakefield"` (its ten statistical neighbours, without itself), `"watched"` (every one that
    #: stands inadequate), `"all"`; whoever any of them names
    authorities: Annotated[tuple[Text, ...], Field(min_length=1)] = ("all",)
    #: only authorities with an inadequate judgement in their last inspection
    under_watch_only: bool = False
    #: only these: `monitoring_visit`, `focused_visit`, `inspection`, `jtai`, `send`, `other`
    kinds: tuple[Annotated[str, _one_of(Kind)], ...] = ()
    #: names as in docs/reference/events.md; `*` stands for anything
    events: Annotated[tuple[Annotated[str, AfterValidator(_check_pattern)], ...], Field(min_length=1)] = (
        "publication.*",
        "grade.changed",
        "coverage.new",
    )
    #: only letters that speak of one of these themes
    themes: tuple[Text, ...] = ()
    #: only letters whose pace of progress is `strong`, `steady`, `early` or `poor`
    pace: tuple[Annotated[str, _one_of(PaceLabel)], ...] = ()
    #: only reports that give one of these grades: `outstanding`, `good`, `requires improvement`,
    #: `inadequate`
    grades: tuple[Annotated[str, _one_of(Grade)], ...] = ()
    #: at once, or in a digest: `"daily 07:30"`, `"weekly Mon 07:30"`, London time
    delivery: Annotated[str, _checked(Schedule.parse)] = "instant"
    #: hours in which nothing is sent, such as `"22:00-07:00"`, London time; delays, never drops
    quiet: Annotated[str, _checked(QuietHours.parse)] | None = None
