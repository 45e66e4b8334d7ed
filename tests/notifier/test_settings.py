"""The [channels.*] and [[subscriptions]] tables: what is taken, and how a mistake reads."""

from typing import Any

import pytest
from pydantic import ValidationError

from notifier.channels import open_channel
from notifier.channels.slack_bot import SlackBot
from notifier.channels.slack_webhook import SlackWebhook
from notifier.settings import ChannelSettings, SubscriptionSettings, Table


class Config(Table):
    """The root, as the app's own: it is the root that hides what was put in from its errors."""

    channel: ChannelSettings


def read(table: dict[str, Any]) -> ChannelSettings:
    return Config.model_validate({"channel": table}).channel


EMAIL = {
    "type": "email",
    "smtp": "smtp://user:hunter2@127.0.0.1:1025",
    "from": "Letterwatch <letterwatch@example.org>",
    "to": ["improvement@example.org"],
}


@pytest.mark.parametrize(
    "table",
    [
        {"type": "slack", "webhook_url": "https://hooks.slack.com/services/hunter2"},
        {"type": "slack", "bot_token": "xoxb-hunter2", "channel": "C0123ABCD"},
        EMAIL,
        {"type": "webhook", "url": "http://127.0.0.1:9000/hunter2", "secret": "hunter2-hunter2-hunter2"},
        {"type": "apprise", "url": "ntfy://hunter2"},
        {"type": "console"},
        {"type": "file", "path": "alerts.txt"},
    ],
)
def test_channels_of_the_design_are_taken_and_keep_their_secrets(table: dict[str, Any]) -> None:
    settings = read(table)
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in settings.model_dump_json()


def test_slack_opens_as_webhook_or_as_bot() -> None:
    webhook = read({"type": "slack", "webhook_url": "https://hooks.slack.com/services/x"})
    bot = read({"type": "slack", "bot_token": "xoxb-1", "channel": "C0123ABCD"})
    assert isinstance(open_channel(webhook), SlackWebhook)
    assert isinstance(open_channel(bot), SlackBot)


@pytest.mark.parametrize(
    ("table", "mend"),
    [
        ({"type": "slack"}, "give either webhook_url, or both bot_token and channel"),
        ({"type": "slack", "bot_token": "hunter2"}, "both bot_token and channel"),
        (
            {"type": "slack", "webhook_url": "https://x/hunter2", "bot_token": "hunter2", "channel": "C012"},
            "either",
        ),
        ({"type": "slack", "bot_token": "hunter2", "channel": "#general"}, "is not a channel's ID"),
        (
            {"type": "slack", "webhook_url": "hooks.slack.com/hunter2"},
            'it must begin with "https://"',
        ),
        ({"type": "slack", "webhook_url": "https:///hunter2"}, "name a host"),
        ({**EMAIL, "smtp": "mail.example.org/hunter2"}, "not the address of a mail server"),
        ({**EMAIL, "smtp": "smtp://u:hunter2@mail.example.org"}, "starttls=required"),
        ({**EMAIL, "to": []}, "at least 1 item"),
        ({**EMAIL, "to": ["nobody"]}, '"nobody" is not a mail address'),
        ({**EMAIL, "cc": "x"}, "Extra inputs are not permitted"),
        ({"type": "webhook", "url": "ftp://hunter2", "secret": "x" * 16}, "must begin with"),
        ({"type": "webhook", "url": "", "secret": "hunter2-hunter2-hunter2"}, "must not be empty"),
        ({**EMAIL, "smtp": ""}, "must not be empty"),
        (
            {"type": "slack", "bot_token": "hunter2", "channel": "C0123ABCD", "api_url": "slack.com/api/"},
            'it must begin with "https://"',
        ),
        ({"type": "pigeon"}, "'slack', 'email', 'webhook', 'apprise', 'console', 'file'"),
    ],
)
def test_mistakes_in_channels_are_named_without_their_values(table: dict[str, Any], mend: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(table)
    assert mend in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("values", "mend"),
    [
        (
            {"events": ["publication.gone"]},
            'no event is called "publication.gone"; did you mean "publication.',
        ),
        ({"kinds": ["letters"]}, '"letters" is unknown; there are monitoring_visit'),
        ({"pace": ["fast"]}, '"fast" is unknown; there are strong'),
        ({"grades": ["bad"]}, '"bad" is unknown; there are outstanding'),
        ({"delivery": "hourly"}, 'use "instant"'),
        ({"quiet": "at night"}, '"at night" are no quiet hours'),
        ({"authority": ["Leeds"]}, "Extra inputs are not permitted"),
        ({"authorities": []}, "at least 1 item"),
    ],
)
def test_mistakes_in_subscriptions_are_named_with_their_mend(values: dict[str, Any], mend: str) -> None:
    with pytest.raises(ValidationError) as caught:
        SubscriptionSettings.model_validate({"name": "yorkshire", "channel": "newsdesk", **values})
    assert mend in str(caught.value)


def test_a_subscription_needs_only_a_name_and_a_channel() -> None:
    settings = SubscriptionSettings(name="all", channel="newsdesk")
    assert settings.authorities == ("all",)
    assert settings.events == ("publication.*", "grade.changed", "coverage.new")
    assert settings.delivery == "instant"
