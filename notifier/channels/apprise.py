"""Every other service, through Apprise: Teams, Discord, Telegram, ntfy and a hundred more."""

import logging
from collections.abc import Mapping
from datetime import datetime

import apprise

from notifier.channels.channel import Outcome, Parcel, RetryLater, Sent
from notifier.rendering.text import render_text

logging.getLogger("apprise").disabled = True  # it would log addresses with their secrets


class Apprise:
    """Sends plain text to one service by its Apprise URL; ValueError for one Apprise does not know."""

    interval = 1.0
    bundle = 12

    def __init__(self, url: str) -> None:
        self._service = apprise.Apprise()
        if not self._service.add(url):
            raise ValueError("url: Apprise does not know this address; see https://appriseit.com/services/")

    def send(self, parcel: Parcel, now: datetime) -> Outcome:  # noqa: ARG002
        """Sent once the service took it; Apprise does not say why one did not."""
        text = render_text(parcel.message)
        try:
            taken = self._service.notify(
                body=text, title=parcel.message.subject, body_format=apprise.NotifyFormat.TEXT
            )
        except Exception as error:  # noqa: BLE001  a hundred plugins raise what they like; it is tried again
            return RetryLater(f"Apprise: failed ({type(error).__name__})", in_doubt=True)
        return Sent("apprise") if taken else RetryLater("Apprise: the service did not take it", in_doubt=True)

    def find_sent(self, parcel: Parcel) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: Apprise asks no service."""
        return {}
