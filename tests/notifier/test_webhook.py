"""The signed webhook, against a server that misbehaves."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from notifier.channels import Parked, RetryLater, Sent
from notifier.channels.mends import WEBHOOK
from notifier.channels.webhook import Webhook
from state import Letter
from tests.notifier.letters import WAKEFIELD
from tests.notifier.parcels import NOW, parcel
from tests.notifier.samples import EVENTS
from tests.servers.web import Answer, Drop, WebServer, redirect

SECRET = "hook-secret-of-the-test"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture
def webhook(web: WebServer) -> Webhook:
    return Webhook(web.url("/hook"), SECRET, timeout=(1, 1))


def test_the_body_keeps_the_contract_and_the_signature_holds(web: WebServer, webhook: Webhook) -> None:
    web.serve("/hook", Answer(status=204))
    assert webhook.send(parcel(), NOW) == Sent("204")
    (ask,) = web.asked()
    body = json.loads(ask.body)
    assert list(body) == ["delivery", "event", "at", "subscription", "publication", "letter", "article"]
    assert list(body["publication"]) == [
        *("urn", "authority", "file_id", "kind", "title", "url", "page_url"),
        *("visited_from_on", "visited_to_on", "published_on"),
    ]
    assert (body["delivery"], body["event"], body["subscription"]) == ("d1", "publication.new", "yorkshire")
    assert body["at"] == "2019-11-01T09:05:00Z"
    assert body["article"] is None
    assert Letter.model_validate(body["letter"]) == WAKEFIELD.letter
    assert ask.headers["idempotency-key"] == "d1"
    stamp, signature = ask.headers["letterwatch-signature"].split(",")
    assert stamp == f"t={int(NOW.timestamp())}"
    expected = hmac.new(SECRET.encode(), f"{stamp[2:]}.".encode() + ask.body, hashlib.sha256).hexdigest()
    assert signature == f"v1={expected}"


@pytest.mark.parametrize(
    ("name", "key"), [("source-broken", "source"), ("flood-held", "held"), ("all-clear", "all_clear")]
)
def test_events_of_sources_carry_the_source_instead(
    web: WebServer, webhook: Webhook, name: str, key: str
) -> None:
    web.serve("/hook", Answer())
    webhook.send(parcel(EVENTS[name]), NOW)
    assert list(json.loads(web.asked()[0].body)) == ["delivery", "event", "at", "subscription", key]


def test_an_article_is_told_without_its_text(web: WebServer, webhook: Webhook) -> None:
    web.serve("/hook", Answer())
    webhook.send(parcel(EVENTS["coverage"]), NOW)
    assert set(json.loads(web.asked()[0].body)["article"]) == {"url", "title", "publisher", "published_at"}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=500), RetryLater("webhook: 500", in_doubt=True)),
        (Answer(status=404), RetryLater(f"webhook: 404 ({WEBHOOK[404]})", in_doubt=True)),
        (Answer(status=429, headers={"Retry-After": "7"}), RetryLater("webhook: 429", 7.0)),
        (
            Answer(
                status=503, headers={"Retry-After": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}
            ),
            RetryLater("webhook: 503", 90.0),
        ),
        (Answer(status=503, headers={"Retry-After": "soon"}), RetryLater("webhook: 503")),
        (Answer(status=429, headers={"Retry-After": "99999999"}), RetryLater("webhook: 429", 86_400.0)),
        (Answer(status=500, headers={"Retry-After": "7"}), RetryLater("webhook: 500", in_doubt=True)),
        (redirect("/elsewhere"), RetryLater(f"webhook: 302 ({WEBHOOK[302]})", in_doubt=True)),
        (
            Answer(drop=Drop.BEFORE_HEADERS),
            RetryLater("webhook: connection lost before the answer", in_doubt=True),
        ),
        (Answer(status=410), Parked("webhook: 410, the receiver wants nothing more", channel_gone=True)),
    ],
)
def test_answers_mean_what_the_contract_says(
    web: WebServer, webhook: Webhook, answer: Answer, outcome: RetryLater | Parked
) -> None:
    web.serve("/hook", answer)
    assert webhook.send(parcel(), NOW) == outcome
    assert [ask.path for ask in web.asked()] == ["/hook"]


def test_an_endless_answer_does_not_matter_once_the_status_is_known(web: WebServer, webhook: Webhook) -> None:
    web.serve("/hook", Answer("x" * 1_000_000, drip=1))
    assert webhook.send(parcel(), NOW) == Sent("200")


def test_a_dead_receiver_is_tried_again_without_naming_its_address() -> None:
    with WebServer() as web:
        url = web.url("/hook?token=secret")
    assert Webhook(url, SECRET).send(parcel(), NOW) == RetryLater(
        "webhook: connection refused; check host and port"
    )
