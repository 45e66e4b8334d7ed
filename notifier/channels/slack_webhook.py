"""Slack by incoming webhook: the simplest way in, which cannot be asked whether a message arrived."""

import logging
from collections.abc import Mapping
from datetime import datetime
from email.message import Message as Headers

from slack_sdk.webhook import WebhookClient, WebhookResponse

from notifier.channels.channel import Outcome, Parcel, Parked, RetryLater, Sent
from notifier.channels.failures import judge_failure, parse_retry_after
from notifier.channels.mends import SLACK, with_mend
from notifier.composing.wording import cut, tidy
from notifier.rendering.slack import render_slack

TIMEOUT = 30  # seconds
_GONE = frozenset({404, 410})
_REFUSED = frozenset({400, 401, 403, *_GONE})


class SlackWebhook:
    """Posts to one incoming webhook, a message a second."""

    interval = 1.0
    bundle = 12

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self._client = WebhookClient(
            url,
            timeout=timeout,  # type: ignore[arg-type]  # urllib takes fractions
            logger=silent_logger(),
            retry_handlers=[],
        )

    def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Sent only after Slack's documented success: status 200 and the body "ok"."""
        payload = render_slack(parcel.message)
        try:
            response = self._client.send(
                text=payload.text, blocks=payload.blocks, unfurl_links=False, unfurl_media=False
            )
        except Exception as error:  # noqa: BLE001  urllib raises much; whatever it is, the message is tried again
            return judge_failure("Slack", error)
        return _judge(response, now)

    def find_sent(self, parcel: Parcel) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: an incoming webhook answers no questions."""
        return {}


def silent_logger() -> logging.Logger:
    """A logger that lets nothing through: slack_sdk would log addresses and bodies with their secrets."""
    logger = logging.Logger("letterwatch.slack")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def _judge(response: WebhookResponse, now: datetime) -> Outcome:
    said = with_mend(cut(tidy(response.body), 80), SLACK)
    if response.status_code == 200 and response.body == "ok":
        return Sent("ok")
    if response.status_code in _REFUSED:
        return Parked(f"Slack: {response.status_code} {said}", channel_gone=response.status_code in _GONE)
    return RetryLater(
        f"Slack: {response.status_code} {said}",
        retry_after(response.headers, now),
        in_doubt=response.status_code != 429,
    )


def retry_after(headers: Mapping[str, str] | Headers, now: datetime) -> float | None:
    """The wait Slack asks for, in seconds; header names in any case."""
    values = {name.lower(): value for name, value in headers.items()}
    return parse_retry_after(values.get("retry-after"), now)
