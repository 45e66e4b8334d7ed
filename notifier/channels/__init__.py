"""The ways to reach somebody; every one opened from its settings."""

from collections.abc import Mapping

from notifier.addresses import SmtpServer, parse_address
from notifier.channels.channel import Channel, Outcome, Parcel, Parked, RetryLater, Sent
from notifier.channels.email import Email
from notifier.channels.plain import Console, File
from notifier.channels.slack_bot import SlackBot
from notifier.channels.slack_webhook import SlackWebhook
from notifier.rendering.templating import open_templates
from notifier.settings import (
    AppriseSettings,
    ChannelSettings,
    ConsoleSettings,
    EmailSettings,
    FileSettings,
    SlackSettings,
    WebhookSettings,
)

__all__ = ["Channel", "Outcome", "Parcel", "Parked", "RetryLater", "Sent", "open_channel", "open_channels"]


def open_channels(settings: Mapping[str, ChannelSettings]) -> dict[str, Channel]:
    """All configured channels by name; raises ValueError with name, key and mend where one cannot work."""
    opened: dict[str, Channel] = {}
    for name, each in settings.items():
        try:
            opened[name] = open_channel(each)
        except ValueError as error:
            raise ValueError(f"[channels.{name}] {error}") from error
    return opened


def open_channel(settings: ChannelSettings) -> Channel:
    """A channel from its settings; nothing is connected yet. Raises ValueError where it cannot work."""
    match settings:
        case SlackSettings():
            return _open_slack(settings)
        case EmailSettings():
            server = SmtpServer.parse(settings.smtp.get_secret_value())
            return Email(server, parse_address(settings.sender), open_templates(settings.templates))
        case WebhookSettings():
            from notifier.channels.webhook import Webhook  # noqa: PLC0415  5 MB, only where it is used

            return Webhook(settings.url.get_secret_value(), settings.secret.get_secret_value())
        case AppriseSettings():
            return _open_apprise(settings)
        case ConsoleSettings():
            return Console(open_templates(settings.templates))
        case FileSettings():
            return File(settings.path, open_templates(settings.templates))


def _open_slack(settings: SlackSettings) -> Channel:
    if settings.bot_token and settings.channel:
        return SlackBot(settings.bot_token.get_secret_value(), settings.channel, settings.api_url)
    if settings.webhook_url:
        return SlackWebhook(settings.webhook_url.get_secret_value())
    raise ValueError("a Slack channel needs webhook_url, or bot_token and channel")


def _open_apprise(settings: AppriseSettings) -> Channel:
    try:
        from notifier.channels.apprise import Apprise  # noqa: PLC0415  an optional extra
    except ImportError:
        raise ValueError("type: apprise needs `pip install letterwatch[apprise]`") from None
    return Apprise(settings.url.get_secret_value())
