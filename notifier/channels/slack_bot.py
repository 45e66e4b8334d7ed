"""Slack as a bot: one thread per letter, and every message findable by its delivery id."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.web import SlackResponse

from notifier.channels.channel import Outcome, Parcel, Parked, RetryLater, Sent
from notifier.channels.failures import judge_failure
from notifier.channels.mends import SLACK, with_mend
from notifier.channels.slack_webhook import TIMEOUT, retry_after, silent_logger
from notifier.composing.message import compose_withdrawn_original
from notifier.composing.wording import cut, tidy
from notifier.rendering.slack import render_slack
from state import EventName

EVENT_TYPE = "letterwatch_delivery"
_SKEW = timedelta(minutes=10)  # between our clock and Slack's
_PAGES = 50
_PAGE_SIZE = 200
_NO_THREAD = ("thread_not_found", "cannot_reply_to_message")
_THREAD_GONE = tuple(f"Slack: {code}" for code in _NO_THREAD)
_UNCHANGEABLE = tuple(
    f"Slack: {code}" for code in ("message_not_found", "cant_update_message", "edit_window_closed")
)
_PERMANENT = frozenset(
    {
        *("message_not_found", "cant_update_message", "edit_window_closed", *_NO_THREAD),
        *(
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "missing_scope",
        ),
        *("no_permission", "not_allowed_token_type", "ekm_access_denied", "enterprise_is_restricted"),
        *("channel_not_found", "not_in_channel", "is_archived", "restricted_action", "invalid_arguments"),
        *("invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"),
        *("metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema", "too_many_attachments"),
    }
)


class SlackBot:
    """Posts with a bot token into one channel, a message a second."""

    interval = 1.0
    bundle = 12

    def __init__(self, token: str, channel: str, api_url: str, timeout: float = TIMEOUT) -> None:
        self._channel = channel
        self._client = WebClient(
            token,
            base_url=api_url,
            timeout=timeout,  # type: ignore[arg-type]  # urllib takes fractions
            logger=silent_logger(),
            retry_handlers=[],
        )

    def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Posts the message, as a reply where its letter has a thread that still is there.

        The receipt is Slack's time stamp, in a thread with "@" and the stamp of its first message.
        """
        if parcel.amends_receipt:
            return self._amend(parcel, parcel.amends_receipt, now)
        thread = _root(parcel.thread_receipt)
        if thread and _is_withdrawal(parcel):
            trouble = self._strike_original(parcel, thread, now)
            if trouble:
                return trouble
        answer = self._post(parcel, thread, now)
        if thread and isinstance(answer, Parked) and answer.reason in _THREAD_GONE:
            thread = None
            answer = self._post(parcel, thread, now)
        return (
            answer if isinstance(answer, RetryLater | Parked) else Sent(_receipt(str(answer["ts"]), thread))
        )

    def find_sent(self, parcel: Parcel) -> Mapping[str, str] | RetryLater | Parked:
        """Looks the deliveries up by the messages' metadata: in the thread, then in the channel's history.

        A message stands beside its thread where that began only later, and where its beginning was deleted.
        """
        if parcel.amends_receipt:
            return {}  # replacing a message again does no harm
        thread = _root(parcel.thread_receipt)
        found: dict[str, str] = {}
        for place in (thread, None) if thread else (None,):
            trouble = self._find_in(place, parcel, found)
            if trouble:
                return trouble
        return found

    def _find_in(
        self, thread: str | None, parcel: Parcel, found: dict[str, str]
    ) -> RetryLater | Parked | None:
        """Adds to `found` what a thread, or the channel's history, shows of a parcel's deliveries."""
        wanted = {delivery.id for delivery in parcel.deliveries} - set(found)
        begun_at = min(delivery.event.at for delivery in parcel.deliveries)
        for answer in self._pages(thread, begun_at - _SKEW) if wanted else ():
            if isinstance(answer, Parked) and answer.reason in _THREAD_GONE:
                return None
            if isinstance(answer, RetryLater | Parked):
                return answer
            for message in answer.get("messages") or []:
                carried = wanted & _carried(message)
                found.update(dict.fromkeys(carried, _receipt(str(message["ts"]), thread)))
            if wanted <= set(found):
                return None
        return None

    def _post(self, parcel: Parcel, thread: str | None, now: datetime) -> SlackResponse | RetryLater | Parked:
        payload = render_slack(parcel.message)
        metadata = Metadata(EVENT_TYPE, {"deliveries": [delivery.id for delivery in parcel.deliveries]})
        return self._ask(
            lambda: self._client.chat_postMessage(
                channel=self._channel,
                text=payload.text,
                blocks=payload.blocks,
                thread_ts=thread,
                unfurl_links=False,
                unfurl_media=False,
                metadata=metadata,
            ),
            now,
        )

    def _amend(self, parcel: Parcel, receipt: str, now: datetime) -> Outcome:
        """Replaces a message by one that tells more; where that can be no more, it stays as it is."""
        payload = render_slack(parcel.message)
        stamp = receipt.partition("@")[0]
        answer = self._ask(
            lambda: self._client.chat_update(
                channel=self._channel, ts=stamp, text=payload.text, blocks=payload.blocks
            ),
            now,
        )
        if isinstance(answer, Parked) and answer.reason in _UNCHANGEABLE:
            return Sent(receipt)
        return answer if isinstance(answer, RetryLater | Parked) else Sent(receipt)

    def _pages(self, thread: str | None, since: datetime) -> "Iterator[SlackResponse | RetryLater | Parked]":
        cursor: str | None = None
        oldest = f"{since.timestamp():.6f}"
        for _ in range(_PAGES):
            answer = self._ask(lambda at=cursor: self._read(thread, oldest, at), since)  # type: ignore[misc]
            yield answer
            if isinstance(answer, RetryLater | Parked):
                return
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _read(self, thread: str | None, oldest: str, cursor: str | None) -> SlackResponse:
        if thread:
            return self._client.conversations_replies(
                channel=self._channel,
                ts=thread,
                oldest=oldest,
                cursor=cursor,
                limit=_PAGE_SIZE,
                include_all_metadata=True,
            )
        return self._client.conversations_history(
            channel=self._channel, oldest=oldest, cursor=cursor, limit=_PAGE_SIZE, include_all_metadata=True
        )

    def _strike_original(self, parcel: Parcel, receipt: str, now: datetime) -> RetryLater | Parked | None:
        """Marks the letter's first message as withdrawn; repeating it does no harm."""
        payload = render_slack(compose_withdrawn_original(parcel.deliveries[0].event))
        answer = self._ask(
            lambda: self._client.chat_update(
                channel=self._channel, ts=receipt, text=payload.text, blocks=payload.blocks
            ),
            now,
        )
        if isinstance(answer, Parked):
            return None  # the first message is gone or closed to changes: the reply still tells it
        return answer if isinstance(answer, RetryLater) else None

    def _ask(self, call: Callable[[], SlackResponse], now: datetime) -> SlackResponse | RetryLater | Parked:
        """One Web API call: its answer, or what its failure means for the message."""
        try:
            return call()
        except SlackApiError as error:
            return _judge(error.response, now)
        except Exception as error:  # noqa: BLE001  urllib raises much; whatever it is, the message is tried again
            return judge_failure("Slack", error)


def _judge(response: Any, now: datetime) -> RetryLater | Parked:
    code = (
        str(response.get("error", "no reason given"))
        if isinstance(response.data, dict)
        else "no reason given"
    )
    reason = f"Slack: {with_mend(cut(tidy(code), 80), SLACK)}"
    if response.status_code == 200 and code in _PERMANENT:
        return Parked(reason)
    return RetryLater(reason, retry_after(response.headers, now), in_doubt=response.status_code != 429)


def _carried(message: Mapping[str, Any]) -> set[str]:
    """The delivery ids in a message's metadata; other programs' messages carry none."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return set()
    return set((metadata.get("event_payload") or {}).get("deliveries") or [])


def _receipt(stamp: str, thread: str | None) -> str:
    return f"{stamp}@{thread}" if thread else stamp


def _root(receipt: str | None) -> str | None:
    """The time stamp of the message that a thread hangs on, from any receipt in it."""
    return receipt.rpartition("@")[2] if receipt else None


def _is_withdrawal(parcel: Parcel) -> bool:
    return parcel.deliveries[0].event.name is EventName.PUBLICATION_WITHDRAWN
