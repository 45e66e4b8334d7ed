"""Signed JSON by POST to a program of the subscriber's own."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, date, datetime

import requests
from pydantic import BaseModel, ConfigDict, Field

from notifier.channels.channel import Outcome, Parcel, Parked, RetryLater, Sent
from notifier.channels.failures import judge_failure, parse_retry_after
from notifier.channels.mends import WEBHOOK
from state import (
    AllClearFacts,
    ArticleFacts,
    Delivery,
    EventName,
    HeldFacts,
    Kind,
    Letter,
    PublicationFacts,
    SourceFacts,
)

TIMEOUT = (10.0, 30.0)  # seconds to connect, and between two pieces of the answer
_HONOURED = frozenset({429, 503})
_OF_PUBLICATION = {"publication", "letter", "article"}
_INSTEAD = {"source", "held", "all_clear"}


class WebhookPublication(BaseModel):
    """The publication an event is about."""

    model_config = ConfigDict(extra="ignore")
    urn: str  #: the authority's number at Ofsted
    authority: str  #: its name
    file_id: str  #: Ofsted's number of the file
    kind: Kind  #: what sort of document it is
    title: str  #: as the page calls it
    url: str  #: address of the document
    page_url: str  #: address of the authority's page
    visited_from_on: date | None  #: first day of the visit
    visited_to_on: date | None  #: last day of the visit
    published_on: date | None  #: day of publication


class WebhookBody(BaseModel):
    """What is posted. Events of sources carry `source` in place of publication, letter and article.

    A flood carries `held` there, the daily all-clear `all_clear`.
    """

    delivery: str = Field(description="The same in every repeat of this delivery; also in Idempotency-Key")
    event: EventName  #: what it tells
    at: datetime = Field(description="When the event was recorded, UTC")
    subscription: str  #: for which subscription
    publication: WebhookPublication | None = None  #: the publication; null where an event is about none
    letter: Letter | None = None  #: the letter, as `read --json` prints it; null where it was not read
    article: ArticleFacts | None = None  #: the news story; null where none is told of
    source: SourceFacts | None = None  #: in place of the three: the source an event is about
    held: HeldFacts | None = None  #: in place of the three: what a flood holds back
    all_clear: AllClearFacts | None = None  #: in place of the three: the daily all-clear


class Webhook:
    """Posts to one address, each delivery on its own."""

    interval = 0.0
    bundle = 1

    def __init__(self, url: str, secret: str, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._url = url
        self._secret = secret.encode()
        self._timeout = timeout
        self._session = requests.Session()
        self._session.trust_env = False

    def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """2xx is success, 410 closes the channel, everything else is tried again."""
        body = render_webhook(parcel.deliveries[0])
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Letterwatch",
            "Letterwatch-Signature": sign(body, self._secret, now),
            "Idempotency-Key": parcel.id,
        }
        try:
            response = self._session.post(
                self._url,
                data=body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            )
        except (requests.RequestException, OSError, ValueError) as error:
            return judge_failure("webhook", error)
        with response:
            return _judge(response, now)

    def find_sent(self, parcel: Parcel) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: the receiver drops repeats by their Idempotency-Key."""
        return {}


def render_webhook(delivery: Delivery) -> bytes:
    """The body of one delivery as JSON."""
    event = delivery.event
    body = WebhookBody(
        delivery=delivery.id,
        event=event.name,
        at=event.at.astimezone(UTC),
        subscription=delivery.routing.subscription,
        publication=_publication(event.publication),
        letter=event.letter,
        article=event.article,
        source=event.source,
        held=event.held,
        all_clear=event.all_clear,
    )
    given = {name for name in _INSTEAD if getattr(body, name) is not None}
    unused = _INSTEAD - given | _OF_PUBLICATION if given else _INSTEAD
    return body.model_dump_json(exclude=unused).encode()


def sign(body: bytes, secret: bytes, now: datetime) -> str:
    """The signature header: a time stamp, and the HMAC-SHA256 of "<stamp>.<body>"."""
    stamp = int(now.timestamp())
    digest = hmac.new(secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def _publication(facts: PublicationFacts | None) -> WebhookPublication | None:
    return WebhookPublication.model_validate(facts.model_dump()) if facts else None


def _judge(response: requests.Response, now: datetime) -> Outcome:
    if 200 <= response.status_code < 300:
        return Sent(str(response.status_code))
    if response.status_code == 410:
        return Parked("webhook: 410, the receiver wants nothing more", channel_gone=True)
    wait = response.headers.get("Retry-After") if response.status_code in _HONOURED else None
    mend = WEBHOOK.get(response.status_code)
    return RetryLater(
        f"webhook: {response.status_code} ({mend})" if mend else f"webhook: {response.status_code}",
        parse_retry_after(wait, now),
        in_doubt=response.status_code not in _HONOURED,
    )
