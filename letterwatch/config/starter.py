"""The configuration `letterwatch init` writes: a commented file, its secrets apart if so wished. Pure."""

import json
from dataclasses import dataclass

_HEAD = """\
# Letterwatch's configuration. Every key with its default: docs/reference/configuration.md
# Each can be set by a variable, too: LETTERWATCH_<SECTION>__<KEY>

{news}

[state]
url = "sqlite:///data/letterwatch.db"   # or postgresql+psycopg://user:password@host/name
archive = "data/archive"                # a folder, or any fsspec location: s3://…

[http]
{contact}
requests_per_second = 1.0               # to one host

[ofsted]
poll = "10m"                            # how often the search page is looked at, newest first
sweep = "24h"                           # how often every authority's page is looked at
fewest_authorities = 140                # fewer in the search: broken, not news
flood = 20                              # more new publications than this in one run are held for you

"""

_NEWS = """\
# Local papers whose stories are linked to the letters they report: the bundled register's, for every
# authority that you name below and every one under Ofsted's watch. `letterwatch sources` lists them.
{auto}news = "auto"
# Or papers of your own, one table each after the others, in the place of that line:
# [[news]]
# name = "Wakefield Express"
# feed = "https://www.wakefieldexpress.co.uk/rss"
# authorities = ["Wakefield"]"""

_TAIL = """
[[subscriptions]]
name = "{channel}"
channel = "{channel}"
authorities = {authorities}
# kinds = ["monitoring_visit", "focused_visit", "inspection"]   # left out: all
events = ["publication.*", "grade.changed", "coverage.new", "source.*", "flood.held", "all.clear"]
delivery = "instant"                    # or "daily 07:30", "weekly Mon 07:30"
# quiet = "22:00-07:00"                 # delays, never drops; London time

[web]
listen = "127.0.0.1:8600"
"""


@dataclass(frozen=True, slots=True)
class StarterChannel:
    """The channel to begin with: its name, its keys in order, and those that are secret."""

    name: str
    keys: dict[str, str | list[str]]
    secrets: dict[str, str]


def terminal_channel() -> StarterChannel:
    """Alerts in the terminal."""
    return StarterChannel("terminal", {"type": "console"}, {})


def slack_channel(webhook_url: str) -> StarterChannel:
    """Alerts in Slack, by an incoming webhook."""
    return StarterChannel("newsdesk", {"type": "slack"}, {"webhook_url": webhook_url})


def email_channel(smtp: str, sender: str, to: list[str]) -> StarterChannel:
    """Alerts by mail."""
    return StarterChannel("office", {"type": "email", "from": sender, "to": to}, {"smtp": smtp})


def render_starter(
    contact: str | None, authorities: list[str], channel: StarterChannel, *, secrets_apart: bool, news: bool
) -> str:
    """The text of letterwatch.toml; without `news`, the line that would have papers read is a comment."""
    lines = [f"{key} = {_quote(value)}" for key, value in channel.keys.items()]
    for key, secret in channel.secrets.items():
        in_file = f"# {key} stands in the secret file {secret_file_name(channel, key)}"
        lines.append(in_file if secrets_apart else f"{key} = {_quote(secret)}")
    return (
        "\n".join(
            [
                _HEAD.format(contact=_contact_line(contact), news=_NEWS.format(auto="" if news else "# ")),
                f"[channels.{channel.name}]",
                *lines,
                _TAIL.format(channel=channel.name, authorities=_quote(authorities)),
            ]
        ).rstrip()
        + "\n"
    )


def secret_file_name(channel: StarterChannel, key: str) -> str:
    """How the file is called that holds a channel's secret."""
    return f"channels__{channel.name}__{key}"


def _contact_line(contact: str | None) -> str:
    if contact is None:
        return '# contact = "https://example.org/us"   # where sites reach you; "letterwatch run" asks for it'
    return f"contact = {_quote(contact)}   # goes into the User-Agent, so that sites can reach you"


def _quote(value: str | list[str]) -> str:
    """As TOML writes it; JSON's strings and lists of strings are TOML's, too."""
    return json.dumps(value, ensure_ascii=False)
